//! The public surface of a crate, one line per item.

use std::path::Path;

/// What the JSON in that directory says of a package.
pub(crate) fn of(documented: &Path, package: &str) -> String {
    let own = package.replace('-', "_");
    let json = documented.join(format!("{own}.json"));
    let api = public_api::Builder::from_rustdoc_json(&json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .unwrap_or_else(|error| {
            panic!(
                "{error}: if rustdoc's format has changed with the compiler, take the version of \
                 public-api that reads it"
            )
        });
    let lines: Vec<String> = api
        .items()
        .map(|item| short(&item.to_string(), &own))
        .collect();
    without_what_traits_imply(&lines).join("\n")
}

/// Without the functions of implemented traits: the trait says them. Associated types stay.
fn without_what_traits_imply(lines: &[String]) -> Vec<&str> {
    let mut kept = Vec::new();
    let mut implied: Option<String> = None;
    for line in lines {
        if line.starts_with("impl") {
            let target = line.split_once(" for ").map(|(_, target)| target);
            let target = target.map(|it| it.split(" where ").next().unwrap_or(it));
            implied = target.map(|it| format!("pub fn {it}::"));
            // Not a trait that anybody can name.
            if line.contains("StructuralPartialEq") {
                continue;
            }
        } else if implied.as_ref().is_some_and(|it| line.starts_with(it)) {
            continue;
        }
        kept.push(line.as_str());
    }
    kept
}

/// Paths of other crates without their modules, as those may be private and move; of the standard library
/// also without the crate.
fn short(line: &str, own: &str) -> String {
    let is_path = |char: char| char.is_alphanumeric() || char == '_' || char == ':';
    let mut short = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(|char| !is_path(char)).unwrap_or(rest.len());
        short.push_str(&shortened(&rest[..end], own));
        let next = rest[end..].find(is_path).unwrap_or(rest.len() - end) + end;
        short.push_str(&rest[end..next]);
        rest = &rest[next..];
    }
    short
}

fn shortened(path: &str, own: &str) -> String {
    let segments: Vec<&str> = path.split("::").collect();
    let is_type = |segment: &&str| segment.starts_with(char::is_uppercase);
    match segments.iter().position(is_type) {
        Some(first) if first > 0 && segments[0] != own && !segments[0].is_empty() => {
            let name = segments[first..].join("::");
            match segments[0] {
                "core" | "alloc" | "std" => name,
                other => format!("{other}::{name}"),
            }
        }
        _ => path.to_owned(),
    }
}

#[test]
fn paths_of_other_crates_lose_their_modules() {
    for (line, expected) in [
        (
            "pub fn own::a::B::c(&self) -> core::option::Option<&core_like::d::E>",
            "pub fn own::a::B::c(&self) -> Option<&core_like::E>",
        ),
        (
            "impl<T: core::marker::Send + 'static> core::fmt::Debug for own::Call<T>",
            "impl<T: Send + 'static> Debug for own::Call<T>",
        ),
        ("pub use own::reqwest", "pub use own::reqwest"),
        (
            "pub fn own::a(&str) -> core::fmt::Result",
            "pub fn own::a(&str) -> Result",
        ),
    ] {
        assert_eq!(short(line, "own"), expected);
    }
}

#[test]
fn functions_of_traits_are_left_out_and_those_of_the_type_are_not() {
    let lines = [
        "pub struct own::A",
        "impl own::A",
        "pub fn own::A::new() -> Self",
        "impl Clone for own::A",
        "pub fn own::A::clone(&self) -> Self",
        "impl TryFrom<u8> for own::A where u8: Copy",
        "pub type own::A::Error = own::E",
        "pub fn own::A::try_from(u8) -> Result<Self, Self::Error>",
        "impl StructuralPartialEq for own::A",
        "pub fn own::a()",
    ];
    let kept = [0, 1, 2, 3, 5, 6, 9].map(|index: usize| lines[index]);
    assert_eq!(without_what_traits_imply(&lines.map(str::to_owned)), kept);
}
