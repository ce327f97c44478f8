//! The named steps of a refresh.
//!
//! Each is a trace event of the target `zendesk_oauth::token` with the field `step`: what to look at
//! when a refresh hangs, and where tests stop or kill a process.

/// Every step there is, in the order of a refresh that goes well; what one kind of store does alone
/// begins with its name.
pub const STEPS: &[&str] = &[
    "lease_wanted",
    "file_folder_created",
    "file_lock_opened",
    "file_lock_held",
    "file_lock_signed",
    "file_lock_linked",
    "file_lock_draft_removed",
    "file_old_lock_removed",
    "redis_lease_held",
    "redis_lease_renewed",
    "lease_held",
    "record_read",
    "intent_to_write",
    "file_temporary_created",
    "file_temporary_locked",
    "file_temporary_written",
    "file_temporary_synced",
    "file_version_linked",
    "file_folder_synced",
    "file_temporary_removed",
    "file_old_version_removed",
    "redis_record_swapped",
    "intent_written",
    "refresh_to_send",
    "answer_received",
    "token_adopted",
    "answer_to_write",
    "answer_written",
    "lease_to_release",
    "lease_released",
    "lifetime_to_ask",
    "lifetime_adopted",
    "lifetime_written",
];

/// Says that this step is reached. `name` is one of [`STEPS`].
macro_rules! step {
    ($name:literal) => {{
        debug_assert!($crate::token::STEPS.contains(&$name), "{} is in STEPS", $name);
        tracing::trace!(target: "zendesk_oauth::token", step = $name);
    }};
}

pub(crate) use step;
