//! What a rotation means, in the words of the question and of the help.

use zendesk_oauth::support::OAuthClient;

use super::journal::Place;
use super::profiles;
use crate::text::printable;

/// The one thing to know before.
pub(super) const NO_OVERLAP: &str = "Zendesk keeps one secret per client, without overlap: the old one stops \
working at once, and what still uses it fails until it has the new one. Tokens that were issued stay valid";

/// For `--help`.
pub(crate) const ABOUT: &str = "Give a client a new secret, and put it where it is needed.

Zendesk keeps one secret per client, without overlap: the old one stops working at once, and what still uses it fails \
until it has the new one. Tokens that were issued stay valid.

The new secret is shown once. It is written to its place and synced before success is reported: a file (--secret-file), \
a line of an environment file (--env-file, --env-name), or the standard input of a command (--secret-command). Then it \
is tried: a token is made with it by client_credentials, and revoked again at once. Where the client may not have such \
a token, that is said.

Profiles of the settings file that log in as this client get the new secret too, since their logins would end with the \
old one.

Each step is kept in a journal, which never holds the secret. If a rotation is interrupted, `rotate status` tells how \
far it came, and the same command, or --resume, goes on from there. What does not get to its place, standard output \
included, is kept in a file beside the journal that only you can read, and --resume delivers it.

A --secret-command that hangs is waited for: Ctrl-C or SIGTERM does not end it, and a second one ends this program and \
not the command. A program that was killed at once (SIGKILL) may leave a draft beside the file that it was to write, \
named `.zendesk-oauth-` and six letters: remove it, as it may hold the secret.

There is no mode with two clients, one for the old and one for the new secret: for that, make a second client with \
`clients create`, move what uses the first, and delete that.";

/// Client, tokens and place, for a person who is about to decide.
pub(super) fn plan(
    client: &OAuthClient,
    tokens: &str,
    place: &Place,
    profiles: &[String],
) -> String {
    let and_profiles = match profiles::in_words(profiles) {
        words if words.is_empty() => words,
        words => format!(", and to {words}"),
    };
    let kind = client
        .kind
        .as_ref()
        .map_or("of unknown kind", |it| it.as_str());
    format!(
        "the client {} («{}», id {}, {}), which has {tokens}; the new secret goes to {place}{and_profiles}",
        printable(&client.identifier),
        printable(&client.name),
        client.id,
        printable(kind),
    )
}

/// The question, as the beginning of a sentence.
pub(super) fn question(plan: &str) -> String {
    format!("Replace the secret of {plan}. {NO_OVERLAP}")
}

/// What is left to do when all went well.
pub(super) fn left_to_do(identifier: &str, id: i64, place: &Place) -> String {
    let identifier = printable(identifier);
    format!(
        "The old secret of {identifier} is dead. Left to do: restart or tell what uses it, so that it reads the new one \
         ({place}). Tokens that were issued before stay valid: `zendesk-oauth tokens list --all --client-id {id}` shows them."
    )
}
