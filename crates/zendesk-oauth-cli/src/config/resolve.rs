//! Which value counts: arguments, then the environment, then the profile. A pure decision.

use zendesk_oauth::Secret;

use super::access::Access;
use super::address;
use super::environment::Environment;
use super::file::{Located, Profile, SettingsFile};
use super::origin::Origin;
use crate::failure::Failure;
use crate::text::printable;

/// What arguments say. The files that they name were read.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) url: Option<String>,
    pub(crate) subdomain: Option<String>,
    pub(crate) profile: Option<String>,
    pub(crate) support: Option<Secret>,
    pub(crate) zis: Option<Secret>,
    pub(crate) chat: Option<Secret>,
    pub(crate) integration: Option<String>,
}

/// A value that counts, and those that do not because of it.
#[derive(Clone, Debug)]
pub(crate) struct Chosen<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
    /// Each with where it is from.
    pub(crate) hides: Vec<(T, Origin)>,
}

/// All that was chosen. Debug shows no secret.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) profile: Option<Chosen<String>>,
    pub(crate) url: Option<Chosen<String>>,
    pub(crate) integration: Option<Chosen<String>>,
    pub(crate) support: Option<Chosen<Access>>,
    pub(crate) zis: Option<Chosen<Access>>,
    pub(crate) chat: Option<Chosen<Access>>,
    /// Why what the profile has is not used, if that matters.
    pub(crate) note: Option<String>,
    /// What the profile has and is not for this address: the setting, and where it stands.
    pub(crate) withheld: Vec<(&'static str, Origin)>,
}

/// Values from the highest level to the lowest.
struct Levels<T>(Vec<(T, Origin)>);

impl<T> Levels<T> {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn add(mut self, value: Option<T>, origin: Origin) -> Self {
        self.0.extend(value.map(|value| (value, origin)));
        self
    }

    fn chosen(self) -> Option<Chosen<T>> {
        let mut levels = self.0.into_iter();
        let (value, origin) = levels.next()?;
        Some(Chosen {
            value,
            origin,
            hides: levels.collect(),
        })
    }
}

