//! How bad a finding is.

use clap::ValueEnum;
use serde::Serialize;

/// From the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum Severity {
    /// Untidy: nobody gains access by it
    Low,
    /// Access that is wider or lives longer than it has to
    Medium,
    /// Access that nobody watches, or that ends without warning
    High,
    /// Access to everything, as anybody
    Critical,
}

impl Severity {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// SARIF's level (2.1.0, 3.27.10).
    pub(super) fn level(self) -> &'static str {
        match self {
            Self::Low => "note",
            Self::Medium => "warning",
            Self::High | Self::Critical => "error",
        }
    }

    /// What code scanning sorts by: a number from 0 to 10, as CVSS has it.
    pub(super) fn score(self) -> &'static str {
        match self {
            Self::Low => "2.0",
            Self::Medium => "5.5",
            Self::High => "8.0",
            Self::Critical => "9.5",
        }
    }
}
