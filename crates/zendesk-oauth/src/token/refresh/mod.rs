//! How a login is refreshed so that it is never lost.

mod answer;
mod asking;
mod flight;
mod heard;
mod holding;
mod leasing;
mod leaving;
mod loaded;
mod redeeming;
mod saving;
mod times;

pub(super) use answer::Answer;
pub(super) use asking::ask_lifetime;
pub(super) use flight::fly;
pub(super) use heard::Heard;
pub(super) use leaving::Leaving;
pub(super) use saving::{Unsaved, save_on_and_on};
pub(super) use times::{LONGEST_BACK_OFF, LOOK_AGAIN, back_off, times};
