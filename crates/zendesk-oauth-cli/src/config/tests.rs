//! Which value counts, case by case.

use std::ffi::OsString;
use std::path::Path;

use super::access::{Access, CredentialKind};
use super::environment::Environment;
use super::file::SettingsFile;
use super::parse;
use super::resolve::{Given, Resolved, resolve};
use super::write::{self, Area};
use crate::failure::{Failure, Kind};

const FILE: &str = r#"# kept
profile = "acme"

[profiles.acme]
url = "https://acme.zendesk.com"
integration = "of_file"
[profiles.acme.support]
login = "authorization_code" # kept, too
client_id = "my_app"
[profiles.acme.zis]
token = "CANARY-file-zis"
[profiles.other]
url = "https://other.zendesk.com"
[profiles.other.support]
api_token = "CANARY-file-api"
email = "a@example.com"
"#;

fn file() -> SettingsFile {
    parse::file(Path::new("/c.toml"), FILE).unwrap()
}

/// Resolves flags and variables, each `name=value` with blanks between.
fn resolved(flags: &str, variables: &str) -> Result<Resolved, Failure> {
    let of = |line: &str, name: &str| -> Option<String> {
        let mut words = line.split(' ');
        words.find_map(|word| {
            word.strip_prefix(name)?
                .strip_prefix('=')
                .map(str::to_owned)
        })
    };
    let flag = |name| of(flags, name);
    let given = Given {
        url: flag("url"),
        subdomain: flag("subdomain"),
        profile: flag("profile"),
        support: flag("token").map(Into::into),
        zis: flag("zis").map(Into::into),
        chat: flag("chat").map(Into::into),
        integration: flag("integration"),
    };
    let read = |name: &str| of(variables, name.strip_prefix("ZENDESK_")?).map(OsString::from);
    resolve(&given, &Environment::read(read)?, &file())
}

