//! One request and its answer, as they went over the wire.

/// What is checked. It has no Debug, as it holds whatever secrets a test sends.
#[derive(Clone, Copy)]
pub(crate) struct Exchange<'a> {
    /// As sent: `GET`.
    pub(crate) method: &'a str,
    /// The request target as sent: `/api/v2/oauth/clients?page%5Bsize%5D=5`.
    pub(crate) path_and_query: &'a str,
    /// Names in any case.
    pub(crate) request_headers: &'a [(String, String)],
    pub(crate) request_body: &'a [u8],
    pub(crate) status: u16,
    /// Names in any case.
    pub(crate) response_headers: &'a [(String, String)],
    pub(crate) response_body: &'a [u8],
}

impl<'a> Exchange<'a> {
    /// The path as sent, without the query.
    pub(super) fn path(&self) -> &'a str {
        let split = self.path_and_query.split_once('?');
        split.map_or(self.path_and_query, |(path, _)| path)
    }

    /// Whether it is for the host that Chat had once, where nothing is any more: the documents that have its paths are
    /// about the hosts of accounts.
    pub(super) fn is_for_the_retired_host(&self) -> bool {
        let hosts = header_values(self.request_headers, "host");
        let name = |host: &str| {
            host.split(':')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        hosts.iter().any(|host| name(host).ends_with("zopim.com"))
    }

    /// The query as sent, empty without one.
    pub(super) fn query(&self) -> &'a str {
        let split = self.path_and_query.split_once('?');
        split.map_or("", |(_, query)| query)
    }
}

/// What a checked exchange was.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Checked {
    /// An exchange of a documented operation.
    Operation {
        /// The operationId.
        operation_id: String,
        /// The status that was checked.
        status: u16,
    },
    /// No document has this path, or its path has no such method.
    Undescribed,
}

/// Every value of the header `name`, whose case does not matter.
pub(super) fn header_values<'a>(headers: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    headers
        .iter()
        .filter(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
        .collect()
}

/// The media type of a message in lower case, without parameters.
pub(super) fn media_type(headers: &[(String, String)]) -> Option<String> {
    let value = *header_values(headers, "content-type").first()?;
    let media_type = value.split(';').next().unwrap_or_default();
    Some(media_type.trim().to_ascii_lowercase())
}
