//! What a tool is given: one document and a folder of its own.

use std::{
    env,
    path::{self, Path, PathBuf},
    process::Command,
};

/// Part of the scenario, and which of the documents have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// OAuth clients of Support.
    Support,
    /// OAuth connections of ZIS.
    Zis,
    /// OAuth tokens of Chat.
    Chat,
}

impl Area {
    /// The word by which a scenario program is told of it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Zis => "zis",
            Self::Chat => "chat",
        }
    }
}

/// One document to be tried in one tool.
#[derive(Clone, Debug)]
pub struct Job {
    /// Name of the document: `chat-oauth-tokens`, or `zendesk-oauth` for the bundle.
    pub document: String,
    /// Its file, in YAML.
    pub file: PathBuf,
    /// What of the scenario it can be asked.
    pub areas: Vec<Area>,
    /// An empty folder for what the tool writes.
    pub work: PathBuf,
    /// Where the tools are.
    pub tools: Tools,
    /// Top of the repository.
    pub top: PathBuf,
}

/// Where the installed packages are.
#[derive(Clone, Debug)]
pub struct Tools {
    /// `target/spec-tools`: holds `node/node_modules` and the venv `python`.
    pub folder: PathBuf,
}

/// Names another folder for the packages than `target/spec-tools`, such as one that outlives the clone.
pub const TOOLS_FOLDER: &str = "ZENDESK_OAUTH_SPEC_TOOLS";

impl Tools {
    /// Where the packages of the repository at `top` are, or are to be.
    pub fn locate(top: &Path) -> Self {
        let folder = match env::var_os(TOOLS_FOLDER).filter(|folder| !folder.is_empty()) {
            Some(folder) => PathBuf::from(folder),
            None => top.join("target/spec-tools"),
        };
        // Absolute, as the tools run in folders of their own.
        let folder = path::absolute(&folder).unwrap_or(folder);
        Self { folder }
    }

    /// A program that a Node package brings.
    pub fn node(&self, program: &str) -> Command {
        Command::new(self.folder.join("node/node_modules/.bin").join(program))
    }

    /// A program of the Python environment; `python` itself too.
    pub fn python(&self, program: &str) -> Command {
        Command::new(self.folder.join("python/bin").join(program))
    }
}

/// A step that failed: what the tool said, to the point.
pub type StepResult = Result<(), String>;

/// A client generator, and the program that runs the scenario on what it generates.
pub trait Generator: Sync {
    /// Name in the table and for `--only`: `openapi-generator-go`.
    fn name(&self) -> &'static str;

    /// Programs that must be on the machine, each with the line that installs it: `("go", "apt-get install golang-go")`.
    fn needs(&self) -> &'static [(&'static str, &'static str)];

    /// Generates the client of `job.file` into `job.work`.
    ///
    /// # Errors
    /// What the generator said.
    fn generate(&self, job: &Job) -> StepResult;

    /// Type-checks or compiles the client together with the scenario program.
    ///
    /// # Errors
    /// What the compiler said.
    fn compile(&self, job: &Job) -> StepResult;

    /// The program, ready to run the scenario. The caller sets ZENDESK_URL, ZENDESK_TOKEN, ZENDESK_ZIS_TOKEN and
    /// ZENDESK_CHAT_TOKEN and appends the areas as arguments.
    fn program(&self, job: &Job) -> Command;
}
