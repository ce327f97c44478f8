//! The sandbox beside other servers that stand in for Zendesk: how fast each [`asked`] server answers, how soon it is there, how
//! much memory and room it takes ([`standing`]). The [`rivals`] are Prism, oauth2-mock-server, and a bare axum handler that
//! answers the sandbox's own bytes.

mod asked;
mod rivals;
mod standing;

use super::Part;
use crate::{
    bench::{
        account::{Account, CLIENT, CLIENT_ID, CLIENT_SECRET},
        context::Context,
        install,
        results::{Absent, Figure, Results},
    },
    verify::process::interrupt,
};
use asked::{Asked, Load};
use rivals::Rival;

/// The sandbox beside other servers that stand in for Zendesk.
#[derive(Debug)]
pub struct Servers;

/// How many clients the sandbox has that is held against others.
const CLIENTS: usize = 1_000;

impl Part for Servers {
    fn name(&self) -> &'static str {
        "servers"
    }

    fn purpose(&self) -> &'static str {
        "the sandbox beside Prism, oauth2-mock-server and a bare handler"
    }

    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String> {
        let load = Load::new(context)?;
        let command_line = context.command_line()?;
        let seed = Account {
            clients: CLIENTS,
            tokens: 0,
        }
        .seed(context)?;
        let sandbox = Rival::sandbox(&command_line, &seed);
        let ours = sandbox.start()?;
        results
            .figures
            .push(standing::memory("sandbox, idle", &ours)?);
        results.figures.push(Figure {
            what: "sandbox: installed, the whole command line".to_owned(),
            values: vec![install::size(&command_line)],
            unit: "bytes".to_owned(),
        });
        let show = Asked::get("show a client", &format!("/api/v2/oauth/clients/{CLIENT}"));
        let list = Asked::get(
            "list 100 clients",
            "/api/v2/oauth/clients?page%5Bsize%5D=100",
        );

        // The same bytes, so that only the work of the sandbox is between the two.
        let bare = Rival::bare(context, &ours.url, [&show, &list])?;
        let their = bare.start()?;
        let many = context.times(20_000, 200);
        for asked in [&show, &list] {
            load.by_turns(results, [&ours, &their], [asked, asked], many, None)?;
        }
        drop(their);

        let million = context.times(1_000_000, 10_000);
        let seed = Account {
            clients: million,
            tokens: 0,
        }
        .seed(context)?;
        let mut large = Rival::sandbox(&command_line, &seed).start()?;
        large.name = format!("sandbox with {million} clients");
        load.by_turns(results, [&large, &ours], [&list, &list], many, None)?;
        drop(large);

        let few = context.times(1_000, 20);
        let token = Asked::post(
            "get a token by client credentials",
            "/oauth/tokens",
            "application/json",
            &format!(
                r#"{{"grant_type":"client_credentials","client_id":"{CLIENT_ID}","client_secret":"{CLIENT_SECRET}","scope":"read"}}"#
            ),
        );
        let their_token = Asked::post(
            &token.title,
            "/token",
            "application/x-www-form-urlencoded",
            &format!(
                "grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}&scope=read"
            ),
        );
        let prism: &[[&Asked; 2]] = &[[&show, &show], [&list, &list]];
        let mock: &[[&Asked; 2]] = &[[&token, &their_token]];
        for (rival, works) in [
            (Rival::prism(context), prism),
            (Rival::oauth2_mock_server(context), mock),
        ] {
            let started = rival.and_then(|rival| match rival.start() {
                Ok(their) => Ok((rival, their)),
                Err(why) => Err((rival.name, why)),
            });
            let (rival, their) = match started {
                Ok(started) => started,
                Err((_, why)) if interrupt::came() => return Err(why),
                Err((who, why)) => {
                    results.absent.push(Absent {
                        who,
                        work: "all of it".to_owned(),
                        why,
                    });
                    continue;
                }
            };
            for [asked, of_other] in works {
                if let Err(why) = load.once(&their, of_other, few) {
                    results.absent.push(Absent {
                        who: their.name.clone(),
                        work: asked.title.clone(),
                        why,
                    });
                    continue;
                }
                load.by_turns(results, [&ours, &their], [asked, of_other], few, Some(1.0))?;
            }
            results.figures.push(standing::memory(
                &format!("{}, after the load", their.name),
                &their,
            )?);
            results.figures.extend(rival.installed());
            drop(their);
            standing::starts(context, results, &sandbox, &rival)?;
        }
        results
            .figures
            .push(standing::memory("sandbox, after the load", &ours)?);
        results.notes.extend(NOTES.map(str::to_owned));
        Ok(())
    }
}

const NOTES: [&str; 3] = [
    "A program of ours on the same machine sends so many requests over 8 connections that are kept, from one thread, reads each \
     answer whole and demands a success. `s` is the time of a request, all of them divided by their number; the \
     slowest hundredth is what 99 of 100 requests stay below. What the program takes is in both sides.",
    "Prism answers each request with the example of our document; the sandbox looks into what it was given, authenticates, and \
     counts the request. The bare handler answers the very bytes of the sandbox from memory and looks at nothing.",
    "The start is from the start of the process to the first answer; memory is the resident memory of the process with all that it \
     started.",
];
