//! Profiles that log in as a certain client: a new secret of that client has to get to them, or their logins end.

use toml_edit::{DocumentMut, Value};
use zendesk_oauth::Secret;

use super::access::{Access, LoginEntry};
use super::file::{Profile, SettingsFile};
use super::{Paths, address, write};
use crate::failure::Failure;

/// The profiles of this address that have a secret of this client, and the secret.
pub(crate) fn of_client<'a>(
    file: &'a SettingsFile,
    url: &str,
    client_id: &str,
) -> Vec<(&'a str, &'a Secret)> {
    let secret = |profile: &'a Profile| match profile.support.as_ref().map(|it| &it.value) {
        Some(Access::Login(LoginEntry {
            client_id: id,
            client_secret: Some(secret),
            ..
        })) if id == client_id && address::are_same(&profile.url.value, url) => Some(secret),
        _ => None,
    };
    let profiles = file.profiles.iter();
    profiles
        .filter_map(|(name, profile)| Some((name.as_str(), secret(profile)?)))
        .collect()
}

/// Writes a client's new secret to these profiles.
pub(crate) fn replace(paths: &Paths, names: &[String], secret: &Secret) -> Result<(), Failure> {
    write::change(paths, |document| {
        for name in names {
            set(document, name, secret);
        }
    })
}

/// What stands beside the value, such as a comment, stays.
fn set(document: &mut DocumentMut, name: &str, secret: &Secret) -> Option<()> {
    let profile = document.get_mut("profiles")?.as_table_like_mut()?;
    let support = profile.get_mut(name)?.as_table_like_mut()?;
    let support = support.get_mut("support")?.as_table_like_mut()?;
    let old = support.get_mut("client_secret")?.as_value_mut()?;
    let decor = old.decor().clone();
    *old = Value::from(secret.expose());
    *old.decor_mut() = decor;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse;

    const FILE: &str = "\
[profiles.acme] # ours
url = \"https://acme.zendesk.com\"
support = { login = \"client_credentials\", client_id = \"my_app\", client_secret = \"CANARY-old\" } # inline
[profiles.again]
url = \"https://ACME.zendesk.com/\"
[profiles.again.support]
login = \"client_credentials\"
client_id = \"my_app\"
client_secret = \"CANARY-old\" # why
[profiles.other]
url = \"https://other.zendesk.com\"
[profiles.other.support]
login = \"client_credentials\"
client_id = \"my_app\"
client_secret = \"CANARY-other\"
[profiles.public]
url = \"https://acme.zendesk.com\"
[profiles.public.support]
login = \"authorization_code\"
client_id = \"my_app\"
";

    #[test]
    fn the_profiles_are_those_of_the_account_and_the_client() {
        let file = parse::file("config.toml".as_ref(), FILE).unwrap();
        let names = |url, id| {
            let found = of_client(&file, url, id);
            found.into_iter().map(|it| it.0).collect::<Vec<_>>()
        };
        assert_eq!(
            names("https://acme.zendesk.com", "my_app"),
            ["acme", "again"]
        );
        assert_eq!(names("https://other.zendesk.com", "my_app"), ["other"]);
        assert!(names("https://acme.zendesk.com", "your_app").is_empty());
    }

    #[test]
    fn only_the_secret_of_the_profile_changes() {
        let mut document: DocumentMut = FILE.parse().unwrap();
        for name in ["acme", "again", "public", "nobody"] {
            set(&mut document, name, &Secret::from("CANARY-new"));
        }
        let expected = FILE.replace("CANARY-old", "CANARY-new");
        assert_eq!(document.to_string(), expected);
    }
}
