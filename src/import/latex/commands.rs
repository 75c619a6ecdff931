//! Commands: what each of them does to the text.

use std::rc::Rc;

use crate::import::flow::Mark;
use crate::import::tagged::metadata::line as one_line;

use super::letters::{accented, is_accent, sign};
use super::scan::Scanner;
use super::{DIVISIONS, LONGEST_TITLE, MOST_MACROS, Macro, Tex, What};

/// Commands that arrange a page, and how many arguments they take.
const ARRANGE: &[(&str, usize)] = &[
    ("addcontentsline", 3),
    ("addtocontents", 2),
    ("addtocounter", 2),
    ("addtolength", 2),
    ("addvspace", 1),
    ("AtBeginDocument", 1),
    ("bibliographystyle", 1),
    ("captionsetup", 1),
    ("cline", 1),
    ("color", 1),
    ("definecolor", 3),
    ("DeclareMathOperator", 2),
    ("documentclass", 1),
    ("documentstyle", 1),
    ("enlargethispage", 1),
    ("fontsize", 2),
    ("fontfamily", 1),
    ("geometry", 1),
    ("glossary", 1),
    ("graphicspath", 1),
    ("hspace", 1),
    ("hypersetup", 1),
    ("hyphenation", 1),
    ("includegraphics", 1),
    ("index", 1),
    ("input@path", 1),
    ("label", 1),
    ("linespread", 1),
    ("lstset", 1),
    ("markboth", 2),
    ("markright", 1),
    ("nocite", 1),
    ("newcounter", 1),
    ("newlength", 1),
    ("pagenumbering", 1),
    ("pagestyle", 1),
    ("phantom", 1),
    ("PassOptionsToPackage", 2),
    ("RequirePackage", 1),
    ("rule", 2),
    ("selectlanguage", 1),
    ("setcounter", 2),
    ("setlength", 2),
    ("setmainfont", 1),
    ("stepcounter", 1),
    ("refstepcounter", 1),
    ("thispagestyle", 1),
    ("theoremstyle", 1),
    ("usepackage", 1),
    ("usetikzlibrary", 1),
    ("vphantom", 1),
    ("hphantom", 1),
    ("vspace", 1),
    ("vrule", 0),
    ("hrule", 0),
    ("write", 1),
    ("xdef", 1),
];

impl Tex {
    /// Reads a command.
    pub(super) fn command(&mut self, at: &mut Scanner<'_>, depth: usize) {
        at.next();
        let name = at.name();
        if let Some(known) = self.macros.get(name).cloned() {
            return self.expand(name, &known, at, depth);
        }
        if is_accent(name)
            && !(name.len() == 1 && name.chars().all(char::is_alphabetic) && at.peek() != Some('{') && self.quiet)
        {
            let letter = at.argument().unwrap_or("");
            let shown = accented(name, letter);
            return self.push(&shown);
        }
        if let Some(letters) = sign(name) {
            // Braces after a command only end its name.
            if at.rest().starts_with("{}") {
                at.skip(2);
            }
            return self.push(letters);
        }
        if let Some(division) = DIVISIONS.iter().position(|d| *d == name) {
            skip_star(at);
            at.option();
            if let Some(title) = at.argument() {
                self.heading(division, title, depth);
            }
            return;
        }
        match name {
            "\\" | "newline" | "linebreak" | "tabularnewline" | "cr" => {
                skip_star(at);
                at.option();
                self.break_line();
            }
            "par" | "newpage" | "clearpage" | "cleardoublepage" | "pagebreak" | "bigskip" | "medskip" | "smallskip" => {
                at.option();
                self.end_paragraph();
            }
            "(" | "[" => self.bracketed_math(name, at),
            "begin" => {
                if let Some(name) = at.argument() {
                    self.begin(name, at, depth);
                }
            }
            "end" => {
                if let Some(name) = at.argument() {
                    self.end(name);
                }
            }
            "item" => self.item(at, depth),
            "verb" | "lstinline" => self.verbatim(at),
            // Between braces it may have commands.
            "path" if at.peek().is_some_and(|c| c.is_ascii_punctuation() && !matches!(c, '{' | '\\' | '}')) => {
                self.verbatim(at);
            }
            "title" | "author" | "date" => {
                at.option();
                if let Some(argument) = at.argument() {
                    self.about(name, argument, depth);
                }
            }
            "maketitle" | "tableofcontents" | "listoffigures" | "listoftables" | "printindex" | "appendix"
            | "hline" | "toprule" | "midrule" | "bottomrule" | "centering" | "noindent" | "indent" | "hfill"
            | "vfill" => {}
            "hskip" | "vskip" | "kern" => skip_length(at),
            "def" | "gdef" | "edef" => self.define_plain(at),
            "let" => {
                at.argument();
                at.skip_blanks();
                if at.peek() == Some('=') {
                    at.next();
                }
                at.argument();
            }
            "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => self.define(at),
            "newtheorem" => self.define_theorem(at),
            "newenvironment" | "renewenvironment" => skip_environment(at),
            "input" | "include" | "subfile" | "import" => {
                at.argument();
                self.included += usize::from(!self.quiet);
            }
            _ => self.inline(name, at, depth),
        }
    }

