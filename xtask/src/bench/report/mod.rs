//! The report: `docs/performance.md` and its plots, of nothing but the raw results.
//!
//! [`raw`] reads what was measured, [`goal`] says whether it is what we want, [`amount`] makes figures readable,
//! [`page`] and [`chapter`] are the text, [`plot`] a curve, [`plain`] the few lines for a terminal. The same raw
//! results give the same bytes.

mod amount;
mod chapter;
mod goal;
mod page;
mod plain;
mod plot;
mod raw;
mod table;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use super::{parts, results::Results};
use crate::{outputs::Failure, whole_file};
pub use plain::plain;

/// The report, below the top of the repository.
const PAGE: &str = "docs/performance.md";
/// Where its plots are.
const PLOTS: &str = "docs/performance";

/// A part as the report has it.
struct Chapter {
    name: &'static str,
    purpose: &'static str,
    /// None when it was not measured.
    results: Option<Results>,
}

/// Paths from the top of the repository, and what is to be there.
type Files = BTreeMap<String, String>;

/// Writes the report, and takes away the plots that are not in it any more.
///
/// # Errors
/// When the raw results cannot be read, or a file cannot be written; then, as a verdict, when a goal is missed and
/// nobody says why.
pub fn write(top: &Path) -> Result<(), Failure> {
    let chapters = read(top)?;
    let files = render(&chapters)?;
    for (path, contents) in &files {
        let path = top.join(path);
        let unwritable = unwritable(&path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(&unwritable)?;
        }
        whole_file::replace(&path, contents.as_bytes()).map_err(&unwritable)?;
    }
    for path in plots_there(top)? {
        if !files.contains_key(&path) {
            let path = top.join(path);
            fs::remove_file(&path).map_err(unwritable(&path))?;
        }
    }
    println!("{PAGE} is written");
    goal::verdict(&chapters)
}

/// Every part, with what is known of it.
fn read(top: &Path) -> Result<Vec<Chapter>, Failure> {
    let parts = parts::all();
    let names: Vec<&'static str> = parts.iter().map(|part| part.name()).collect();
    let mut found = raw::read(top, &names)?;
    let chapter = |part: Box<dyn parts::Part>| Chapter {
        name: part.name(),
        purpose: part.purpose(),
        results: found.remove(part.name()),
    };
    Ok(parts.into_iter().map(chapter).collect())
}

/// The files of the report.
fn render(chapters: &[Chapter]) -> Result<Files, Failure> {
    let mut files = Files::from([(PAGE.to_owned(), page::page(chapters))]);
    for chapter in chapters {
        for plot in chapter.results.iter().flat_map(|results| &results.plots) {
            let svg = plot::svg(plot).map_err(|said| {
                Failure::refused(
                    format!("the plot {} cannot be drawn: {said}", plot.file),
                    format!("mend the part {}", chapter.name),
                )
            })?;
            files.insert(format!("{PLOTS}/{}.svg", plot.file), svg);
        }
    }
    Ok(files)
}

/// The plots that are there, as paths from the top.
fn plots_there(top: &Path) -> Result<BTreeSet<String>, Failure> {
    let folder = top.join(PLOTS);
    let names = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries.and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
                .collect::<io::Result<Vec<String>>>()
        }),
    }
    .map_err(unwritable(&folder))?;
    let plots = names.into_iter().filter(|name| name.ends_with(".svg"));
    Ok(plots.map(|name| format!("{PLOTS}/{name}")).collect())
}

fn unwritable(path: &Path) -> impl Fn(io::Error) -> Failure {
    let path: PathBuf = path.to_owned();
    move |source| Failure::Io {
        path: path.clone(),
        source,
        way_out: "make the folder writable",
    }
}
