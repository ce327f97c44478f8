//! The operations of all areas that are built in.

use zendesk_oauth_core::Operation;

/// The operation of this operationId; none for what is no single operation, such as a flow.
pub(crate) fn operation(id: &str) -> Option<&'static Operation> {
    let tables: &[&'static [Operation]] = &[
        #[cfg(feature = "support")]
        zendesk_support_oauth_clients::OPERATIONS,
        #[cfg(feature = "oauth-tokens")]
        zendesk_support_oauth_tokens::OPERATIONS,
        #[cfg(feature = "global-oauth-clients")]
        zendesk_support_global_oauth_clients::OPERATIONS,
        #[cfg(feature = "zis")]
        zendesk_zis_oauth_connections::OPERATIONS,
        #[cfg(feature = "chat")]
        zendesk_chat_oauth_tokens::OPERATIONS,
        #[cfg(feature = "grant-type-tokens")]
        zendesk_support_grant_type_tokens::OPERATIONS,
    ];
    let mut operations = tables.iter().copied().flatten();
    operations.find(|operation| operation.id == id)
}
