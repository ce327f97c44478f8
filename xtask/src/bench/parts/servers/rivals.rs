//! The servers, and how each is started.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::asked::Asked;
use crate::{
    bench::{account::TOKEN, context::Context, install, results::Figure},
    verify::process::Server,
};

/// More than any takes on a busy machine; a million records take a while.
const START: Duration = Duration::from_secs(180);

/// A server that can be started.
pub(super) struct Rival {
    /// With its version.
    pub(super) name: String,
    program: PathBuf,
    arguments: Vec<String>,
    /// Where npm installed it.
    folder: Option<PathBuf>,
}

/// One that runs.
pub(super) struct Running {
    pub(super) name: String,
    pub(super) server: Server,
    /// `http://127.0.0.1:PORT`.
    pub(super) url: String,
}

/// Who cannot be had, and why.
type Missing = (String, String);

impl Rival {
    pub(super) fn sandbox(command_line: &Path, seed: &Path) -> Self {
        let seed = seed.to_string_lossy();
        Self {
            name: "sandbox".to_owned(),
            program: command_line.to_owned(),
            arguments: ["sandbox", "--port", "0", "--seed", &seed]
                .map(str::to_owned)
                .to_vec(),
            folder: None,
        }
    }

    /// One that answers what the server at `url` answers to both.
    pub(super) fn bare(context: &Context, url: &str, both: [&Asked; 2]) -> Result<Self, String> {
        let program = context.build("zendesk-oauth-performance", "bare", "bench")?;
        let mut arguments = Vec::new();
        for asked in both {
            let body = asked.answer(url)?;
            let path = context
                .folder
                .join(format!("bare-{}.json", arguments.len()));
            fs::write(&path, body).map_err(|error| format!("{}: {error}", path.display()))?;
            arguments.push(path.to_string_lossy().into_owned());
        }
        Ok(Self {
            name: "bare axum handler".to_owned(),
            program,
            arguments,
            folder: None,
        })
    }

    pub(super) fn prism(context: &Context) -> Result<Self, Missing> {
        let name = "Prism 5.14.2";
        let folder = install::node(context, "prism").map_err(|why| (name.to_owned(), why))?;
        let document = context.top.join("openapi/support-oauth-clients.yaml");
        let document = document.to_string_lossy();
        let arguments = ["mock", "--port", "0", "--host", "127.0.0.1", &document];
        Ok(Self::of_node(name, folder, "prism", &arguments))
    }

    pub(super) fn oauth2_mock_server(context: &Context) -> Result<Self, Missing> {
        let (name, package) = ("oauth2-mock-server 8.2.3", "oauth2-mock-server");
        let folder = install::node(context, package).map_err(|why| (name.to_owned(), why))?;
        Ok(Self::of_node(
            name,
            folder,
            package,
            &["-a", "127.0.0.1", "-p", "0"],
        ))
    }

    fn of_node(name: &str, folder: PathBuf, program: &str, arguments: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            program: folder.join("node_modules/.bin").join(program),
            arguments: arguments.iter().map(ToString::to_string).collect(),
            folder: Some(folder),
        }
    }

    /// Starts it, and waits until it says where it is.
    pub(super) fn start(&self) -> Result<Running, String> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env("ZENDESK_TOKEN", TOKEN);
        let (server, url) = Server::start(&mut command, START, |line| {
            // Prism says the addresses of its routes before its own.
            let ours = line.strip_prefix("export ZENDESK_URL=");
            let address = ours.or_else(|| Some(line.split_once("listening on ")?.1))?;
            Some(address.trim().to_owned())
        })
        .map_err(|said| format!("{} {said}", self.name))?;
        let name = self.name.clone();
        Ok(Running { name, server, url })
    }

    /// What npm put on the disk.
    pub(super) fn installed(&self) -> Vec<Figure> {
        let Some(folder) = &self.folder else {
            return Vec::new();
        };
        let figure = |what: &str, value: f64, unit: &str| Figure {
            what: format!("{}: {what}", self.name),
            values: vec![value],
            unit: unit.to_owned(),
        };
        let packages = install::as_f64(install::packages(folder) as u64);
        vec![
            figure(
                "installed",
                install::size(&folder.join("node_modules")),
                "bytes",
            ),
            figure("installed packages", packages, "packages"),
        ]
    }
}
