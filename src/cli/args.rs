//! The command line: its subcommands and options, with their help texts.

pub(crate) mod aligning;
pub(crate) mod comparing;
pub(crate) mod linking;
pub(crate) mod notes;
pub(crate) mod room;
pub(crate) mod tour;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use self::aligning::Align;
use self::comparing::{Compare, Topics};
use self::linking::{Cards, Links, Merge};
use self::notes::Notes;
use self::room::{Follow, MESSAGES, Remote};
use self::tour::TourCommand;
use super::formats::CiteFormat;
use crate::import::pages::PageOrder;

const TEXT: &str = "A text is a path (text, Markdown, HTML, EPUB, DOCX, PDF and more), `-` for standard input, or one that comes with Diptych \
                    (`embedded:power-from-below`).";

const TEXT_OR_PASSAGE: &str = "A text is a path (text, Markdown, HTML, EPUB, DOCX, PDF and more), `-` for standard input, or one that comes with \
                               Diptych (`embedded:power-from-below`). With `:14` after it, only its passage 14 is \
                               printed, and the footnotes to that.";

const TEXT_LEFT_PASSAGE: &str = "A text is a path (text, Markdown, HTML, EPUB, DOCX, PDF and more), `-` for standard input, or one that comes with \
                                 Diptych (`embedded:power-from-below`). With `:14` after LEFT, only the counterparts \
                                 of its passage 14 are listed; RIGHT is always asked as a whole.";

const TOPICS_OF: &str = "Without a text and without --topics, they are the topics of the texts of this folder; where it \
                         holds none, those that come with Diptych.";

const HELP: &str = "\
{about}

{usage-heading} {usage}

Reading:
  diptych                        go on where you left off, or begin
  diptych FOLDER                 the texts of a folder, or of this one
  diptych a.md b.txt             read these two, side by side
  diptych a.md:14 b.txt:22       with these passages across from each other
  diptych a.md:14-16             with these three selected
  curl … | diptych - b.txt       what is piped in, against a file
  diptych embedded:introduction  learn the keys by using them, in ten minutes

Printing, to a terminal or into a pipe:
  compare LEFT RIGHT             topic by topic, what each text says
  compare … --format html        the same as a handout, to print or to share
  topics TEXT...                 which texts treat which topics, how much
  topics suggest LEFT RIGHT      topics both texts treat, found in the texts
  topics export, topics import   topics as a codebook (.qdc) of QualCoder,
                                 ATLAS.ti, MAXQDA or NVivo, and back
  links LEFT RIGHT               the counterparts of each passage
  align LEFT RIGHT               two versions of one work, kept level
  search WORDS [LIBRARY]         the passages of a whole library with words
  notes list|check               your notes; whether each finds its place
  passages TEXT                  a text with the numbers of its passages
  passages TEXT:14               that one alone
  cite TEXT...                   entries for a bibliography
  cards LEFT RIGHT               your contrasts as flash cards, for Anki
  tour print                     the stops of a seminar, for its leader
  merge DIR... -o LIBRARY        what several people made, put together
  notes export [TEXT...]         notes to read, as Web Annotations, or as a
                                 project of QualCoder or ATLAS.ti
  notes import FILE.json         Web Annotations as notes

In a room:
  tour speak                     remark, time and next stop for the leader
  follow                         what the leader shows, in your terminal
  remote COMMAND                 speak to a session from a shell or an editor

Setting up:
  import FILE...                 books, pages, any markup to clean Markdown
  keys                           every key there is, yours included
  config --print-default         every setting, with its default
  theme --print [NAME]           a theme, to make your own from
  check [LIBRARY]                what is wrong with texts, topics, settings
  mend [LIBRARY]                 notes and links of texts that were renamed
  doctor                         what a report of a fault needs
  completions SHELL              bash, zsh, fish, elvish, powershell
  man [COMMAND]                  the manual page
  help [COMMAND]                 this, or what a command takes

Options:
{options}{after-help}";

const EXAMPLES: &str = "\
Examples:
  diptych compare a.md b.md --topic soviets | less
  diptych links a.md b.md --format jsonl | jq 'select(.right != [])'
  diptych topics suggest a.md b.md >> topics.toml
  diptych keys | grep copy

Your topics go into topics.toml beside the texts, your keys into keymap.toml
and your settings into config.toml in ~/.config/diptych. In the reader, ?
shows the keys and q leaves.";

const IMPORT: &str = "\
Each FILE becomes FILE.md with front matter: title, author, date, source. What
was repaired is said on standard error. No original is changed, and nothing is
replaced unasked. What is imported alone from standard input goes to standard
output.

Examples:
  diptych import *.pdf book.epub -o library
  curl … | diptych import - > article.md
  diptych import booklet.txt --pages 1,3,5,7,8,6,4,2";

const MERGE: &str = "\
Texts that read the same are one, whatever they are called; of two that are called alike and read otherwise both are \
kept, and that is told. A link that two people made is one, under both names; who wrote which words stays. Neither the \
order of the folders nor merging again changes anything.

NAME=DIR: what has no name in that folder, or is all under one and the same, is NAME's.

