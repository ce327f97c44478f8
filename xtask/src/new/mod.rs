//! `cargo xtask new NAME`: the skeleton of a new document.
//!
//! [`name`] decides what it may be called, [`skeleton`] what is in its files, [`registration`] where its
//! line stands in `Cargo.toml`; [`made`] writes, and takes everything back when a later step fails;
//! [`snapshots`] runs cargo for what only the compiled client can say.

mod made;
mod name;
mod registration;
mod skeleton;
mod snapshots;

use std::{fs, path::Path};

use crate::{
    document::Document,
    generate::generate,
    lint,
    outputs::{self, Failure},
    spec::rust_crate,
    verify::process::interrupt,
};
use made::Made;
use name::Name;

/// What `cargo xtask new` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Name of the document, such as `support-oauth-tokens`
    pub name: String,
    /// Do not run cargo: no snapshots are made, and Cargo.lock stays as it is
    #[arg(long)]
    pub no_snapshot: bool,
}

/// Makes the skeleton.
///
/// # Errors
/// A name that cannot be used, or one that is taken; nothing is written then. A file that cannot be
/// written, tests that fail, or Ctrl-C: all that was made is removed again.
pub fn run(top: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let name = Name::parse(&arguments.name)?;
    let documents = outputs::read_documents(top)?;
    name.is_free(top, &documents)?;
    let manifest_path = top.join("Cargo.toml");
    let manifest = read(&manifest_path)?;
    let registered = registration::registered(&manifest, name.package())?;
    let files = files(top, &name, documents)?;

    let mut made = Made::default();
    let done = interrupt::ends(|| {
        write(top, &name, &files, &registered, &mut made)?;
        if arguments.no_snapshot {
            return interrupt::check();
        }
        made.watch(&top.join("Cargo.lock"))?;
        made.watch_folder(&top.join(snapshots::FOLDER), &name.snake())?;
        println!("made   the files; now cargo compiles them, and makes their snapshots");
        snapshots::make(top, name.package())?;
        interrupt::check()
    });
    if let Err(failure) = done {
        return Err(made.undo(failure));
    }
    print_steps(&name, arguments.no_snapshot);
    Ok(())
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|source| Failure::Io {
        path: path.to_owned(),
        source,
        way_out: "run it from a clone of the repository, or give --root",
    })
}

/// Every file of the skeleton with its path from the top, generated code included; nothing is written.
fn files(
    top: &Path,
    name: &Name,
    mut documents: Vec<Document>,
) -> Result<Vec<(String, String)>, Failure> {
    let mut files = skeleton::files(name);
    let text = skeleton::document(name);
    let document = Document::parse(name.kebab(), &text).map_err(Failure::Documents)?;
    documents.push(document.clone());
    lint::check_all(&documents).map_err(Failure::Documents)?;
    let generated = generate(&document).map_err(Failure::Documents)?;
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    let carried = rust_crate::outputs(top, &documents)?;
    for output in generated.into_iter().chain(carried) {
        files.push((output.path, output.contents));
    }
    Ok(files)
}

fn write(
    top: &Path,
    name: &Name,
    files: &[(String, String)],
    manifest: &str,
    made: &mut Made,
) -> Result<(), Failure> {
    let own = top.join("crates").join(name.package());
    made.folder(&own)?;
    made.folder(&own.join("src"))?;
    made.folder(&own.join("tests"))?;
    for (path, contents) in files {
        let path = top.join(path);
        if path.exists() {
            made.replace(&path, contents)?;
        } else {
            made.file(&path, contents)?;
        }
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        made.link(top, licence, &own)?;
    }
    made.replace(&top.join("Cargo.toml"), manifest)
}

fn print_steps(name: &Name, no_snapshot: bool) {
    let (kebab, package) = (name.kebab(), name.package());
    println!("made   openapi/{kebab}.yaml");
    println!("made   crates/{package}/");
    println!("added  one line to [workspace.dependencies] in Cargo.toml");
    println!("added  its copies to {}", rust_crate::FOLDER);
    if no_snapshot {
        println!("not made: snapshots, as --no-snapshot says; step 4 makes them");
    } else {
        println!("made   its snapshots, and its entry in Cargo.lock");
    }
    print!(
        "
What remains:
 1. Write openapi/{kebab}.yaml by the conventions of openapi/README.md, then
    `cargo xtask lint`. Whatever says «placeholder» is to be replaced:
    grep -rni placeholder openapi/{kebab}.yaml crates/{package} --exclude=generated.rs
 2. cargo xtask gen
 3. crates/{package}/tests/document.rs: a call of each operation, a type for each schema.
    `cargo test -p {package}` names what is missing. The README's example is compiled too.
 4. cargo fmt
    INSTA_UPDATE=always cargo test -p {package} -p zendesk-oauth-document-suite
    and read the diff of the snapshots.
 5. cargo xtask spec --verify
    tries it in other people's tools (once before: --install) and writes the tables of openapi/README.md anew;
    a test fails until they have it.
 6. To publish the crate: CONTRIBUTING.md, «Publish its client».
"
    );
}
