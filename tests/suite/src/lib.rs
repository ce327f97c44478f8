//! The tests of a generated client, written once.
//!
//! A client crate says in `tests/document.rs` how its document is driven: one call of each operation, the
//! request that it sends, and the types that the document's examples parse into ([`Described`]).
//! [`tests!`](crate::tests) makes the tests of it. They fail until each operation, answer, body and schema
//! of the document is there.
//!
//! The expectations come from the document (through xtask's reading view) or are written by hand; none is
//! derived from the generated code that is under test.
//!
//! What needs no typed call is in this package's own `tests/every_document`, over all documents there are.

pub mod answers;
mod called;
pub mod canary;
pub mod debug;
mod described;
mod documents;
pub mod examples;
mod exchange;
pub mod requests;
pub mod table;
mod typed;

pub use called::{Answered, Calling, Failed, answered, blocking};
pub use described::{Call, Described, TypedClient};
pub use exchange::Exchange;
pub use typed::there_and_back;
#[doc(hidden)]
pub use {insta, serde_json::json};

/// An id that no 32-bit integer and no double can hold.
pub const ID: i64 = 9_007_199_254_740_993;

/// The call of one operation: `call!(|client| client.show_thing().thing_id(ID))`.
///
/// Prints the finished builder both ways, then sends it.
#[macro_export]
macro_rules! call {
    (|$client:ident| $builder:expr) => {
        |$client| {
            ::std::boxed::Box::pin(async move {
                let builder = $builder;
                let printed = ::std::format!("{builder:?} {builder:#?}");
                (printed, builder.send().await.map($crate::answered))
            })
        }
    };
}

/// The tests of one document; the argument makes its [`Described`].
#[macro_export]
macro_rules! tests {
    ($described:expr) => {
        $crate::tests! { $described;
            table: the_table_has_what_the_document_says,
            table: the_servers_are_those_of_the_document,
            requests: the_expectations_agree_with_the_document,
            requests: each_operation_sends_what_is_written_here,
            requests: headers_are_ours_and_no_others,
            requests: a_path_stem_stands_before_every_path,
            requests: api_tokens_and_passwords_are_sent_as_basic,
            requests: every_call_can_be_spawned,
            examples: schema_examples_survive,
            examples: examples_of_bodies_and_answers_survive,
            examples: answers_survive_what_no_document_knows,
            answers: the_documented_success_comes_back_typed,
            answers: each_documented_error_comes_back_typed,
            answers: an_answer_that_is_not_as_documented_keeps_everything,
            answers: a_body_that_breaks_off_keeps_status_and_headers,
            answers: a_redirect_without_a_location_is_a_typed_error,
            canary: no_secret_is_printed_or_traced,
        }

        #[test]
        fn debug_of_types_that_hold_a_secret() {
            let text = $crate::debug::of_types_that_hold_a_secret(&$described);
            $crate::insta::assert_snapshot!("debug_of_types_that_hold_a_secret", text);
        }
    };
    ($described:expr; $($room:ident: $test:ident,)*) => {
        $(
            #[test]
            fn $test() {
                $crate::$room::$test(&$described);
            }
        )*
    };
}
