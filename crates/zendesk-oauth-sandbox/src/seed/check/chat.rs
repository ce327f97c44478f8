//! Agents of Chat and their tokens.

use std::collections::HashSet;

use super::Checked;
use super::values::{filled, id, scopes, secret, unique, unique_id};
use crate::seed::document::Document;
use crate::seed::error::Defect;
use crate::seed::path::Path;

pub(super) fn chat(document: &Document) -> Checked {
    let section = Path::of("chat");
    let mut agents = HashSet::new();
    for (index, agent) in document.chat.agents.iter().enumerate() {
        let path = section.clone().key("agents").index(index);
        id(Some(agent.id), &path)?;
        unique(&mut agents, agent.id, path.clone().key("id"))?;
        filled(&agent.name, path.key("name"))?;
    }
    let mut ids = HashSet::new();
    let (mut values, mut refresh_values) = (HashSet::new(), HashSet::new());
    for (index, token) in document.chat.tokens.iter().enumerate() {
        let path = section.clone().key("tokens").index(index);
        unique_id(token.id, &mut ids, &path)?;
        if !agents.contains(&token.agent) {
            let reason = "there is no agent with this id";
            let way_out = "add the agent under `chat.agents`, or name one that is there";
            return Err(Defect::new(path.key("agent"), reason, way_out));
        }
        scopes(&token.scopes, &path.clone().key("scopes"))?;
        if let Some(client) = &token.client {
            filled(client, path.clone().key("client"))?;
        }
        let of_token = path.clone().key("token");
        secret(token.token.as_deref(), &mut values, of_token)?;
        let of_refresh = path.key("refresh_token");
        secret(
            token.refresh_token.as_deref(),
            &mut refresh_values,
            of_refresh,
        )?;
    }
    Ok(())
}
