// Written by `cargo xtask gen` from openapi/*.yaml. Do not edit.

use crate::Document;

/// Every document, in the order of their names, and last the bundle of all.
pub static DOCUMENTS: &[Document] = &[
    CHAT_OAUTH_TOKENS,
    SUPPORT_GLOBAL_OAUTH_CLIENTS,
    SUPPORT_GRANT_TYPE_TOKENS,
    SUPPORT_OAUTH_CLIENTS,
    SUPPORT_OAUTH_TOKENS,
    ZIS_OAUTH_CONNECTIONS,
    ZENDESK_OAUTH,
];

/// Zendesk Chat OAuth Tokens, version 1.0.0.
pub const CHAT_OAUTH_TOKENS: Document = Document {
    name: "chat-oauth-tokens",
    title: "Zendesk Chat OAuth Tokens",
    version: "1.0.0",
    yaml: include_str!("../documents/chat-oauth-tokens.yaml"),
    json: include_str!("../documents/chat-oauth-tokens.json"),
};

/// Zendesk Support Global OAuth Clients, version 1.0.0.
pub const SUPPORT_GLOBAL_OAUTH_CLIENTS: Document = Document {
    name: "support-global-oauth-clients",
    title: "Zendesk Support Global OAuth Clients",
    version: "1.0.0",
    yaml: include_str!("../documents/support-global-oauth-clients.yaml"),
    json: include_str!("../documents/support-global-oauth-clients.json"),
};

/// Zendesk Support Grant Type Tokens, version 1.0.0.
pub const SUPPORT_GRANT_TYPE_TOKENS: Document = Document {
    name: "support-grant-type-tokens",
    title: "Zendesk Support Grant Type Tokens",
    version: "1.0.0",
    yaml: include_str!("../documents/support-grant-type-tokens.yaml"),
    json: include_str!("../documents/support-grant-type-tokens.json"),
};

/// Zendesk Support OAuth Clients, version 1.0.0.
pub const SUPPORT_OAUTH_CLIENTS: Document = Document {
    name: "support-oauth-clients",
    title: "Zendesk Support OAuth Clients",
    version: "1.0.0",
    yaml: include_str!("../documents/support-oauth-clients.yaml"),
    json: include_str!("../documents/support-oauth-clients.json"),
};

/// Zendesk Support OAuth Tokens, version 1.0.0.
pub const SUPPORT_OAUTH_TOKENS: Document = Document {
    name: "support-oauth-tokens",
    title: "Zendesk Support OAuth Tokens",
    version: "1.0.0",
    yaml: include_str!("../documents/support-oauth-tokens.yaml"),
    json: include_str!("../documents/support-oauth-tokens.json"),
};

/// Zendesk Integration Services OAuth Connections, version 1.0.0.
pub const ZIS_OAUTH_CONNECTIONS: Document = Document {
    name: "zis-oauth-connections",
    title: "Zendesk Integration Services OAuth Connections",
    version: "1.0.0",
    yaml: include_str!("../documents/zis-oauth-connections.yaml"),
    json: include_str!("../documents/zis-oauth-connections.json"),
};

/// Zendesk OAuth, version 1.0.0.
pub const ZENDESK_OAUTH: Document = Document {
    name: "zendesk-oauth",
    title: "Zendesk OAuth",
    version: "1.0.0",
    yaml: include_str!("../documents/zendesk-oauth.yaml"),
    json: include_str!("../documents/zendesk-oauth.json"),
};
