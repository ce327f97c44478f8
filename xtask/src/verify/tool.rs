//! What a tool is to the runner, and the list of all.

use crate::verify::{client::Client, generators, job::Job, linters, prism::Prism};

/// A program on the machine and the line that installs it.
pub type Need = (&'static str, &'static str);

/// A tool that documents are tried in.
pub trait Tool: Send + Sync {
    /// Name in the table and for `--only`.
    fn name(&self) -> &'static str;

    /// Pinned packages that it is made of. The version of the first stands beside the name.
    fn packages(&self) -> &'static [&'static str];

    /// Programs that must be on the machine.
    fn needs(&self) -> &'static [Need];

    /// Its steps, in order. One that fails ends this tool's work on this document.
    fn steps(&self) -> &'static [&'static str];

    /// Does one step, and gives what the table says beside `pass`; mostly nothing.
    ///
    /// # Errors
    /// What the tool said, to the point.
    fn run(&self, step: &str, job: &Job) -> Result<String, String>;
}

/// All tools, in the order of the table.
pub fn all() -> Vec<Box<dyn Tool>> {
    let mut tools = linters::all();
    for generator in generators::all() {
        tools.push(Box::new(Client::new(generator)));
    }
    tools.push(Box::new(Prism));
    tools
}

/// `node`, which most of npm's programs are written for.
pub const NODE: Need = ("node", "apt-get install nodejs");

/// `python3`, which the environment of PyPI's programs stands on.
pub const PYTHON: Need = ("python3", "apt-get install python3 python3-venv");
