//! JSON pointers (RFC 6901), which name places in a document.

/// `parent` with one more reference token.
pub fn join(parent: &str, token: &str) -> String {
    format!("{parent}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// The pointer of the enclosing value, or `None` at the root.
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|slash| &pointer[..slash])
}

/// The last reference token, unescaped.
pub fn last(pointer: &str) -> String {
    let token = pointer.rsplit('/').next().unwrap_or_default();
    token.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_template_is_one_token() {
        let pointer = join("/paths", "/api/v2/oauth/clients");
        assert_eq!(pointer, "/paths/~1api~1v2~1oauth~1clients");
        assert_eq!(last(&pointer), "/api/v2/oauth/clients");
        assert_eq!(parent(&pointer), Some("/paths"));
    }

    #[test]
    fn the_root_has_no_parent() {
        assert_eq!(parent(""), None);
    }
}
