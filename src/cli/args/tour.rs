//! The arguments of `tour`.

use clap::Subcommand;

use super::{Columns, Output};
use crate::cli::formats::TourFormat;

/// The subcommands of `tour`.
#[derive(Debug, Subcommand)]
pub enum TourCommand {
    /// Print the leader's sheet: stops, remarks, times, both passages in short; or a handout with both passages whole
    Print {
        /// A library, or a text of it; without it, the library of this folder, else the embedded one
        of: Option<String>,
        #[command(flatten)]
        #[allow(missing_docs, reason = "Columns says it")]
        columns: Columns,
        /// How to print it: the leader's sheet (text), or a handout for the room (html, markdown)
        #[arg(long, value_enum, default_value_t = TourFormat::Text)]
        format: TourFormat,
        /// With the leader's remarks on the handout too
        #[arg(long)]
        remarks: bool,
        #[command(flatten)]
        #[allow(missing_docs, reason = "Output says it")]
        output: Output,
    },
    /// Present the stops to a room, one after the other
    Present {
        /// A library, or a text of it; without it, the library of this folder, else the embedded one
        of: Option<String>,
        /// The number of the stop to begin with
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        from: u32,
    },
    /// Show the remark, the time and the next stop of the session that presents, in a second terminal that can lead too
    Speak {
        /// The presenting session's socket, or its number in `remote list`; without it, the one that presents, else the one that
        /// was begun last
        socket: Option<String>,
    },
    /// Say of every stop whether its passages are found; exit 1 if one is not
    Check {
        /// A library, or a text of it; without it, the library of this folder, else the embedded one
        of: Option<String>,
    },
}
