//! What is left to do when the new way works.

use super::profile::Written;
use crate::config::Settings;

/// Sentences, in the order in which a person does it.
pub(super) fn to_do(
    settings: &Settings,
    written: &Written,
    is_set: impl Fn(&str) -> bool,
) -> Vec<String> {
    let name = &written.name;
    let mut left = vec!["nothing was removed: the API token works as before".to_owned()];
    if written.is_short_lived {
        left.push("that was a sandbox: the client and the profile ended with it".to_owned());
        return left;
    }
    let set: Vec<&str> = ["ZENDESK_API_TOKEN", "ZENDESK_EMAIL"]
        .into_iter()
        .filter(|it| is_set(it))
        .collect();
    // As long as they are set, it would be the API token that is tried.
    let mut without = String::new();
    if !set.is_empty() {
        left.push(format!(
            "unset {} where this command runs: the environment wins over a profile",
            set.join(" and ")
        ));
        without = format!("env -u {} ", set.join(" -u "));
    }
    left.push(format!(
        "try it: `{without}zendesk-oauth status --profile {name}`, `{without}zendesk-oauth doctor --profile {name}`, \
         `{without}zendesk-oauth api GET /api/v2/users/me.json --profile {name}`"
    ));
    if set.is_empty()
        && let Some(profile) = &settings.profile
        && profile != name
    {
        left.push(format!(
            "the profile {profile} of {} has the API token still: `zendesk-oauth profile remove {profile}` when nobody \
             uses it",
            written.file
        ));
    }
    if !written.is_current {
        left.push(format!(
            "make it the one used: `zendesk-oauth profile use {name}`"
        ));
    }
    left.push(
        "look for other programs with the API token: in Admin Center, Apps and integrations > APIs > API tokens says when each \
         was last used; one that nobody uses for 30 days is deactivated"
            .to_owned(),
    );
    left.push(
        "then delete the API token there: a person does that, and from 2026-10-27 on no other can be made in its place"
            .to_owned(),
    );
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(is_current: bool) -> Written {
        Written {
            name: "acme".to_owned(),
            file: "config.toml".to_owned(),
            is_current,
            is_short_lived: false,
        }
    }

    #[test]
    fn variables_are_named_where_they_are_set() {
        let settings = Settings::default();
        let left = to_do(&settings, &written(true), |it| it == "ZENDESK_API_TOKEN");
        let at = |start: &str| left.iter().position(|it| it.starts_with(start)).unwrap();
        assert!(
            at("unset ZENDESK_API_TOKEN where")
                < at("try it: `env -u ZENDESK_API_TOKEN zendesk-oauth status --profile acme`")
        );
        assert!(left.iter().any(|it| it.contains("30 days")));
        assert!(!left.iter().any(|it| it.contains("profile use")));
    }

    #[test]
    fn a_profile_with_the_api_token_is_named() {
        let settings = Settings {
            profile: Some("old".to_owned()),
            ..Settings::default()
        };
        let left = to_do(&settings, &written(false), |_| false);
        assert!(left.iter().any(|it| it.contains("profile remove old")));
        assert!(left.iter().any(|it| it.contains("profile use acme")));
    }
}
