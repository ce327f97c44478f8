//! How this Zendesk behaves where Zendesk's accounts differ, or where its pages and what was observed do.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::http::shown_name;

/// A value of a switch.
trait Value: Copy + 'static {
    /// The values that a person may write, the default first.
    const VALUES: &'static [&'static str];

    fn parse(text: &str) -> Option<Self>;
    fn text(self) -> String;
}

/// One switch, for `--help` and for the control API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Switch {
    /// Its name in flags, seed files and the control API.
    pub name: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// Its values, the default first.
    pub values: &'static [&'static str],
}

/// A switch or profile that does not exist, or a value that a switch does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchError {
    message: String,
}

impl fmt::Display for SwitchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SwitchError {}

macro_rules! switches {
    ($($(#[doc = $about:literal])+ $field:ident: $value:ident { $($variant:ident = $text:literal,)+ })+) => {
        $(
            #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
            pub(crate) enum $value { #[default] $($variant,)+ }

            impl Value for $value {
                const VALUES: &'static [&'static str] = &[$($text),+];

                fn parse(text: &str) -> Option<Self> {
                    match text { $($text => Some(Self::$variant),)+ _ => None }
                }

                fn text(self) -> String {
                    match self { $(Self::$variant => $text.to_owned(),)+ }
                }
            }
        )+

        /// Where every switch stands.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
        pub struct Switches {
            $(pub(crate) $field: $value,)+
            pub(crate) rate_limit: RateLimit,
        }

        impl Switches {
            /// Every switch there is.
            pub const ALL: &'static [Switch] = &[
                $(Switch { name: stringify!($field), about: concat!($($about),+), values: $value::VALUES },)+
                Switch {
                    name: "rate_limit",
                    about: " Requests per minute of the virtual clock, beyond which 429 is answered; \
                            `auto` is 700 while the clock runs and none while it stands still.",
                    values: RateLimit::VALUES,
                },
            ];

            fn set_known(&mut self, name: &str, value: &str) -> Option<bool> {
                match name {
                    $(stringify!($field) => Some($value::parse(value).map(|it| self.$field = it).is_some()),)+
                    "rate_limit" => Some(RateLimit::parse(value).map(|it| self.rate_limit = it).is_some()),
                    _ => None,
                }
            }

            /// Each switch with its value.
            pub fn values(&self) -> Vec<(&'static str, String)> {
                vec![
                    $((stringify!($field), self.$field.text()),)+
                    ("rate_limit", self.rate_limit.text()),
                ]
            }
        }
    };
}

switches! {
    /// Status of a successful `POST /oauth/tokens`: 200 is observed, 201 documented.
    token_status: TokenStatus { Ok = "200", Created = "201", }
    /// Whether the answer of `POST /oauth/tokens` says `expires_in` when the request did not ask for it.
    expires_in: ExpiresIn { Always = "always", WhenRequested = "when-requested", }
    /// What an `expires_in` in the request does: it is heeded within its bounds, or every access token lives 1,800 seconds.
    requested_ttl: RequestedTtl { Honoured = "honoured", Fixed = "1800", }
    /// The form of access tokens: opaque text, or a JWT of type `at+jwt`.
    access_token: AccessTokenForm { Opaque = "opaque", Jwt = "jwt", }
    /// What a redeemed refresh token gets: a reply, or no reply although the pair was rotated.
    refresh_reply: RefreshReply { Sent = "sent", Lost = "lost", }
    /// Links and cursors of the last cursor page: present as recorded, or null as Zendesk's schema has them.
    last_page_links: LastPageLinks { Present = "present", Null = "null", }
    /// What a page size over 100 does.
    page_size_over_100: PageSizeOver100 { Clamped = "clamped", Refused = "refused", }
    /// The form of a 429: text as recorded, JSON, or text without `Retry-After`.
    too_many_requests: TooManyRequests { Text = "text", Json = "json", WithoutRetryAfter = "without-retry-after", }
    /// The form of a ZIS authentication failure: text as observed, or JSON as documented.
    zis_auth_failure: ZisAuthFailure { Text = "text", Json = "json", }
    /// The query parameter with which a ZIS flow comes back: documented, or as Zendesk's demo app reads it.
    zis_callback: ZisCallback { Code = "verification_code", Token = "verification_token", }
    /// The dates of Chat tokens: with `Z` as documented, or without a zone as once observed.
    chat_dates: ChatDates { Zulu = "z", Zoneless = "zoneless", }
    /// Who answers the consent page of `/oauth/authorizations/new`: a person, or nobody is asked.
    consent: ConsentSwitch { Ask = "ask", Approve = "approve", Deny = "deny", }
    /// Who answers the consent page of the stand-in for the third party of ZIS flows.
    provider_consent: ProviderConsent { Ask = "ask", Approve = "approve", Deny = "deny", }
}

/// Requests per minute.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum RateLimit {
    /// 700 while the clock runs; none while it stands still, as the minute would never end.
    #[default]
    Auto,
    Off,
    PerMinute(u32),
}

