//! How the tokens of a login come: by the browser, or for the client itself.

use std::io::{BufReader, IsTerminal as _};

use zendesk_oauth::token::{IssuedToken, Login, TokenEndpoint};

use crate::failure::{Failure, Kind};
use crate::output::talk;

/// How a person gets to the consent page and back.
pub(super) struct Browsing {
    pub(super) redirect_uri: String,
    /// The address is printed, and no browser opened.
    pub(super) no_browser: bool,
}

/// A person says yes in the browser.
pub(super) async fn by_browser(
    endpoint: &TokenEndpoint,
    scopes: &[String],
    browsing: &Browsing,
) -> Result<IssuedToken, Failure> {
    let mut login = Login::new(endpoint, scopes).redirect_uri(&browsing.redirect_uri);
    let no_browser = browsing.no_browser;
    let can_paste = no_browser || std::io::stdin().is_terminal();
    if can_paste {
        login = login.paste_lines(BufReader::new(std::io::stdin()), |wrong| talk(wrong));
    }
    let opened = login.open(move |url| {
        let is_open = !no_browser && open::that_detached(url).is_ok();
        talk(if is_open {
            "A browser opens. If none does, open this address yourself, and show it to nobody:"
        } else {
            "Open this address in your browser, and show it to nobody:"
        });
        talk(url);
        if can_paste {
            talk("If the browser cannot get back here, paste the address at which it ends:");
        }
    });
    opened.await.map_err(failed)
}

/// The client's own token.
pub(super) async fn by_client_credentials(
    endpoint: &TokenEndpoint,
    scopes: &[String],
) -> Result<IssuedToken, Failure> {
    endpoint.client_credentials(scopes).await.map_err(failed)
}

fn failed(error: zendesk_oauth::Error) -> Failure {
    if error.is_denied() || error.is_invalid_grant() {
        return Failure::new(Kind::Auth, "the login did not come about").because(error);
    }
    // A port that is taken, nobody who came back, a refusal: each says it itself.
    Failure::from(error).during("the login did not come about")
}
