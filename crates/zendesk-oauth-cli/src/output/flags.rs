//! How data is written, as arguments.

use clap::Args;

use super::Format;

/// Arguments of every command that prints data.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputFlags {
    /// Form of the data
    #[arg(
        short = 'o',
        long = "output",
        value_enum,
        value_name = "FORM",
        default_value_t
    )]
    pub(crate) format: Format,
    /// Members to show, with commas between; in a table they are its columns
    ///
    /// A dot leads inside a member: meta.count. In JSON the members come in this order, and those that a
    /// record does not have are null.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = column)]
    pub(crate) columns: Vec<String>,
    /// No colours; NO_COLOR does the same
    #[arg(long)]
    pub(crate) no_color: bool,
    /// Print secrets
    #[arg(long)]
    pub(crate) reveal: bool,
}

fn column(name: &str) -> Result<String, String> {
    match name.trim() {
        "" => Err("a name is missing between commas".to_owned()),
        name => Ok(name.to_owned()),
    }
}