impl Value for RateLimit {
    const VALUES: &'static [&'static str] = &["auto", "off", "a number"];

    fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            "off" => Some(Self::Off),
            number => number.parse().ok().map(Self::PerMinute),
        }
    }

    fn text(self) -> String {
        match self {
            Self::Auto => "auto".to_owned(),
            Self::Off => "off".to_owned(),
            Self::PerMinute(number) => number.to_string(),
        }
    }
}

/// Switches under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// Its name in `--profile`, seed files and the control API.
    pub name: &'static str,
    /// What kind of account it stands for.
    pub about: &'static str,
    /// What it sets.
    pub sets: &'static [(&'static str, &'static str)],
}

impl Profile {
    /// Every profile there is.
    pub const ALL: &'static [Self] = &[
        Self {
            name: "documented",
            about: "where Zendesk's pages and what was observed differ, as the pages say",
            sets: &[
                ("token_status", "201"),
                ("last_page_links", "null"),
                ("zis_auth_failure", "json"),
                ("zis_callback", "verification_code"),
                ("chat_dates", "z"),
            ],
        },
        Self {
            name: "account-2026",
            about: "an account as measured in 2026: JWT access tokens that live 30 minutes whatever is asked, \
                    and an answer that may not say so",
            sets: &[
                ("access_token", "jwt"),
                ("requested_ttl", "1800"),
                ("expires_in", "when-requested"),
            ],
        },
        Self {
            name: "unattended",
            about: "nobody clicks: both consent pages agree at once",
            sets: &[("consent", "approve"), ("provider_consent", "approve")],
        },
        Self {
            name: "strict",
            about: "what is unknown is refused, and 429 comes without Retry-After",
            sets: &[
                ("page_size_over_100", "refused"),
                ("too_many_requests", "without-retry-after"),
            ],
        },
    ];
}

impl Switches {
    /// Sets one switch.
    ///
    /// # Errors
    ///
    /// If there is no such switch or it has no such value; the message names those that there are.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SwitchError> {
        let message = match self.set_known(name, value) {
            Some(true) => return Ok(()),
            Some(false) => {
                let mut switches = Self::ALL.iter().filter(|switch| switch.name == name);
                let values = switches.next().map_or(&[][..], |switch| switch.values);
                format!(
                    "the switch {name} has no such value; it takes {}",
                    values.join(", ")
                )
            }
            None => {
                let names: Vec<&str> = Self::ALL.iter().map(|switch| switch.name).collect();
                let name = shown_name(name);
                format!("there is no switch {name}; there are {}", names.join(", "))
            }
        };
        Err(SwitchError { message })
    }

    /// Sets what a profile sets, and leaves the rest.
    ///
    /// # Errors
    ///
    /// If there is no such profile; the message names those that there are.
    pub fn apply(&mut self, profile: &str) -> Result<(), SwitchError> {
        let Some(found) = Profile::ALL.iter().find(|it| it.name == profile) else {
            let names: Vec<&str> = Profile::ALL.iter().map(|it| it.name).collect();
            let message = format!(
                "there is no profile {}; there are {}",
                shown_name(profile),
                names.join(", ")
            );
            return Err(SwitchError { message });
        };
        found
            .sets
            .iter()
            .try_for_each(|(name, value)| self.set(name, value))
    }
}

impl Serialize for Switches {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.values())
    }
}

impl<'de> Deserialize<'de> for Switches {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut switches = Self::default();
        let values = std::collections::BTreeMap::<String, String>::deserialize(deserializer)?;
        for (name, value) in values {
            switches.set(&name, &value).map_err(D::Error::custom)?;
        }
        Ok(switches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_every_switch_can_be_set_and_read() {
        for switch in Switches::ALL {
            for value in switch.values.iter().filter(|it| **it != "a number") {
                let mut switches = Switches::default();
                switches.set(switch.name, value).unwrap();
                let read = switches
                    .values()
                    .into_iter()
                    .find(|(name, _)| *name == switch.name);
                assert_eq!(read, Some((switch.name, (*value).to_owned())));
            }
        }
    }

    #[test]
    fn the_first_value_is_the_default() {
        for (switch, (name, value)) in Switches::ALL.iter().zip(Switches::default().values()) {
            assert_eq!((switch.name, switch.values[0]), (name, value.as_str()));
        }
    }

    #[test]
    fn every_profile_can_be_applied() {
        for profile in Profile::ALL {
            Switches::default().apply(profile.name).unwrap();
        }
    }

    #[test]
    fn a_refusal_names_what_there_is() {
        let mut switches = Switches::default();
        let message = switches.set("token_status", "202").unwrap_err().to_string();
        assert_eq!(
            message,
            "the switch token_status has no such value; it takes 200, 201"
        );
        let message = switches.set("colour", "red").unwrap_err().to_string();
        assert!(
            message.contains("there is no switch colour; there are token_status, "),
            "{message}"
        );
        let message = switches.apply("none").unwrap_err().to_string();
        assert!(
            message.ends_with("there are documented, account-2026, unattended, strict"),
            "{message}"
        );
    }
}
