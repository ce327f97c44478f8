//! Words of npm and pip that mean: no network.

use std::process::Command;

use crate::outputs::Failure;

/// What the two say when a registry cannot be reached.
const SIGNS: [&str; 11] = [
    "ECONNREFUSED",
    "ECONNRESET",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ProxyError",
];

/// The program's name as people know it: pip is a module of Python.
pub fn program(command: &Command) -> String {
    if command.get_args().any(|argument| argument == "pip") {
        return "pip".to_owned();
    }
    let program = command.get_program().to_string_lossy();
    program.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Whether these are words of an installer that did not reach its registry.
pub fn is_meant(said: &str) -> bool {
    SIGNS.iter().any(|sign| said.contains(sign))
}

/// The sentence for an installer that did not reach its registry; none when it failed otherwise.
pub fn failure(program: &str, said: &str) -> Option<Failure> {
    if !is_meant(said) {
        return None;
    }
    let (usual, setting, test) = match program {
        "npm" => (
            "registry.npmjs.org",
            "`npm config set registry`",
            "npm ping",
        ),
        _ => (
            "pypi.org",
            "PIP_INDEX_URL",
            "python3 -m pip download --no-deps yamllint",
        ),
    };
    let host = host(said).unwrap_or(usual);
    Some(Failure::refused(
        format!("{program} does not reach {host}, so nothing was installed"),
        format!(
            "connect to the network (`{test}` shows whether it works) or name a mirror with {setting}, \
             then run `cargo xtask spec --install` again"
        ),
    ))
}

/// The host that the words say was not reached.
fn host(said: &str) -> Option<&str> {
    // pip names the host by itself in some errors: host='pypi.org'.
    if let Some((_, rest)) = said.split_once("host='") {
        return rest.split('\'').next();
    }
    // pip names another index in a line of its own. Other addresses are of its manual.
    let is_meant = |line: &&str| {
        line.starts_with("Looking in indexes") || SIGNS.iter().any(|sign| line.contains(sign))
    };
    let rest = said
        .lines()
        .filter(is_meant)
        .find_map(|line| {
            line.split_once("https://")
                .or_else(|| line.split_once("http://"))
        })?
        .1;
    let authority = rest.split(|c: char| "/ ,'\")".contains(c)).next()?;
    // An address of a mirror can carry a password.
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_network_is_one_sentence_with_the_host() {
        let npm = "npm error code ECONNREFUSED\nnpm error FetchError: request to http://u:CANARY-p@127.0.0.1:9/x failed, reason: connect ECONNREFUSED 127.0.0.1:9";
        let said = failure("npm", npm).unwrap().to_string();
        assert!(
            said.starts_with("npm does not reach 127.0.0.1:9, so nothing was installed; "),
            "{said}"
        );
        assert!(!said.contains("CANARY"));
        let pip = "WARNING: Retrying after connection broken by 'NewConnectionError(\"HTTPSConnection(host='pypi.org', port=443): Failed\")': /simple/yamllint/";
        let said = failure("pip", pip).unwrap().to_string();
        assert!(said.starts_with("pip does not reach pypi.org"), "{said}");
        let pip = "Looking in indexes: http://127.0.0.1:9/simple\nWARNING: Retrying ... 'NewConnectionError('<pip._vendor ...>: Connection refused')': /simple/x/";
        let said = failure("pip", pip).unwrap().to_string();
        assert!(said.starts_with("pip does not reach 127.0.0.1:9"), "{said}");
        let bare = failure("pip", "NewConnectionError\nsee https://pip.pypa.io/")
            .unwrap()
            .to_string();
        assert!(bare.starts_with("pip does not reach pypi.org"), "{bare}");
    }

    #[test]
    fn another_failure_is_not_called_no_network() {
        let gone = "npm error code ETARGET\nnpm error notarget No matching version found for x@9.9.9 at https://registry.npmjs.org/";
        assert!(failure("npm", gone).is_none());
    }
}
