//! Who refreshes: what an intent and a lease say of their process.

/// Such as `process 4711 on build-7`. For people: nothing decides by it.
pub(crate) fn who() -> String {
    let process = std::process::id();
    match host() {
        Some(host) => format!("process {process} on {host}"),
        None => format!("process {process}"),
    }
}

#[cfg(unix)]
fn host() -> Option<String> {
    let names = rustix::system::uname();
    printable(names.nodename().to_str().ok()?)
}

#[cfg(not(unix))]
fn host() -> Option<String> {
    printable(&std::env::var("COMPUTERNAME").ok()?)
}

/// What is printed in one line of a message.
fn printable(host: &str) -> Option<String> {
    let is_plain = |it: char| it.is_alphanumeric() || matches!(it, '-' | '.' | '_');
    (!host.is_empty() && host.chars().all(is_plain)).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_the_process_and_the_host() {
        let process = format!("process {}", std::process::id());
        let expected = match host() {
            Some(host) => format!("{process} on {host}"),
            None => process,
        };
        assert_eq!(who(), expected);
    }

    #[test]
    fn a_host_that_would_break_a_line_is_left_out() {
        assert_eq!(printable("build-7.local").as_deref(), Some("build-7.local"));
        for odd in ["", "a\nb", "a b", "\u{1b}[31m"] {
            assert_eq!(printable(odd), None, "{odd:?}");
        }
    }
}
