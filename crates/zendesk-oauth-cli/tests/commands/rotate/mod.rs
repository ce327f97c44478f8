//! `rotate`.

mod killed;
mod lost;
mod places;
mod printed;
mod profiles;
mod refusals;
mod scene;
mod status;
