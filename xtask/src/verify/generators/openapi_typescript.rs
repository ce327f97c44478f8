//! Types by openapi-typescript, calls by openapi-fetch.

use std::{fs, io, path::Path, process::Command};

use super::{program, stems::Stems};
use crate::verify::job::{Generator, Job, StepResult};

/// Folder of the program, which is also the name of the generator.
const NAME: &str = "openapi-typescript";

/// Types by openapi-typescript, calls by openapi-fetch, run by Node.
#[derive(Debug)]
pub struct OpenapiTypescript;

impl Generator for OpenapiTypescript {
    fn name(&self) -> &'static str {
        NAME
    }

    fn needs(&self) -> &'static [(&'static str, &'static str)] {
        &[("node", "apt-get install nodejs")]
    }

    fn generate(&self, job: &Job) -> StepResult {
        let mut command = job.tools.node("openapi-typescript");
        command.arg(&job.file).arg("--output");
        program::run(command.arg(job.work.join("openapi.d.ts")))
    }

    /// With `strict`, and without `skipLibCheck`: the generated declarations are checked too.
    fn compile(&self, job: &Job) -> StepResult {
        let files = [
            "package.json",
            "tsconfig.json",
            "main.ts",
            "scenario.ts",
            "types.ts",
        ];
        program::copy_files(job, NAME, &files, "ts")?;
        program::write(&job.work.join("document.ts"), &document(&Stems::of(job)?))?;
        let packages = job.tools.folder.join("node/node_modules");
        link(&packages, &job.work.join("node_modules"))
            .map_err(|error| format!("{}: {error}", packages.display()))?;
        program::run(job.tools.node("tsc").arg("--project").arg(&job.work))
    }

    fn program(&self, job: &Job) -> Command {
        let mut command = Command::new("node");
        command.arg(job.work.join("out/main.js"));
        command
    }
}

/// The module that tells the program of the document. The texts are literal types, so that paths made of them are checked.
fn document(stems: &Stems) -> String {
    let mut text = format!(
        "/** What the document's server adds to the host. */\nexport const server = {:?};\n",
        stems.server
    );
    if let Some(chat) = &stems.chat {
        text.push_str(&format!(
            "/** What Chat's paths begin with. */\nexport const chat = {chat:?};\n"
        ));
    }
    text
}

/// Node looks for packages in the folders above a module, and nowhere else.
fn link(packages: &Path, here: &Path) -> io::Result<()> {
    let packages = fs::canonicalize(packages)?;
    #[cfg(unix)]
    let linked = std::os::unix::fs::symlink(packages, here);
    #[cfg(windows)]
    let linked = std::os::windows::fs::symlink_dir(packages, here);
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_names_chat_only_where_it_has_it() {
        let support = document(&Stems {
            server: String::new(),
            chat: None,
        });
        assert!(support.contains("export const server = \"\";"));
        assert!(!support.contains("chat"));
        let bundle = document(&Stems {
            server: String::new(),
            chat: Some("/api/v2/chat".into()),
        });
        assert!(bundle.contains("export const chat = \"/api/v2/chat\";"));
    }
}
