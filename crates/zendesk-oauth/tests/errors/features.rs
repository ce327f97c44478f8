//! An area that is turned off takes its crate out of the build.

use std::process::Command;

const AREAS: [(&str, &str); 6] = [
    ("support", "zendesk-support-oauth-clients"),
    ("oauth-tokens", "zendesk-support-oauth-tokens"),
    (
        "global-oauth-clients",
        "zendesk-support-global-oauth-clients",
    ),
    ("zis", "zendesk-zis-oauth-connections"),
    ("chat", "zendesk-chat-oauth-tokens"),
    ("grant-type-tokens", "zendesk-support-grant-type-tokens"),
];

/// The names of all crates that a build with these features has.
fn crates(features: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--package",
            env!("CARGO_PKG_NAME"),
        ])
        .args(["--no-default-features", "--features", features])
        .args([
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{lib}",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let names = String::from_utf8_lossy(&output.stdout).replace('_', "-");
    names.lines().map(str::to_owned).collect()
}

#[test]
fn a_build_has_the_crates_of_its_areas_and_no_other() {
    let all = (1 << AREAS.len()) - 1_usize;
    let each_alone = (0..AREAS.len()).map(|index| 1 << index);
    for chosen in [0, all].into_iter().chain(each_alone) {
        let is_chosen = |index: usize| chosen & (1 << index) != 0;
        let features = (0..AREAS.len())
            .filter(|index| is_chosen(*index))
            .map(|index| AREAS[index].0)
            .chain(["rustls"])
            .collect::<Vec<_>>()
            .join(",");
        let built = crates(&features);
        assert!(
            built.iter().any(|name| name == "rustls"),
            "{features}: {built:?}"
        );
        for (index, (_, name)) in AREAS.iter().enumerate() {
            let is_built = built.iter().any(|built| built == name);
            assert_eq!(is_built, is_chosen(index), "{features}: {name}");
        }
    }
}

#[test]
fn without_tls_there_is_none() {
    let built = crates("support");
    for name in ["rustls", "native-tls", "openssl"] {
        assert!(!built.iter().any(|built| built == name), "{name}");
    }
}
