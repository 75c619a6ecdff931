//! Environments: lists, quotations, verse, program text, tables, mathematics.

use crate::import::flow::{Container, Kind, Mark};

use super::scan::Scanner;
use super::{Tex, What};

/// Environments whose content is program text.
pub(super) const CODE: &[&str] = &[
    "verbatim",
    "verbatim*",
    "Verbatim",
    "BVerbatim",
    "lstlisting",
    "minted",
    "alltt",
    "code",
    "listing",
    "semiverbatim",
    "example*",
];

/// Environments whose content is mathematics.
const MATH: &[&str] = &[
    "equation",
    "equation*",
    "align",
    "align*",
    "eqnarray",
    "eqnarray*",
    "gather",
    "gather*",
    "multline",
    "multline*",
    "displaymath",
    "flalign",
    "flalign*",
    "alignat",
    "alignat*",
    "math",
    "array",
    "cases",
];

/// Environments in which there is nothing to read.
pub(super) const SILENT: &[&str] =
    &["comment", "tikzpicture", "picture", "pspicture", "filecontents", "filecontents*", "asy", "CJK*x"];

/// Tables, and how many arguments stand before their rows.
const TABLES: &[(&str, usize)] = &[
    ("tabular", 1),
    ("tabular*", 2),
    ("tabularx", 2),
    ("tabulary", 2),
    ("longtable", 1),
    ("supertabular", 1),
    ("longtabu", 1),
    ("tabu", 1),
];

/// Other environments with arguments that are no text.
const ARGUMENTS: &[(&str, usize)] = &[
    ("minipage", 1),
    ("multicols", 1),
    ("wrapfigure", 2),
    ("thebibliography", 1),
    ("adjustwidth", 2),
    ("list", 2),
    ("spacing", 1),
    ("otherlanguage", 1),
];

impl Tex {
    /// `\begin{name}`
    pub(super) fn begin(&mut self, name: &str, at: &mut Scanner<'_>, depth: usize) {
        let end = format!("\\end{{{name}}}");
        if SILENT.contains(&name) {
            at.until(&end);
            return;
        }
        if CODE.contains(&name) {
            at.option();
            if name == "minted" {
                at.argument();
            }
            let Some(code) = at.until(&end).filter(|_| !self.quiet) else { return };
            return self.out.whole(Kind::Code, code.trim_matches('\n'));
        }
        if MATH.contains(&name) {
            if let Some(inner) = at.until(&end) {
                self.display(inner);
            }
            return;
        }
        if self.quiet {
            return;
        }
        if let Some((_, arguments)) = TABLES.iter().find(|(table, _)| *table == name) {
            at.option();
            (0..*arguments).for_each(|_| _ = at.argument());
            self.enter(name.to_owned(), What::Table);
            self.out.begin_table();
            self.out.row();
            return self.out.cell();
        }
        self.out.end();
        match name {
            "itemize" | "description" | "enumerate" | "compactitem" | "compactenum" | "inparaenum"
            | "thebibliography" | "list" | "trivlist" => {
                at.option();
                if matches!(name, "thebibliography") {
                    at.argument();
                } else if name == "list" {
                    at.argument();
                    at.argument();
                }
                let numbered = matches!(name, "enumerate" | "compactenum" | "inparaenum");
                self.enter(name.to_owned(), What::List(numbered.then_some(1)));
                self.out.open(Container::List);
            }
            "quote" | "quotation" | "displayquote" | "epigraphs" => {
                self.enter(name.to_owned(), What::Plain);
                self.out.open(Container::Quotation);
            }
            "verse" => self.enter(name.to_owned(), What::Lines),
            _ if !self.theorems.contains_key(name) && has_items(at.rest(), &end) => {
                while at.rest().starts_with('[') && at.option().is_some() {}
                self.enter(name.to_owned(), What::List(None));
                self.out.open(Container::List);
            }
            _ => {
                self.enter(name.to_owned(), What::Plain);
                let theorem = self.theorems.get(name).cloned();
                if let Some(title) = theorem {
                    self.theorem(&title, at, depth);
                } else if let Some((_, arguments)) = ARGUMENTS.iter().find(|(known, _)| *known == name) {
                    at.option();
                    (0..*arguments).for_each(|_| _ = at.argument());
                } else if at.rest().starts_with('[') {
                    // The name of a theorem is text, the place of a figure is none.
                    let option = at.option().unwrap_or("");
                    if option.len() > 4
                        && !option.contains('=')
                        && !matches!(name, "figure" | "table" | "figure*" | "table*")
                    {
                        self.marked(Some(Mark::Strong), option, depth);
                        self.out.end();
                    }
                }
            }
        }
    }

    /// The title of a theorem, and the name that this one has.
    fn theorem(&mut self, title: &str, at: &mut Scanner<'_>, depth: usize) {
        self.marked(Some(Mark::Strong), title, depth);
        if let Some(name) = at.option() {
            self.push(" (");
            self.run(name, depth + 1);
            self.push(")");
        }
        self.push(". ");
    }

    /// `\end{name}`
    pub(super) fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.leave(at);
        }
    }

    /// An item, and the term that it begins with.
    pub(super) fn item(&mut self, at: &mut Scanner<'_>, depth: usize) {
        let term = at.option();
        self.item_of_list(depth, term);
    }

    pub(super) fn item_of_list(&mut self, depth: usize, term: Option<&str>) {
        if self.quiet {
            return;
        }
        let Some(list) = self.open.iter().rposition(|open| matches!(open.what, What::List(_))) else {
            return self.out.end();
        };
        self.leave(list + 1);
        let around = self.open[list].depth;
        let mut number = None;
        if let What::List(Some(next)) = &mut self.open[list].what {
            number = Some(*next);
            *next = next.saturating_add(1);
        }
        self.out.close_to(around + 1);
        self.out.open(Container::Item(number.filter(|_| term.is_none())));
        if let Some(term) = term.filter(|t| !t.trim().is_empty()) {
            self.run(term, depth + 1);
            self.out.end();
        }
    }
}

/// Whether what stands before the end of an environment is a list, be its name the document's own: items, and nothing
/// before them.
fn has_items(rest: &str, end: &str) -> bool {
    const NEAR: usize = 400;
    let inner = &rest[..rest.floor_char_boundary(NEAR)];
    let inner = inner.split(end).next().unwrap_or(inner).trim_start();
    let inner = inner.strip_prefix('[').and_then(|i| i.split_once(']')).map_or(inner, |(_, after)| after.trim_start());
    inner.strip_prefix("\\item").is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphabetic()))
}
