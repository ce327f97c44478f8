//! Rules about whom clients and tokens belong to.

use super::Rule;
use super::clients::{show, subject};
use crate::audit::area::Area;
use crate::audit::finding::{Finding, Subject, revocation};
use crate::audit::inventory::Inventory;
use crate::audit::severity::Severity;
use crate::audit::users::{Standing, standing};

static CLIENT_MISSING: Rule = Rule {
    id: "client-owner-missing",
    severity: Severity::High,
    area: Area::Clients,
    title: "A client whose owner is gone",
    why: "Nobody answers for it, and tokens that it makes as its owner stop working.",
    mend: "Give the client to an admin who is there, with `clients update ID --user-id USER`. Zendesk may not heed that: \
           look at user_id in the answer, and make a new client if it is the same as before.",
};
static CLIENT_SUSPENDED: Rule = Rule {
    id: "client-owner-suspended",
    severity: Severity::High,
    area: Area::Clients,
    title: "A client whose owner is suspended",
    why: "Who was locked out may know its secret, and tokens that it makes as its owner do not work.",
    mend: "Give the client to another admin, with `clients update ID --user-id USER`, then rotate its secret. Zendesk may \
           not heed the new owner: look at user_id in the answer, and make a new client if it is the same as before.",
};
static CLIENT_DEMOTED: Rule = Rule {
    id: "client-owner-demoted",
    severity: Severity::Low,
    area: Area::Clients,
    title: "A client whose owner is no admin",
    why: "Worth a look. Agents may have the permission manage_api_credentials; otherwise its owner was an admin once, and \
          may still know its secret.",
    mend: "If the owner is not meant to have it: give the client to an admin, with `clients update ID --user-id USER`, \
           then rotate its secret. Zendesk may not heed the new owner: look at user_id in the answer.",
};
static TOKEN_MISSING: Rule = Rule {
    id: "token-owner-missing",
    severity: Severity::High,
    area: Area::Tokens,
    title: "Live tokens of a user who is gone",
    why: "Nobody notices what is done with them.",
    mend: "Revoke them.",
};
static TOKEN_SUSPENDED: Rule = Rule {
    id: "token-owner-suspended",
    severity: Severity::High,
    area: Area::Tokens,
    title: "Live tokens of a user who is suspended",
    why: "They work again as soon as the user is let in again, without anybody having decided so.",
    mend: "Revoke them.",
};

pub(in crate::audit) static RULES: &[&Rule] = &[
    &CLIENT_MISSING,
    &CLIENT_SUSPENDED,
    &CLIENT_DEMOTED,
    &TOKEN_MISSING,
    &TOKEN_SUSPENDED,
];

pub(super) fn evaluate(inventory: &Inventory, found: &mut Vec<Finding>) {
    let Some(users) = &inventory.users else {
        return;
    };
    let owned = inventory
        .clients
        .values()
        .filter(|_| inventory.has(Area::Clients));
    for client in owned {
        let Some(id) = client.user_id else { continue };
        let (rule, is) = match standing(users, id) {
            Standing::Good => continue,
            Standing::Missing => (&CLIENT_MISSING, "is not there any more"),
            Standing::Suspended => (&CLIENT_SUSPENDED, "is suspended"),
            Standing::NotAdmin => (&CLIENT_DEMOTED, "is no admin"),
        };
        let what = format!("its owner, user {id}, {is}");
        found.push(Finding::new(rule, subject(client), what, show(client)));
    }
    for (&id, tally) in &inventory.tokens.by_user {
        let (rule, is) = match standing(users, id) {
            Standing::Good | Standing::NotAdmin => continue,
            Standing::Missing => (&TOKEN_MISSING, "is not there any more"),
            Standing::Suspended => (&TOKEN_SUSPENDED, "is suspended"),
        };
        let what = format!("the user {is}");
        let name = users.get(&id).map(|user| user.name.as_str());
        let subject = Subject::new("user", id, name);
        let command = revocation(&format!("user={id}"));
        found.push(Finding::new(rule, subject, what, command).with_tokens(tally));
    }
}
