//! Several revocations, one after the other, each reported.

use std::process::ExitCode;

use zendesk_oauth::Call;

use crate::failure::Failure;
use crate::output::{Format, OutputFlags, talk};

/// What becomes of several revocations.
pub(crate) struct OneByOne<'a> {
    output: &'a OutputFlags,
    /// What is revoked: `token`.
    what: &'a str,
    ids: &'a [i64],
}

impl<'a> OneByOne<'a> {
    pub(crate) fn new(output: &'a OutputFlags, what: &'a str, ids: &'a [i64]) -> Self {
        Self { output, what, ids }
    }

    /// Revokes each. The exit code is the largest of all. After a failure that all others would share, such as no
    /// network, the rest is left alone.
    pub(crate) async fn revoke(self, call: impl Fn(i64) -> Call<()>) -> Result<ExitCode, Failure> {
        let mut worst = 0;
        for (index, id) in self.ids.iter().enumerate() {
            let Err(error) = call(*id).await else {
                talk(format_args!("{} {id}: revoked", self.what));
                continue;
            };
            let is_shared = error.is_auth() || error.is_rate_limited() || error.is_transport();
            let failure = Failure::from(error).during(format_args!("{} {id}", self.what));
            if self.ids.len() == 1 {
                return Err(failure);
            }
            worst = worst.max(failure.kind() as u8);
            failure.exit(matches!(self.output.format, Format::Json | Format::Ndjson));
            if is_shared {
                self.tell_the_rest(index + 1);
                break;
            }
        }
        Ok(ExitCode::from(worst))
    }

    fn tell_the_rest(&self, from: usize) {
        let rest = self.ids.get(from..).unwrap_or_default();
        if !rest.is_empty() {
            talk(format_args!("not tried: {}", listed(rest)));
        }
    }
}

/// The ids, each once, in the order in which they were given.
pub(crate) fn distinct(ids: &[i64]) -> Vec<i64> {
    let mut distinct = Vec::with_capacity(ids.len());
    for id in ids {
        if !distinct.contains(id) {
            distinct.push(*id);
        }
    }
    distinct
}

/// What a person types to agree to all of them.
pub(crate) fn listed(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    ids.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_id_counts_once() {
        assert_eq!(distinct(&[3, 1, 3, 2, 1]), [3, 1, 2]);
        assert_eq!(listed(&distinct(&[3, 1, 3])), "3 1");
    }
}