Examples:
  diptych merge anna/ bert/ cem/ -o seminar
  diptych merge Anna=laptop/ Bert=mail/ -o seminar
  diptych links seminar/a.md seminar/b.md --agreement";

/// What the manual page says first; `--help` has its own words for it.
pub(super) const MANUAL: &str = "\
Diptych lays two texts side by side in a terminal, hinged by the topics that both of them treat, so that a reader jumps \
from one treatment of a point to the other side's.

Without arguments it goes on where you left off, or opens the texts it comes with. With two texts it shows them side by \
side, with one it shows the next text of the folder across from it. A TEXT is a path (text, Markdown, HTML, EPUB, DOCX, PDF and more), - for standard \
input, or a text that comes with Diptych, such as embedded:introduction, which teaches the keys. :14 after it means its \
passage 14.";

/// Two texts side by side, hinged by the topics both of them treat.
#[derive(Debug, Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[command(
    name = "diptych",
    disable_version_flag = true,
    help_template = HELP,
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    override_usage = "diptych [LEFT [RIGHT]]\n       diptych COMMAND ...",
    max_term_width = 78
)]
pub struct Cli {
    /// The texts to read: left, right
    #[arg(hide = true, value_name = "TEXT")]
    pub texts: Vec<String>,
    /// Read in one column of labelled passages, for screen readers
    #[arg(long)]
    pub linear: bool,
    /// Open them in the session that reads in another terminal
    #[arg(long, requires = "texts", conflicts_with = "linear")]
    pub remote: bool,
    /// Read line by line, in the terminal as it is: nothing is drawn, what is new is printed below the rest
    #[arg(long)]
    pub lines: bool,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Paged says it")]
    pub paged: Paged,
    /// Print the version
    #[arg(short = 'V', long, conflicts_with_all = ["texts", "linear", "lines"])]
    pub version: bool,
    /// With --version: what it was built of, and where its files are
    #[arg(long, requires = "version")]
    pub verbose: bool,
    /// What to do instead of reading
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Cli {
    /// The order of the pages that was asked for, but by `import`, which asks for its own.
    pub fn pages(&self) -> Option<&PageOrder> {
        let paged = match &self.command {
            None => &self.paged,
            Some(Command::Compare(asked)) => &asked.paged,
            Some(Command::Topics(asked)) => &asked.paged,
            Some(Command::Links(asked)) => &asked.paged,
            Some(Command::Cards(asked)) => &asked.paged,
            Some(Command::Align(asked)) => &asked.paged,
            Some(Command::Passages(asked)) => &asked.paged,
            Some(_) => return None,
        };
        paged.pages.as_ref()
    }
}

/// The parser for these arguments. `-:14`, passage 14 of standard input, looks like an option to clap: where it is among
/// the arguments, what begins with a hyphen may be a text.
pub fn parser(arguments: &[OsString]) -> clap::Command {
    let command = Cli::command();
    if arguments.iter().filter_map(|a| a.to_str()).any(|a| a.starts_with("-:")) {
        hyphens_may_be_texts(command)
    } else {
        command
    }
}

fn hyphens_may_be_texts(command: clap::Command) -> clap::Command {
    let texts = |arg: clap::Arg| if arg.is_positional() { arg.allow_hyphen_values(true) } else { arg };
    command.mut_args(texts).mut_subcommands(hyphens_may_be_texts)
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set two texts against each other, topic by topic
    #[command(after_help = TEXT)]
    Compare(Compare),
    /// Say which texts treat which topics, and how strongly
    #[command(after_help = TEXT, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
    Topics(Topics),
    /// List the counterparts of each passage of the left text
    #[command(after_help = TEXT_LEFT_PASSAGE)]
    Links(Links),
    /// Write the contrasts you have linked as flash cards: Anki's text import
    #[command(after_help = TEXT)]
    Cards(Cards),
    /// Lay two versions of one work along each other, passage by passage
    #[command(after_help = TEXT)]
    Align(Align),
    /// List your notes, or check that each still finds its passage
    #[command(disable_help_subcommand = true)]
    Notes(Notes),
    /// Print a text with the numbers of its passages
    #[command(after_help = TEXT_OR_PASSAGE)]
    Passages(Passages),
    /// Print texts as entries of a bibliography, for BibTeX, Zotero or pandoc
    #[command(after_help = TEXT)]
    Cite(Cite),
    /// List every key, with the reader's own laid over the default
    Keys(Keys),
    /// Turn texts of any format into clean Markdown
    #[command(after_help = IMPORT)]
    Import(Import),
    /// Say what is wrong with a library, its topics, the keys and the settings, and where
    Check(Check),
    /// Search a whole library for words, from its index
    Search(SearchAll),
    /// Take over what was made for texts that have been renamed or moved
    Mend(Mend),
    /// Put together what several people made: texts, topics, links, notes and tours of their folders
    #[command(after_help = MERGE)]
    Merge(Merge),
    /// The stops of a seminar: on paper, on the screen, and whether they are all found
    Tour {
        /// What to do with it
        #[command(subcommand)]
        command: TourCommand,
    },
    /// Read along with a session that another terminal leads
    Follow(Follow),
    /// Speak to a session that reads in another terminal
    #[command(disable_help_subcommand = true, after_help = MESSAGES)]
    Remote(Remote),
    /// Print the settings in force, or with --print-default all of them with a word on each
    Config(Config),
    /// List the themes, or print one to make your own from
    Theme(Theme),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// The page of this subcommand
        command: Option<String>,
        /// Write the pages of the program and of all its subcommands into this folder
        #[arg(short, long, value_name = "DIR", conflicts_with = "command")]
        output: Option<PathBuf>,
    },
    /// Say what a report of a fault needs: version, build, folders, terminal
    Doctor,
}