/// url, then support's kind, each with its origin.
fn summary(flags: &str, variables: &str) -> String {
    match resolved(flags, variables) {
        Err(failure) => {
            assert_eq!(failure.kind(), Kind::Usage);
            format!("refused: {failure}")
        }
        Ok(it) => {
            let url = it.url.map_or("none".to_owned(), |it| {
                format!("{} by {}", it.value, it.origin)
            });
            let support = it.support.map_or("none".to_owned(), |it| {
                format!("{} by {}", it.value.kind().name(), it.origin)
            });
            format!("{url}; {support}")
        }
    }
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_profile() {
    let acme = "https://acme.zendesk.com by file /c.toml:5 profile acme";
    let cases = [
        (
            "",
            "",
            format!("{acme}; authorization_code by file /c.toml:7 profile acme"),
        ),
        (
            "",
            "TOKEN=t",
            format!("{acme}; bearer by variable ZENDESK_TOKEN"),
        ),
        (
            "token=f",
            "TOKEN=t",
            format!("{acme}; bearer by flag --token-file"),
        ),
        (
            "",
            "EMAIL=a@b API_TOKEN=t",
            format!("{acme}; api_token by variable ZENDESK_API_TOKEN"),
        ),
        (
            "",
            "EMAIL=a@b TOKEN=t",
            format!("{acme}; bearer by variable ZENDESK_TOKEN"),
        ),
        (
            "",
            "URL=https://acme.zendesk.com/",
            "https://acme.zendesk.com by variable ZENDESK_URL; authorization_code by file /c.toml:7 profile acme"
                .to_owned(),
        ),
        (
            "subdomain=x",
            "URL=https://acme.zendesk.com TOKEN=t",
            "https://x.zendesk.com by flag --subdomain; bearer by variable ZENDESK_TOKEN".to_owned(),
        ),
        (
            "profile=other",
            "PROFILE=acme",
            "https://other.zendesk.com by file /c.toml:13 profile other; api_token by file /c.toml:14 profile other"
                .to_owned(),
        ),
        (
            "",
            "PROFILE=other SUBDOMAIN=other",
            "https://other.zendesk.com by variable ZENDESK_SUBDOMAIN; api_token by file /c.toml:14 profile other"
                .to_owned(),
        ),
        // A contradiction below what counts hurts nobody.
        (
            "url=https://x.zendesk.com token=f",
            "URL=https://y.zendesk.com SUBDOMAIN=z TOKEN=t API_TOKEN=u",
            "https://x.zendesk.com by flag --url; bearer by flag --token-file".to_owned(),
        ),
        (
            "",
            "URL=https://x.zendesk.com SUBDOMAIN=x",
            "https://x.zendesk.com by variable ZENDESK_URL; none".to_owned(),
        ),
    ];
    for (flags, variables, expected) in cases {
        assert_eq!(summary(flags, variables), expected, "{flags} | {variables}");
    }
}

#[test]
fn contradictions_and_unfit_values_are_refused_by_name() {
    let cases = [
        (
            "",
            "URL=https://x.zendesk.com SUBDOMAIN=y",
            "unset one of them",
        ),
        (
            "",
            "TOKEN=CANARY API_TOKEN=CANARY",
            "ZENDESK_API_TOKEN are both set",
        ),
        (
            "",
            "TOKEN=CANARY API_TOKEN=CANARY EMAIL=a@b",
            "ZENDESK_API_TOKEN are both set",
        ),
        ("", "API_TOKEN=CANARY", "without ZENDESK_EMAIL"),
        ("", "TOKEN=CANARY\u{7}", "ZENDESK_TOKEN: a token has"),
        ("", "URL=http://acme.zendesk.com", "ZENDESK_URL: "),
        ("", "SUBDOMAIN=a.b", "ZENDESK_SUBDOMAIN: "),
        ("url=x", "", "--url: "),
        ("profile=CANARY-no", "", "/c.toml: there is no profile"),
    ];
    for (flags, variables, said) in cases {
        let summary = summary(flags, variables);
        assert!(
            summary.starts_with("refused: ") && summary.contains(said),
            "{summary}"
        );
        assert!(
            flags.contains("CANARY") || !summary.contains("CANARY"),
            "{summary}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_refused_by_name() {
    use std::os::unix::ffi::OsStringExt as _;

    let read = |name: &str| {
        (name == "ZENDESK_PROFILE").then(|| OsString::from_vec(b"CANARY\xff".to_vec()))
    };
    let failure = Environment::read(read).unwrap_err().to_string();
    assert_eq!(failure, "ZENDESK_PROFILE: it is not UTF-8");
    let empty = Environment::read(|_| Some(OsString::new())).unwrap();
    assert!(empty.url.is_none() && empty.token.is_none());
}

#[test]
fn what_a_profile_has_is_for_its_own_address_only() {
    let elsewhere = resolved("subdomain=evil", "").unwrap();
    assert!(elsewhere.support.is_none() && elsewhere.zis.is_none());
    assert!(elsewhere.integration.is_none());
    let note = elsewhere.note.unwrap();
    assert!(note.contains("profile acme are not used"), "{note}");
    let areas: Vec<_> = elsewhere.withheld.iter().map(|(area, _)| *area).collect();
    assert_eq!(areas, ["support", "zis"]);
    // Whoever brings credentials for each area misses nothing.
    let brought = resolved("subdomain=evil", "TOKEN=t ZIS_TOKEN=z").unwrap();
    assert!(brought.note.is_none());
}

#[test]
fn what_is_hidden_is_kept_to_be_explained() {
    let it = resolved(
        "integration=of_flag",
        "ZIS_TOKEN=z ZIS_INTEGRATION=of_variable",
    )
    .unwrap();
    let zis = it.zis.unwrap();
    assert_eq!(zis.origin.to_string(), "variable ZENDESK_ZIS_TOKEN");
    assert_eq!(zis.hides[0].1.to_string(), "file /c.toml:10 profile acme");
    let integration = it.integration.unwrap();
    let hidden: Vec<_> = integration.hides.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        (integration.value.as_str(), hidden),
        ("of_flag", vec!["of_variable", "of_file"])
    );
}

#[test]
fn a_broken_file_gives_the_place_and_nothing_of_its_secrets() {
    let cases = [
        ("profile = CANARY", "/c.toml:1:"),
        ("profile = 7", "/c.toml:1:1: profile is to be a text"),
        (
            "profile = \"gone\"",
            "/c.toml:1:1: there is no profile gone",
        ),
        (
            "[profiles.a]\nurl = \"https://a.zendesk.com\"\ntoken = \"CANARY\"",
            "/c.toml:3:1: profiles.a.token is no setting",
        ),
        (
            "colour = 1",
            "/c.toml:1:1: colour is no setting; there are profile, profiles",
        ),
        ("[profiles.a]\n", "/c.toml:1:1: profiles.a: url is missing"),
        (
            "[profiles.a]\nurl = \"http://a.zendesk.com\"",
            "/c.toml:2:1: the account's address is plain http",
        ),
        (
            "[profiles.\"../a\"]\nurl = \"https://a.zendesk.com\"",
            "/c.toml:1:11: ../a is no name of a profile",
        ),
        (
            "[profiles.a]\nurl = \"https://a.zendesk.com\"\n[profiles.a.support]\ntoken = \"CANARY\"\nlogin = \"x\"",
            "profiles.a.support: it needs one of",
        ),
        (
            "[profiles.a]\nurl = \"https://a.zendesk.com\"\nsupport = { login = \"CANARY\", client_id = \"x\" }",
            "login is \"authorization_code\" or",
        ),
        (
            "[profiles.a]\nurl = \"https://a.zendesk.com\"\nsupport = { login = \"client_credentials\", client_id = \"x\" }",
            "needs a client_secret",
        ),
        (
            "[profiles.a]\nurl = \"https://a.zendesk.com\"\nsupport = { token = \"CANARY two\" }",
            "profiles.a.support.token has blanks",
        ),
        (
            "[profiles.a]\nurl = \"https://a.zendesk.com\"\nsupport = { login = \"authorization_code\", client_id = \"x\", scopes = \"read\" }",
            "scopes is to be a list",
        ),
    ];
    for (text, said) in cases {
        let failure = parse::file(Path::new("/c.toml"), text).unwrap_err();
        assert_eq!(failure.kind(), Kind::Usage);
        let failure = failure.to_string();
        assert!(failure.contains(said), "{failure}");
        assert!(
            !failure.contains("CANARY") && !failure.contains('\n'),
            "{failure}"
        );
    }
}

#[test]
fn no_text_makes_the_reader_panic() {
    for end in 0..FILE.len() {
        let _ = parse::file(Path::new("/c.toml"), &FILE[..end]);
    }
}

#[test]
fn changes_leave_the_rest_as_it_was_written() {
    let mut document = FILE.parse().unwrap();
    let token = Access::Token("CANARY-new".into());
    write::set(
        &mut document,
        "new",
        "https://new.zendesk.com",
        Area::Chat,
        &token,
    )
    .unwrap();
    // Another process made it of another account meanwhile.
    let refused = write::set(
        &mut document,
        "new",
        "https://other.zendesk.com",
        Area::Support,
        &token,
    );
    assert!(refused.unwrap_err().to_string().contains("new.zendesk.com"));
    write::use_profile(&mut document, "other");
    write::unset(&mut document, "acme", Area::Zis);
    let text = document.to_string();
    assert!(
        text.starts_with("# kept\n") && text.contains("# kept, too"),
        "{text}"
    );
    let read = parse::file(Path::new("/c.toml"), &text).unwrap();
    assert_eq!(read.current(), Some("other"));
    assert!(read.profiles["acme"].zis.is_none() && read.profiles["acme"].support.is_some());
    assert_eq!(
        read.profiles["new"].chat.as_ref().unwrap().value.kind(),
        CredentialKind::Bearer
    );
    write::remove(&mut document, "other");
    let read = parse::file(Path::new("/c.toml"), &document.to_string()).unwrap();
    assert_eq!(read.current(), None);
    assert!(!read.profiles.contains_key("other"));
}

#[test]
fn the_first_profile_is_the_one_in_use() {
    let mut document = toml_edit::DocumentMut::new();
    for (name, area) in [("one", Area::Support), ("two", Area::Zis)] {
        let token = Access::Token("CANARY".into());
        write::set(
            &mut document,
            name,
            "https://acme.zendesk.com",
            area,
            &token,
        )
        .unwrap();
    }
    let read = parse::file(Path::new("/c.toml"), &document.to_string()).unwrap();
    assert_eq!(read.current(), Some("one"));
    assert!(!format!("{read:?}").contains("CANARY"));
}
