//! What a seed says must fit together.

mod chat;
mod clients;
mod integrations;
mod people;
mod tokens;
mod values;

use super::document::Document;
use super::error::Defect;
use super::path::Path;
use crate::faults::MOST as MOST_FAULTS;
use crate::switches::{Profile, Switch, Switches};

pub(super) use values::is_visible;

type Checked = Result<(), Defect>;

/// More invented records of a kind than a machine has memory for.
const MOST_GENERATED: u64 = 1_000_000;

pub(super) fn check(document: &Document) -> Checked {
    account(document)?;
    switches(document)?;
    let emails = people::users(document)?;
    people::signed_in(document, &emails)?;
    clients::clients(document, &emails)?;
    integrations::integrations(document, &emails)?;
    tokens::tokens(document, &emails)?;
    chat::chat(document)?;
    faults(document)?;
    generate(document)
}

fn account(document: &Document) -> Checked {
    let path = Path::of("account");
    values::id(document.account.id, &path)?;
    let Some(subdomain) = &document.account.subdomain else {
        return Ok(());
    };
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if subdomain.is_empty() || subdomain.len() > 63 || !subdomain.bytes().all(legal) {
        let reason = "this is no subdomain";
        let way_out = "write up to 63 letters, digits and hyphens, such as `example`";
        return Err(Defect::new(path.key("subdomain"), reason, way_out));
    }
    Ok(())
}

fn switches(document: &Document) -> Checked {
    for (index, name) in document.profiles.iter().enumerate() {
        if !Profile::ALL.iter().any(|it| it.name == *name) {
            let names: Vec<&str> = Profile::ALL.iter().map(|it| it.name).collect();
            let path = Path::of("profiles").index(index);
            let way_out = format!("the profiles are {}", names.join(", "));
            return Err(Defect::new(path, "there is no such profile", way_out));
        }
    }
    for (name, value) in document.switches() {
        let path = Path::of("switches").key(name);
        let Some(switch) = Switches::ALL.iter().find(|it| it.name == name) else {
            let names: Vec<&str> = Switches::ALL.iter().map(|it: &Switch| it.name).collect();
            let way_out = format!("the switches are {}", names.join(", "));
            return Err(Defect::new(path, "there is no such switch", way_out));
        };
        if Switches::default().set(name, value).is_err() {
            let way_out = format!("write one of {}", switch.values.join(", "));
            return Err(Defect::new(path, "the switch has no such value", way_out));
        }
    }
    Ok(())
}

fn faults(document: &Document) -> Checked {
    if document.faults.len() > MOST_FAULTS {
        let way_out = format!("write up to {MOST_FAULTS}");
        return Err(Defect::new(
            Path::of("faults"),
            "these are too many",
            way_out,
        ));
    }
    for (index, rule) in document.faults.iter().enumerate() {
        if let Err(error) = rule.check() {
            let path = Path::of("faults").index(index);
            return Err(Defect::new(path, error.to_string(), "mend the rule"));
        }
    }
    Ok(())
}

fn generate(document: &Document) -> Checked {
    let generate = document.generate;
    let path = Path::of("generate");
    for (key, number) in [("clients", generate.clients), ("tokens", generate.tokens)] {
        if number > MOST_GENERATED {
            let way_out = format!("write a number up to {MOST_GENERATED}");
            return Err(Defect::new(path.key(key), "these are too many", way_out));
        }
    }
    if generate.tokens > 0 && generate.clients == 0 && document.clients.is_empty() {
        let reason = "there is no client to which these tokens could belong";
        return Err(Defect::new(path.key("tokens"), reason, "add a client"));
    }
    Ok(())
}