/// Which topics to use.
#[derive(Debug, Args, Default)]
pub struct Codebook {
    /// Use the topics of this file instead of the library's topics.toml
    #[arg(long = "topics", value_name = "FILE")]
    pub file: Option<String>,
}

/// How wide text is printed.
#[derive(Debug, Clone, Copy, Args)]
pub struct Columns {
    /// Columns to use [default: $COLUMNS, else those of the terminal, else 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub width: Option<u16>,
}

/// In which order pages are read.
#[derive(Debug, Args, Default)]
pub struct Paged {
    /// The order of a text's pages: `file`, as they stand in it, or 1-3,7,5, those not named left out
    #[arg(long, value_name = "LIST")]
    pub pages: Option<PageOrder>,
}

/// Where the output goes.
#[derive(Debug, Args)]
pub struct Output {
    /// Write into this file instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<String>,
    /// Replace that file if there is one
    #[arg(long, requires = "output")]
    pub force: bool,
}

/// Arguments of `passages`.
#[derive(Debug, Args)]
pub struct Passages {
    /// The text
    pub text: String,
    /// Wrap to so many columns [default: those of the terminal; into a pipe, a line for each passage]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub width: Option<u16>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = LinesFormat::Text)]
    pub format: LinesFormat,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Paged says it")]
    pub paged: Paged,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// A folder of texts, a text, or `embedded:`; without it, this folder if it holds texts, else the library that comes with
    /// Diptych
    pub library: Option<String>,
    /// Also say what was decoded and repaired in the texts
    #[arg(long, short)]
    pub verbose: bool,
}

/// Arguments of `search`.
#[derive(Debug, Args)]
pub struct SearchAll {
    /// The words, all of which a passage has to have; "in quotation marks" side by side
    pub words: String,
    /// A folder of texts, or `embedded:`; without it, this folder if it holds texts, else the library that comes with
    /// Diptych
    pub library: Option<String>,
    /// At most so many passages
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub top: usize,
    /// How to print it
    #[arg(long, value_enum, default_value_t = LinesFormat::Text)]
    pub format: LinesFormat,
}

/// Arguments of `mend`.
#[derive(Debug, Args)]
pub struct Mend {
    /// A folder of texts, or a text; without it, this folder
    pub library: Option<String>,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The files: PDF, EPUB, MOBI, FictionBook, DOCX, ODT, RTF, HTML, MHTML, Markdown, Org, Muse, reStructuredText, AsciiDoc,
    /// LaTeX, TEI, DocBook, SRT, VTT, plain text, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// Write into this folder, or with `-` to standard output [default: this folder]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<String>,
    /// Replace what is already there
    #[arg(long)]
    pub force: bool,
    /// Leave the text as it is: join, drop and move nothing
    #[arg(long)]
    pub as_is: bool,
    /// The order of the pages, as 1-3,7,5, those not named left out; or `file`, as they stand
    #[arg(long, value_name = "LIST")]
    pub pages: Option<PageOrder>,
    /// Say nothing of what was repaired
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `cite`.
#[derive(Debug, Args)]
pub struct Cite {
    /// The texts
    #[arg(required = true, value_name = "TEXT")]
    pub texts: Vec<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = CiteFormat::Bibtex)]
    pub format: CiteFormat,
    #[command(flatten)]
    #[allow(missing_docs, reason = "Output says it")]
    pub output: Output,
}

/// Arguments of `config`.
#[derive(Debug, Args)]
pub struct Config {
    /// Print every setting with its default
    #[arg(long)]
    pub print_default: bool,
}

/// Arguments of `theme`.
#[derive(Debug, Args)]
pub struct Theme {
    /// Print a theme as a file
    #[arg(long)]
    pub print: bool,
    /// Which; without it, the one in force
    #[arg(requires = "print")]
    pub name: Option<String>,
}

/// Arguments of `keys`.
#[derive(Debug, Args)]
pub struct Keys {
    /// How to print them: to be read, or as a keymap.toml
    #[arg(long, value_enum, default_value_t = KeysFormat::Text)]
    pub format: KeysFormat,
}

/// Text or lines of JSON. (Clap would print what is said of the values at length.) Whoever mixes up the names of the two
/// formats of JSON is understood, here and below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinesFormat {
    Text,
    #[value(alias = "json")]
    Jsonl,
}

/// How keys are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeysFormat {
    Text,
    Toml,
}

/// How proposals are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SuggestFormat {
    Toml,
    #[value(alias = "jsonl")]
    Json,
}
