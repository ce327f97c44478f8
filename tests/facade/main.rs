//! The facade against a sandbox in which things go wrong: every fault for every operation, by
//! `table.md`, which a person can read.

mod answers;
mod cell;
mod drive;
mod faults;
mod gate;
mod matrix;
mod outcome;
mod places;
mod prints;
mod scene;
mod table;
mod virtual_clock;
