//! What is taken from the standard library.

pub(super) use std::sync::{Arc, Mutex};