    /// What stands between two of whatever sign comes first, as it stands.
    fn verbatim(&mut self, at: &mut Scanner<'_>) {
        if let Some(code) = as_it_stands(at).filter(|_| !self.quiet) {
            self.out.marked(Mark::Code, code);
        }
    }

    /// Commands within a sentence.
    fn inline(&mut self, name: &str, at: &mut Scanner<'_>, depth: usize) {
        let mark = match name {
            "emph" | "textit" | "textsl" | "underline" | "uline" => Some(Mark::Emphasis),
            "textbf" => Some(Mark::Strong),
            "texttt" | "path" | "code" => Some(Mark::Code),
            "sout" | "st" => Some(Mark::Strike),
            "textsuperscript" => Some(Mark::Raised),
            "textsubscript" => Some(Mark::Lowered),
            _ => None,
        };
        if let Some(mark) = mark {
            if let Some(argument) = at.argument() {
                let mark = Some(mark).filter(|_| !self.out.in_leaf());
                self.marked(mark, argument, depth);
            }
            return;
        }
        match name {
            "em" | "it" | "itshape" | "sl" | "slshape" => self.declare(Mark::Emphasis),
            "bf" | "bfseries" => self.declare(Mark::Strong),
            "tt" | "ttfamily" => self.declare(Mark::Code),
            "footnote" | "footnotetext" | "thanks" | "endnote" => {
                at.option();
                let Some(argument) = at.argument().filter(|_| !self.quiet) else { return };
                if self.out.in_note() || name == "thanks" {
                    return;
                }
                self.notes += 1;
                self.out.begin_note_here(None);
                let open = std::mem::take(&mut self.open);
                self.run(argument, depth + 1);
                self.open = open;
                self.out.end_note();
            }
            "footnotemark" => {
                at.option();
            }
            "url" | "nolinkurl" => {
                if let Some(address) = at.argument().filter(|_| !self.quiet) {
                    let address = address.replace('\\', "");
                    self.out.marked(Mark::Link(address.clone()), &address);
                }
            }
            "href" => {
                at.option();
                let (Some(address), Some(words)) = (at.argument(), at.argument()) else { return };
                let address = address.replace('\\', "");
                let far = Some(Mark::Link(address.clone())).filter(|_| address.contains(':'));
                self.marked(far, words, depth);
            }
            "ref" | "pageref" | "eqref" | "autoref" | "nameref" | "cref" | "Cref" | "vref" | "Vref" | "vpageref" => {
                skip_star(at);
                if let Some(label) = at.argument().filter(|_| !self.quiet) {
                    self.reference(name, label, depth);
                }
            }
            _ => self.other(name, at, depth),
        }
    }

