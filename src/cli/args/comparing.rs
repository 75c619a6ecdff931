//! The arguments of `compare` and `topics`.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use super::{Codebook, Columns, Output, Paged, SuggestFormat, TEXT, TOPICS_OF};
use crate::cli::formats::{CodebookFormat, NotesTold, TopicsFormat};
use crate::export::comparison::{FORMS, Form, handouts};
use crate::study::proposal::PROPOSALS;

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct Compare {
    /// The left text
    pub left: String,
    /// The right text
    pub right: String,
    /// Only the topic with this id or name; may be given several times
    #[arg(long = "topic", value_name = "ID")]
    pub topic: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Columns says it")]
    pub columns: Columns,
    /// How to print it
    #[arg(long, value_parser = forms(), default_value = FORMS[0].name)]
    pub format: &'static Form,
    /// One passage after the other, each with its label: for screen readers and e-mail
    #[arg(long)]
    pub linear: bool,
    /// What you have written that goes with it
    #[arg(long, value_enum, value_name = "WHICH", hide_possible_values = true, help = help_of_notes())]
    pub notes: Option<NotesTold>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Paged says it")]
    pub paged: Paged,
    /// Only these topics, by their ids or names with commas between them; or the topics of this file instead of those of the
    /// library
    #[arg(long, value_name = "ID,ID|FILE")]
    pub topics: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Output says it")]
    pub output: Output,
}

/// The exports of the comparison by their names.
fn forms() -> impl TypedValueParser<Value = &'static Form> {
    let named = FORMS.iter().map(|form| PossibleValue::new(form.name).aliases(form.alias));
    PossibleValuesParser::new(named).try_map(|name| Form::named(&name).ok_or("not among them"))
}

fn help_of_notes() -> String {
    let handouts: Vec<&str> = handouts().map(|form| form.name).collect();
    format!(
        "What you have written that goes with it: all, links (their relation and note) or none [default: all; on a \
         handout ({}) links, so that your notes stay with you]",
        handouts.join(", ")
    )
}

/// Arguments of `topics`.
#[derive(Debug, Args)]
pub struct Topics {
    /// The texts, or folders of texts; without any, those of this folder, else those that come with Diptych
    #[arg(value_name = "TEXT")]
    pub texts: Vec<String>,
    /// How to print it: as a table, as JSON, as a page, as a picture
    #[arg(long, value_enum, default_value_t = TopicsFormat::Text)]
    pub format: TopicsFormat,
    /// Columns of the table; further texts stand below [default: those of the terminal; in a pipe, as many as it takes]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub width: Option<u16>,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Paged says it")]
    pub paged: Paged,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Codebook says it")]
    pub codebook: Codebook,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Output says it")]
    pub output: Output,
    /// What to do instead
    #[command(subcommand)]
    pub command: Option<TopicsCommand>,
}

/// The subcommands of `topics`.
#[derive(Debug, Subcommand)]
pub enum TopicsCommand {
    /// Propose topics that both texts treat, found in the texts themselves
    #[command(after_help = TEXT)]
    Suggest {
        /// The left text
        left: String,
        /// The right text
        right: String,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = PROPOSALS)]
        top: usize,
        /// How to print it: as topics.toml, or as JSON
        #[arg(long, value_enum, default_value_t = SuggestFormat::Toml)]
        format: SuggestFormat,
        #[command(flatten)]
        #[allow(missing_docs, reason = "Codebook says it")]
        codebook: Codebook,
    },
    /// Write topics as a codebook that QualCoder, ATLAS.ti, MAXQDA and NVivo read
    #[command(after_help = TOPICS_OF)]
    Export {
        /// The texts whose topics are meant
        #[arg(value_name = "TEXT")]
        texts: Vec<String>,
        /// The format of the codebook
        #[arg(long, value_enum, default_value_t = CodebookFormat::Qdc)]
        format: CodebookFormat,
        #[command(flatten)]
        #[allow(missing_docs, reason = "Codebook says it")]
        codebook: Codebook,
        #[command(flatten)]
        #[allow(missing_docs, reason = "Output says it")]
        output: Output,
    },
    /// Read a codebook (.qdc) of another program as topics
    Import {
        /// The codebook; - for standard input
        #[arg(value_name = "FILE.qdc")]
        file: String,
        /// Add the topics to this topics.toml, which keeps all it has, instead of printing them
        #[arg(short, long, value_name = "FILE")]
        output: Option<String>,
    },
}
