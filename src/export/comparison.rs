//! The exports of the comparison, in one table: what each is called, how its files end, and what writes it. The shell's
//! `--format`, the reader's keys, and what either says of them read it.

use std::io::{self, Write};

use super::compare::{write_csv, write_json, write_text};
use super::handout::{Handout, html, markdown};
use super::linear;
use super::opened::Opens;
use crate::study::comparison::{Compared, Named};
use crate::study::glosses::Told;

/// A comparison to be written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// The left text.
    pub left: Named<'a>,
    /// The right text.
    pub right: Named<'a>,
    /// What they say on each topic.
    pub compared: &'a [Compared],
    /// How the pair is opened again from what is written.
    pub opens: Opens<'a>,
    /// How wide columns are together.
    pub columns: u16,
    /// Where lines of running text break; without it each paragraph is a line, which a screen reader or a mail program
    /// breaks itself.
    pub breaks_at: Option<u16>,
}

type Writer = fn(&mut dyn Write, &Written<'_>) -> io::Result<()>;

/// An export of the comparison.
#[derive(Debug)]
pub struct Form {
    /// What it is called in the shell.
    pub name: &'static str,
    /// Another name for it.
    pub alias: Option<&'static str>,
    /// How its files end.
    pub ending: &'static str,
    /// Whether it is handed out. Such an export the reader writes too, and the reader's notes stay out of it unless they are
    /// asked for.
    pub is_handout: bool,
    /// Writes it.
    pub write: Writer,
    /// Writes it with one passage after the other, where it can be written so.
    pub write_linear: Option<Writer>,
}

/// The exports, the usual one first.
pub(crate) const FORMS: &[Form] = &[
    Form {
        name: "text",
        alias: None,
        ending: "txt",
        is_handout: false,
        write: |out, w| write_text(out, w.left, w.right, w.compared, w.columns),
        write_linear: Some(|out, w| linear::write(out, w.left, w.right, w.compared, w.breaks_at)),
    },
    Form {
        name: "html",
        alias: None,
        ending: "html",
        is_handout: true,
        write: |out, w| html::write(out, &w.handout()),
        write_linear: None,
    },
    Form {
        name: "markdown",
        alias: Some("md"),
        ending: "md",
        is_handout: true,
        write: |out, w| markdown::write(out, &w.handout()),
        write_linear: None,
    },
    Form {
        name: "json",
        alias: Some("jsonl"),
        ending: "json",
        is_handout: false,
        write: |out, w| write_json(out, w.left.text, w.right.text, w.compared, w.opens),
        write_linear: None,
    },
    Form {
        name: "csv",
        alias: None,
        ending: "csv",
        is_handout: false,
        write: |out, w| write_csv(out, w.left.text, w.right.text, w.compared),
        write_linear: None,
    },
];

/// Those that are handed out.
pub(crate) fn handouts() -> impl Iterator<Item = &'static Form> {
    FORMS.iter().filter(|form| form.is_handout)
}

impl Form {
    /// The one of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.name == name || form.alias == Some(name))
    }

    /// What of the reader's own goes along unless the reader says otherwise: what is handed out says what the two texts have
    /// to do with each other.
    pub fn told(&self) -> Told {
        if self.is_handout { Told::Links } else { Told::All }
    }
}

impl<'a> Written<'a> {
    fn handout(&self) -> Handout<'a> {
        Handout::of(self.left, self.right, self.compared).opened(self.opens)
    }
}
