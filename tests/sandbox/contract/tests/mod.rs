//! Tests of the judge itself: against small schemas, and against the documents.

mod closing;
mod conversion;
mod credentials;
mod directions;
mod documents;
mod forms;
mod mutations;
mod nullability;
mod refusals;
mod requests;
mod responses;
mod samples;
mod small;
