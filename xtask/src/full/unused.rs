//! Dependencies that nothing uses.

use std::{process::Command, time::Duration};

use super::{
    Context, Step,
    cargo_tools::{CargoTool, shown},
};
use crate::outputs::Failure;

const MACHETE: CargoTool = CargoTool {
    name: "cargo-machete",
    version: "0.9.2",
};

/// Dependencies that nothing uses.
#[derive(Debug)]
pub struct Unused;

impl Step for Unused {
    fn name(&self) -> &'static str {
        "unused"
    }

    fn purpose(&self) -> &'static str {
        "no manifest names a dependency that nothing uses (seconds)"
    }

    fn run(&self, context: &Context<'_>) -> Result<String, Failure> {
        let machete = MACHETE.program(&context.tools)?;
        let mut command = Command::new(machete);
        command
            .args(["machete", "--with-metadata"])
            .arg(context.top);
        shown(
            &mut command,
            Duration::from_secs(600),
            "a manifest names what nothing uses",
        )?;
        Ok("every dependency is used".to_owned())
    }
}
