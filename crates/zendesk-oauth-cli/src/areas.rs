//! The operations of the documents that the tour drives, from the tables of the generated clients.

use zendesk_oauth_core::Operation;

/// One document.
pub(crate) struct Area {
    /// What its base URL has behind scheme and host.
    pub(crate) stem: &'static str,
    pub(crate) operations: &'static [Operation],
    /// What the document says about answers.
    pub(crate) contract: &'static str,
}

/// Every document of the tour.
pub(crate) static AREAS: [Area; 6] = [
    Area {
        stem: "",
        operations: zendesk_support_oauth_clients::OPERATIONS,
        contract: zendesk_support_oauth_clients::CONTRACT,
    },
    Area {
        stem: "",
        operations: zendesk_support_oauth_tokens::OPERATIONS,
        contract: zendesk_support_oauth_tokens::CONTRACT,
    },
    Area {
        stem: "",
        operations: zendesk_support_grant_type_tokens::OPERATIONS,
        contract: zendesk_support_grant_type_tokens::CONTRACT,
    },
    Area {
        stem: "",
        operations: zendesk_support_global_oauth_clients::OPERATIONS,
        contract: zendesk_support_global_oauth_clients::CONTRACT,
    },
    Area {
        stem: "",
        operations: zendesk_zis_oauth_connections::OPERATIONS,
        contract: zendesk_zis_oauth_connections::CONTRACT,
    },
    Area {
        stem: CHAT_STEM,
        operations: zendesk_chat_oauth_tokens::OPERATIONS,
        contract: zendesk_chat_oauth_tokens::CONTRACT,
    },
];

/// Chat's API lies below this path of an account.
pub(crate) const CHAT_STEM: &str = "/api/v2/chat";

/// Every operation.
pub(crate) fn operations() -> impl Iterator<Item = &'static Operation> {
    AREAS.iter().flat_map(|area| area.operations)
}

/// An operation by its name, with what its base URL has behind scheme and host.
pub(crate) fn find(id: &str) -> Option<(&'static str, &'static Operation)> {
    AREAS.iter().find_map(|area| {
        let mut operations = area.operations.iter();
        let operation = operations.find(|operation| operation.id == id)?;
        Some((area.stem, operation))
    })
}
