//! A whole flow in one command.

use std::time::Duration;

use super::SHAPE;
use super::arguments::Connect;
use crate::account::Account;
use crate::change::show_request;
use crate::failure::Failure;
use crate::output;

pub(super) async fn run(arguments: Connect) -> Result<(), Failure> {
    let request = arguments.flow.request()?;
    let name = arguments.flow.name();
    let common = &arguments.common;
    let account = Account::open(&common.account).await?;
    let zis = account.zis()?;
    let deadline = Duration::from_secs(arguments.timeout);
    let port = arguments.port;
    if common.change.dry_run {
        let integration = account.integration()?;
        show_request(&account, &common.output, async |zendesk| {
            let connect = zendesk.zis(integration).connect(request, |_| ());
            connect.deadline(deadline).port(port).await
        })
        .await?;
        return account.close().await;
    }
    let opens = !arguments.no_browser;
    let connect = zis.connect(request, move |url| hand_out(url, opens));
    let connection = connect.deadline(deadline).port(port).await?;
    output::talk(format_args!("Connected «{name}»."));
    common.output.item(&connection, SHAPE)?;
    account.close().await
}

/// To the person, and to the browser unless that is not wanted. The library lets only http and https through.
fn hand_out(url: &str, opens: bool) {
    output::talk(format_args!(
        "Open this in your browser, and show it to nobody:\n{url}"
    ));
    if opens && open::that_detached(url).is_err() {
        output::talk("No browser could be started here: open it by hand.");
    }
}