    /// Boxes, captions, citations, and what nobody knows.
    fn other(&mut self, name: &str, at: &mut Scanner<'_>, depth: usize) {
        match name {
            "textcolor" | "colorbox" | "raisebox" | "parbox" | "makebox" | "framebox" | "scalebox" | "resizebox"
            | "hyperref" | "hyperlink" | "hypertarget" => {
                at.option();
                at.option();
                let extra = match name {
                    "makebox" | "framebox" | "hyperref" => 0,
                    "resizebox" => 2,
                    _ => 1,
                };
                (0..extra).for_each(|_| _ = at.argument());
                at.option();
            }
            "multicolumn" | "multirow" => {
                at.argument();
                at.argument();
            }
            "caption" | "captionof" => {
                skip_star(at);
                at.option();
                if name == "captionof" {
                    at.argument();
                }
                if let Some(words) = at.argument() {
                    self.caption(words, depth);
                }
            }
            "bibitem" => {
                at.option();
                let label =
                    at.argument().and_then(|key| self.labels.works.listed(key)).map(|label| format!("[{label}] "));
                self.item_of_list(depth, None);
                self.run(&label.unwrap_or_default(), depth + 1);
            }
            "textquote" | "enquote" => {
                skip_star(at);
                if let Some(words) = at.argument() {
                    self.push("“");
                    self.run(words, depth + 1);
                    self.push("”");
                }
            }
            _ if name.to_lowercase().contains("cite") => {
                skip_star(at);
                let mut notes: Vec<&str> = Vec::new();
                notes.extend(at.option());
                notes.extend(at.option());
                if let Some(keys) = at.braced() {
                    // What has commands or several words is no key, but a title.
                    if keys.contains('\\') || !keys.contains(',') && keys.trim().contains(' ') {
                        return self.marked(Some(Mark::Emphasis).filter(|_| !self.out.in_leaf()), keys, depth);
                    }
                    let note = notes.last().map_or(String::new(), |note| format!(", {note}"));
                    let said = self.labels.works.cited(name, keys, &note);
                    self.say(&said);
                }
            }
            _ => {
                if let Some((_, arguments)) = ARRANGE.iter().find(|(known, _)| *known == name) {
                    skip_star(at);
                    at.option();
                    at.option();
                    (0..*arguments).for_each(|_| _ = at.argument());
                    at.option();
                } else {
                    // Of what nobody knows the letters in braces are read, and what stands in brackets is not.
                    skip_star(at);
                    while at.rest().starts_with('[') && at.option().is_some() {}
                    // Empty braces only end a name that stands for letters.
                    let bare = at.rest().starts_with("{}");
                    if bare {
                        at.skip(2);
                    }
                    if bare || !at.rest().starts_with('{') {
                        self.unknown(name, at, bare);
                    }
                }
            }
        }
    }

    fn break_line(&mut self) {
        if self.quiet {
        } else if self.in_table() {
            self.out.row();
            self.out.cell();
        } else {
            self.out.line_break();
        }
    }

    fn bracketed_math(&mut self, name: &str, at: &mut Scanner<'_>) {
        let end = if name == "(" { "\\)" } else { "\\]" };
        match at.until(end) {
            Some(inner) if name == "[" => self.display(inner),
            Some(inner) if !self.quiet => self.out.push(&format!("${inner}$")),
            _ => {}
        }
    }

    fn caption(&mut self, words: &str, depth: usize) {
        if self.quiet {
            return;
        }
        self.out.end();
        let number = self.labels.captions.take(words).map_or(String::new(), |number| format!("{number}: "));
        self.marked(Some(Mark::Strong), &(number + words), depth);
        self.out.end();
    }

    fn about(&mut self, name: &str, argument: &str, depth: usize) {
        let parts: Vec<String> = argument.split("\\and").map(|part| one_line(&self.line(part, depth))).collect();
        let said = parts.join(", ");
        if said.is_empty() {
            return;
        }
        match name {
            "title" => {
                self.out.meta.title = Some(said);
            }
            "author" => self.out.meta.author = Some(said),
            _ => self.out.meta.date = Some(said),
        }
    }

    /// `\newtheorem{name}[counter]{title}`
    fn define_theorem(&mut self, at: &mut Scanner<'_>) {
        skip_star(at);
        let name = at.argument().map(str::to_owned);
        at.option();
        let title = at.argument().map(str::to_owned);
        at.option();
        if let (Some(name), Some(title)) = (name, title)
            && self.theorems.len() < MOST_MACROS
            && title.len() <= LONGEST_TITLE
        {
            self.theorems.insert(name, title);
        }
    }

