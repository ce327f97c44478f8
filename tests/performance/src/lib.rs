//! What the programs that `cargo xtask bench` measures share.

pub mod order;