/// Decides.
pub(crate) fn resolve(
    given: &Given,
    environment: &Environment,
    file: &SettingsFile,
) -> Result<Resolved, Failure> {
    let profile = profile(given, environment, file);
    let used = match &profile {
        Some(profile) => Some((profile.value.as_str(), file.find(&profile.value)?)),
        None => None,
    };
    let in_profile = |line: usize| Origin::File {
        path: file.path.clone(),
        line,
        profile: used.map(|(name, _)| name.to_owned()),
    };
    let url = url(given, environment, used.map(|(_, it)| it), &in_profile)?;
    let fits = used.filter(|(_, profile)| {
        let url = url.as_ref();
        url.is_some_and(|url| address::are_same(&url.value, &profile.url.value))
    });
    let fitting = fits.map(|(_, profile)| profile);
    let of_profile = |pick: fn(&Profile) -> Option<&Located<Access>>| {
        let found = fitting.and_then(pick);
        found.map(|it| (it.value.clone(), in_profile(it.line)))
    };
    let area = |of_flag: &Option<Secret>,
                flag,
                of_variable: Option<(Access, &'static str)>,
                pick: fn(&Profile) -> Option<&Located<Access>>| {
        let mut levels = Levels::new().add(of_flag.clone().map(Access::Token), Origin::Flag(flag));
        if let Some((access, name)) = of_variable {
            levels = levels.add(Some(access), Origin::Variable(name));
        }
        if let Some((access, origin)) = of_profile(pick) {
            levels = levels.add(Some(access), origin);
        }
        levels.chosen()
    };
    let bearer = |token: &Option<Secret>, name| token.clone().map(|it| (Access::Token(it), name));
    let of_variables = match given.support.is_some() {
        // A contradiction below what counts hurts nobody.
        true => support_of(environment).ok().flatten(),
        false => support_of(environment)?,
    };
    let mut resolved = Resolved {
        support: area(&given.support, "--token-file", of_variables, |it| {
            it.support.as_ref()
        }),
        zis: area(
            &given.zis,
            "--zis-token-file",
            bearer(&environment.zis_token, "ZENDESK_ZIS_TOKEN"),
            |it| it.zis.as_ref(),
        ),
        chat: area(
            &given.chat,
            "--chat-token-file",
            bearer(&environment.chat_token, "ZENDESK_CHAT_TOKEN"),
            |it| it.chat.as_ref(),
        ),
        integration: {
            let of_profile = fitting.and_then(|it| it.integration.as_ref());
            let levels = Levels::new()
                .add(given.integration.clone(), Origin::Flag("--integration"))
                .add(
                    environment.integration.clone(),
                    Origin::Variable("ZENDESK_ZIS_INTEGRATION"),
                );
            match of_profile {
                Some(it) => levels.add(Some(it.value.clone()), in_profile(it.line)),
                None => levels,
            }
            .chosen()
        },
        ..Resolved::default()
    };
    if let (Some((name, other)), None, Some(url)) = (used, fits, &url) {
        withhold(&mut resolved, name, other, url, &in_profile);
    }
    Ok(Resolved {
        profile,
        url,
        ..resolved
    })
}

/// Which profile.
fn profile(
    given: &Given,
    environment: &Environment,
    file: &SettingsFile,
) -> Option<Chosen<String>> {
    let levels = Levels::new()
        .add(given.profile.clone(), Origin::Flag("--profile"))
        .add(
            environment.profile.clone(),
            Origin::Variable("ZENDESK_PROFILE"),
        );
    let levels = match &file.profile {
        Some(it) => {
            let origin = Origin::File {
                path: file.path.clone(),
                line: it.line,
                profile: None,
            };
            levels.add(Some(it.value.clone()), origin)
        }
        None => levels,
    };
    levels.chosen()
}

fn url(
    given: &Given,
    environment: &Environment,
    profile: Option<&Profile>,
    in_profile: &dyn Fn(usize) -> Origin,
) -> Result<Option<Chosen<String>>, Failure> {
    let whole = |text: &Option<String>, name: &str| checked(text, name, address::checked);
    let label = |text: &Option<String>, name: &str| checked(text, name, address::of_subdomain);
    let levels = Levels::new()
        .add(whole(&given.url, "--url")?, Origin::Flag("--url"))
        .add(
            label(&given.subdomain, "--subdomain")?,
            Origin::Flag("--subdomain"),
        );
    let url = whole(&environment.url, "ZENDESK_URL")?;
    let subdomain = label(&environment.subdomain, "ZENDESK_SUBDOMAIN")?;
    if let (Some(url), Some(subdomain)) = (&url, &subdomain)
        && levels.0.is_empty()
        && !address::are_same(url, subdomain)
    {
        return Err(Failure::usage(format!(
            "ZENDESK_URL is {url} and ZENDESK_SUBDOMAIN is of {subdomain}: unset one of them, or say --url or --subdomain"
        )));
    }
    let levels = levels
        .add(url, Origin::Variable("ZENDESK_URL"))
        .add(subdomain, Origin::Variable("ZENDESK_SUBDOMAIN"));
    Ok(match profile {
        Some(it) => levels.add(Some(it.url.value.clone()), in_profile(it.url.line)),
        None => levels,
    }
    .chosen())
}

fn checked(
    text: &Option<String>,
    name: &str,
    check: fn(&str) -> Result<String, String>,
) -> Result<Option<String>, Failure> {
    let checked = text.as_deref().map(check).transpose();
    checked.map_err(|why| Failure::usage(format!("{name}: {}", printable(&why))))
}

/// What the environment says for Support.
fn support_of(environment: &Environment) -> Result<Option<(Access, &'static str)>, Failure> {
    let Environment {
        token,
        api_token,
        email,
        ..
    } = environment;
    match (token, api_token, email) {
        (Some(_), Some(_), _) => Err(Failure::usage(
            "ZENDESK_TOKEN and ZENDESK_API_TOKEN are both set, and only one can be used: unset one of them",
        )),
        // An address alone is nothing to authenticate with.
        (Some(token), None, _) => Ok(Some((Access::Token(token.clone()), "ZENDESK_TOKEN"))),
        (None, Some(_), None) => Err(Failure::usage(
            "ZENDESK_API_TOKEN is set without ZENDESK_EMAIL: set it to the e-mail address of the user that the API \
             token is used as",
        )),
        (None, Some(token), Some(email)) => {
            let access = Access::ApiToken {
                email: email.clone(),
                token: token.clone(),
            };
            Ok(Some((access, "ZENDESK_API_TOKEN")))
        }
        (None, None, _) => Ok(None),
    }
}

/// Notes what a profile of another address has, and says so where it leaves an area without credentials.
fn withhold(
    resolved: &mut Resolved,
    name: &str,
    profile: &Profile,
    url: &Chosen<String>,
    in_profile: &dyn Fn(usize) -> Origin,
) {
    let areas = [
        ("support", &profile.support, resolved.support.is_some()),
        ("zis", &profile.zis, resolved.zis.is_some()),
        ("chat", &profile.chat, resolved.chat.is_some()),
    ];
    let mut is_missed = false;
    for (area, entry, has_other) in areas {
        if let Some(entry) = entry {
            resolved.withheld.push((area, in_profile(entry.line)));
            is_missed |= !has_other;
        }
    }
    if is_missed {
        resolved.note = Some(format!(
            "the credentials of the profile {name} are not used: they are for {}, and {} says {}",
            profile.url.value, url.origin, url.value
        ));
    }
}