    /// `\newcommand{\name}[2][default]{body}`
    fn define(&mut self, at: &mut Scanner<'_>) {
        skip_star(at);
        let name = at.argument().map(|name| name.trim().trim_start_matches('\\').to_owned());
        let arguments = at.option().and_then(|n| n.trim().parse().ok()).unwrap_or(0);
        let default = at.option().map(str::to_owned);
        let body = at.braced().map(str::to_owned);
        if let (Some(name), Some(body)) = (name, body) {
            self.learn(name, Macro { arguments, default, body });
        }
    }

    /// `\def\name#1#2{body}`
    fn define_plain(&mut self, at: &mut Scanner<'_>) {
        let name = at.argument().map(|name| name.trim_start_matches('\\').to_owned());
        let mut arguments = 0;
        while let Some(c) = at.peek().filter(|c| !matches!(c, '{' | '\n' | '\\')) {
            arguments += usize::from(c == '#');
            at.next();
        }
        let body = at.braced().map(str::to_owned);
        if let (Some(name), Some(body)) = (name, body) {
            self.learn(name, Macro { arguments, default: None, body });
        }
    }

    fn learn(&mut self, name: String, defined: Macro) {
        // What stands for itself would never end, and what arranges the page is known better here.
        let own = format!("\\{name}");
        let known = DIVISIONS.contains(&name.as_str())
            || matches!(name.as_str(), "begin" | "end" | "item" | "footnote" | "par");
        let itself = defined.body.contains(&own);
        if !name.is_empty() && !known && !itself && defined.arguments <= 9 && self.macros.len() < MOST_MACROS {
            self.macros.insert(name, Rc::new(defined));
        }
    }

    /// What a command of the document stands for.
    fn expand(&mut self, name: &str, known: &Macro, at: &mut Scanner<'_>, depth: usize) {
        let mut arguments = Vec::with_capacity(known.arguments);
        if let (Some(default), true) = (&known.default, known.arguments > 0) {
            arguments.push(at.option().unwrap_or(default));
        }
        while arguments.len() < known.arguments {
            arguments.push(at.argument().unwrap_or(""));
        }
        if known.arguments == 0 && at.rest().starts_with("{}") {
            at.skip(2);
        }
        let argument = |after: &str| {
            let number = after.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(0) as usize;
            number.checked_sub(1).and_then(|n| arguments.get(n).copied())
        };
        let grown: usize = known.body.split('#').skip(1).filter_map(argument).map(str::len).sum();
        if known.body.len() + grown > self.budget {
            // There will never be more room: it need not be tried again.
            self.macros.remove(name);
            self.full = true;
            return;
        }
        let mut body = String::new();
        let mut rest = known.body.as_str();
        while let Some(mark) = rest.find('#') {
            body.push_str(&rest[..mark]);
            if let Some(argument) = argument(&rest[mark + 1..]) {
                body.push_str(argument);
                rest = &rest[mark + 2..];
            } else {
                body.push('#');
                rest = &rest[mark + 1..];
            }
        }
        body.push_str(rest);
        self.enter(String::new(), What::Group);
        let outside = self.open.len();
        self.run(&body, depth + 1);
        self.leave(outside.saturating_sub(1));
    }
}

pub(super) fn skip_star(at: &mut Scanner<'_>) {
    if at.peek() == Some('*') {
        at.next();
    }
}

/// `\verb|a|`: what stands between two of whatever sign comes first.
pub(super) fn as_it_stands<'s>(at: &mut Scanner<'s>) -> Option<&'s str> {
    skip_star(at);
    at.option();
    let sign = at.next()?;
    let sign = if sign == '{' { '}' } else { sign };
    at.until_near(sign)
}

/// `\newenvironment{name}[2][default]{before}{after}`
pub(super) fn skip_environment(at: &mut Scanner<'_>) {
    skip_star(at);
    at.braced();
    at.option();
    at.option();
    at.braced();
    at.braced();
}

/// A length without braces: `1.5em plus 1fil`.
fn skip_length(at: &mut Scanner<'_>) {
    at.skip_blanks();
    let rest = at.rest();
    let number = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+' | ',')).unwrap_or(rest.len());
    let unit = rest[number..].trim_start();
    let blanks = rest[number..].len() - unit.len();
    let length =
        if number > 0 && unit.is_char_boundary(2.min(unit.len())) { number + blanks + 2.min(unit.len()) } else { 0 };
    at.skip(length);
}
