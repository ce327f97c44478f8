//! Logging in and out.

mod keep;
mod kept;
mod log_in;
mod log_out;
mod method;
mod status;
mod status_row;
mod target;
mod told;

pub(crate) use log_in::{Arguments as LoginArguments, run as log_in};
pub(crate) use log_out::{Arguments as LogoutArguments, run as log_out};
pub(crate) use status::{Arguments as StatusArguments, run as status};
