//! What every store does.
//!
//! To run it on one: a function that makes two handles of one new, empty login, and
//! `conforms!(that_function)`.

mod canary;
mod leases;
mod pair;
mod records;
mod versions;

pub(crate) use canary::*;
pub(crate) use leases::*;
pub(crate) use pair::*;
pub(crate) use records::*;
pub(crate) use versions::*;

/// The tests of the suite, with stores of this function: `async fn() -> Pair<impl TokenStore>`, or an
/// `Option` of it, of which there is none where what it stands on is not on this machine.
macro_rules! conforms {
    ($pair:path) => {
        conforms! { $pair:
            an_empty_store_has_nothing,
            a_login_is_put_in_the_place_of_none,
            versions_only_rise,
            a_wrong_version_is_a_conflict_and_changes_nothing,
            none_is_a_conflict_when_there_is_one,
            a_version_is_a_conflict_when_there_is_none,
            what_was_stored_is_read_back_whole,
            handles_see_what_the_other_wrote,
            of_many_swaps_from_one_version_one_is_done,
            of_many_first_swaps_one_is_done,
            counting_by_swaps_loses_none,
            a_lease_excludes_the_other_handle,
            of_many_that_want_the_lease_one_has_it,
            a_released_lease_is_free,
            a_renewed_lease_lasts,
            a_renewed_lease_keeps_its_owner,
            a_lease_that_ran_out_is_for_the_next,
            one_who_lost_the_lease_changes_nothing,
            a_late_holder_overwrites_nothing,
            the_holder_of_a_lease_is_visible,
            leases_leave_the_login_alone,
            nothing_shows_a_token,
        }
    };
    ($pair:path: $($name:ident),* $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            if let Some(pair) = $crate::suite::Made::made($pair().await) {
                $crate::suite::$name(pair).await;
            }
        }
    )*};
}
