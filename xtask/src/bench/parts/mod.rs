//! What is measured, part by part.

pub mod binary;
pub mod callers;
pub mod command_line;
pub mod compile;
pub mod generation;
pub mod latency;
pub mod list;
pub mod own;
pub mod peers;
pub mod scaling;
pub mod servers;

use super::{context::Context, results::Results};

/// Something that is measured as a whole.
pub trait Part {
    /// Name, which is that of its raw results.
    fn name(&self) -> &'static str;

    /// What it measures, in a line.
    fn purpose(&self) -> &'static str;

    /// Measures it.
    ///
    /// # Errors
    /// What was in the way, to the point.
    fn measure(&self, context: &Context, results: &mut Results) -> Result<(), String>;
}

/// All parts, in the order of the report.
pub fn all() -> Vec<Box<dyn Part>> {
    vec![
        Box::new(peers::Peers),
        Box::new(servers::Servers),
        Box::new(command_line::CommandLine),
        Box::new(own::Own),
        Box::new(list::List),
        Box::new(callers::Callers),
        Box::new(latency::Latency),
        Box::new(generation::Generation),
        Box::new(compile::Compile),
        Box::new(binary::Binary),
    ]
}
