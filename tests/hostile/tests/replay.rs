//! The corpus of each target, fed to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use zendesk_oauth_hostile::{TARGETS, Target};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn listed(folder: &Path) -> BTreeSet<String> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| {
            entry
                .expect("it is listed")
                .file_name()
                .into_string()
                .expect("names are plain")
        })
        .collect()
}

/// Feeds all of them, and names the file before it is fed: a panic is told apart by it.
fn replay(target: &Target) {
    let folder = corpus().join(target.name);
    let names = listed(&folder);
    assert!(!names.is_empty(), "{} has no corpus", target.name);
    for name in names {
        let path = folder.join(name);
        eprintln!("{}", path.display());
        (target.run)(&fs::read(&path).expect("it is read"));
    }
}

fn target(name: &str) -> &'static Target {
    let mut targets = TARGETS.iter();
    targets
        .find(|target| target.name == name)
        .expect("it is in the table")
}

macro_rules! replayed {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                replay(target(stringify!($name)));
            }
        )*

        /// Each has a test here, a corpus and a program, and nothing has one that is no target.
        #[test]
        fn each_target_has_a_test_a_corpus_and_a_program() {
            let table: BTreeSet<String> = TARGETS.iter().map(|it| it.name.to_owned()).collect();
            let tests = [$(stringify!($name).to_owned()),*];
            assert_eq!(table, BTreeSet::from(tests), "tests");
            assert_eq!(table, listed(&corpus()), "corpus");
            let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
            let programs = listed(&programs);
            let programs = programs.iter().map(|it| it.trim_end_matches(".rs").to_owned());
            assert_eq!(table, programs.collect(), "programs");
        }
    };
}

replayed! {
    answer callback document error_body names pages plan retry_after seed settings state store_file
}

#[test]
fn the_corpus_is_small() {
    let mut whole = 0;
    for folder in listed(&corpus()) {
        let folder = corpus().join(folder);
        for name in listed(&folder) {
            whole += fs::metadata(folder.join(name)).expect("it is there").len();
        }
    }
    assert!(
        whole < 400 * 1024,
        "{whole} bytes: see in src/lib.rs how it is made smaller"
    );
}
