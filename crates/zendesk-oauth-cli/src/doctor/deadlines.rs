//! What ends when, and whether that concerns this setup.

use jiff::Timestamp;

use super::finding::{Check, Finding};
use crate::calendar::{Concern, DEADLINES, distance};
use crate::failure::Kind;

const CHECK: Check = Check::new("calendar", "deadline");

/// What of a setup a deadline may be about.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setup {
    pub(super) has_api_token: bool,
    pub(super) has_endless_token: bool,
}

/// One for each deadline.
pub(super) fn findings(now: Timestamp, setup: Setup) -> Vec<Finding> {
    let deadlines = DEADLINES.into_iter();
    deadlines
        .map(|deadline| {
            let days = deadline.days_left(now);
            let says = format!("{} ({}): {}", deadline.day, distance(days), deadline.what);
            let concerns = match deadline.concerns {
                Concern::ApiTokens | Concern::ReplacingApiToken | Concern::IdleApiTokens => {
                    setup.has_api_token
                }
                Concern::EndlessTokens => setup.has_endless_token,
            };
            let finding = match (concerns, deadline.concerns) {
                (false, _) => CHECK.ok(format!("{says}; this setup is not concerned")),
                (true, Concern::IdleApiTokens) => CHECK
                    .warning(format!(
                        "{says}; a job that runs more seldom loses this one"
                    ))
                    .advise("run `zendesk-oauth migrate` while it works"),
                (true, Concern::ReplacingApiToken) => CHECK
                    .warning(format!("{says}; if this one is lost, there is no other"))
                    .advise("keep the API token until `zendesk-oauth migrate` is done"),
                (true, Concern::ApiTokens) if days <= 0 => CHECK
                    .problem(Kind::Auth, says)
                    .advise("run `zendesk-oauth login`"),
                (true, Concern::ApiTokens) => CHECK
                    .warning(says)
                    .advise("run `zendesk-oauth migrate` while the API token works"),
                (true, Concern::EndlessTokens) => CHECK
                    .warning(says)
                    .advise("use a login, which is renewed by itself: `zendesk-oauth login`"),
            };
            finding
                .fact("date", deadline.day.to_string())
                .fact("days_left", days)
                .fact("concerns_this_setup", concerns)
                .fact("source", deadline.source)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::Status;
    use super::*;

    fn statuses(now: &str, setup: Setup) -> Vec<Status> {
        let now = now.parse().expect("an instant");
        findings(now, setup).iter().map(|it| it.status).collect()
    }

    #[test]
    fn a_deadline_is_about_those_whom_it_concerns() {
        let nobody = statuses("2026-11-22T00:00:00Z", Setup::default());
        assert_eq!(nobody, [Status::Ok; 4]);
        let setup = Setup {
            has_api_token: true,
            has_endless_token: false,
        };
        assert_eq!(
            statuses("2026-11-22T00:00:00Z", setup),
            [
                Status::Warning,
                Status::Warning,
                Status::Ok,
                Status::Warning
            ]
        );
        assert_eq!(statuses("2027-04-30T00:00:00Z", setup)[3], Status::Problem);
    }
}
