//! What a document's labels stand for: the numbers that LaTeX would print for them, counted before the text is read.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::commands::{as_it_stands, skip_environment, skip_star};
use super::environments::{CODE, SILENT};
use super::numbers::{Numbers, Works};
use super::scan::Scanner;
use super::{DIVISIONS, LONGEST_LABEL, LONGEST_TITLE};

/// A document has no more labels, and nests no deeper.
const MOST_LABELS: usize = 20_000;
const DEEPEST: usize = 200;

/// Nor has it more kinds of theorems, each of which begins anew with a division.
const MOST_THEOREMS: usize = 200;

/// What a label stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Target {
    /// `section`, `figure`, `equation`, the title of a theorem.
    pub kind: String,
    /// Nothing where it has none.
    pub number: String,
    /// The name of the division that it stands in.
    pub title: String,
}

/// The labels of a document.
#[derive(Debug, Default)]
pub(super) struct References {
    targets: HashMap<String, Rc<Target>>,
    /// The numbers of headings and of captions, where the document refers to any.
    pub headings: Numbers,
    pub captions: Numbers,
    pub works: Works,
    /// Whether the words of references are English.
    pub english: bool,
}

impl References {
    /// Counts through a document.
    pub(super) fn of(source: &str) -> Self {
        if !source.contains("\\label") && !source.contains("\\bibitem") {
            return Self::default();
        }
        let mut counter = Counter { chapters: super::has_command(source, "chapter"), ..Counter::default() };
        let mut at = Scanner::new(source);
        while let Some(c) = at.next() {
            match c {
                '%' => at.skip_comment(),
                '\\' => {
                    let name = at.name();
                    counter.command(name, &mut at);
                }
                _ => {}
            }
        }
        let foreign = ["{babel}", "{polyglossia}"].iter().any(|package| source.contains(package));
        let english = !foreign || source.contains("english");
        let refers = |is: fn(&str) -> bool| {
            counter.referred.iter().any(|label| counter.targets.get(label).is_some_and(|target| is(&target.kind)))
        };
        let headings = refers(|kind| DIVISIONS.contains(&kind));
        let captions = english && refers(|kind| matches!(kind, "figure" | "table"));
        counter.works.by_author = source.contains("natbib");
        Self {
            targets: counter.targets,
            headings: if headings { counter.headings } else { Numbers::default() },
            captions: if captions { counter.captions } else { Numbers::default() },
            works: counter.works,
            english,
        }
    }

    pub(super) fn get(&self, label: &str) -> Option<&Rc<Target>> {
        self.targets.get(label.trim())
    }
}

#[derive(Debug, Default)]
struct Counter {
    targets: HashMap<String, Rc<Target>>,
    headings: Numbers,
    captions: Numbers,
    works: Works,
    /// The labels that the document refers to by number.
    referred: HashSet<String>,
    chapters: bool,
    /// The least division that is numbered, where the document says so.
    deepest: Option<usize>,
    /// How many of each division there were in the one around it.
    divisions: [u32; 7],
    appendix: bool,
    counts: HashMap<String, u32>,
    /// Theorems: the counter of each, its title, and the division within which it counts.
    theorems: HashMap<String, (String, String, Option<String>)>,
    /// What a label here would stand for.
    current: Target,
    title: String,
    /// The environments that are open, what a label stood for before each, and the number of a list's last item.
    open: Vec<(String, Target, u32)>,
}

impl Counter {
    fn command(&mut self, name: &str, at: &mut Scanner<'_>) {
        match name {
            "label" => {
                if let Some(label) = at.argument()
                    && self.targets.len() < MOST_LABELS
                {
                    self.targets.entry(label.trim().to_owned()).or_insert_with(|| Rc::new(self.current.clone()));
                }
            }
            "appendix" => {
                self.appendix = true;
                self.divisions[usize::from(!self.chapters) + 1..].fill(0);
            }
            "begin" => {
                if let Some(name) = at.argument() {
                    self.begin(name, at);
                }
            }
            "end" => {
                if let Some(name) = at.argument()
                    && let Some(n) = self.open.iter().rposition(|(open, ..)| open == name)
                {
                    self.current = std::mem::take(&mut self.open[n].1);
                    self.open.truncate(n);
                }
            }
            "caption" if at.peek() != Some('*') => {
                let mut around = self.open.iter().rev().map(|(name, ..)| name.trim_end_matches('*'));
                let kind = around.find_map(|name| match name {
                    // A part of a figure has a letter, and the figure one number, by its own caption.
                    "subfigure" | "subtable" => Some(None),
                    _ if name.ends_with("figure") => Some(Some("figure")),
                    _ if name.ends_with("table") => Some(Some("table")),
                    _ => None,
                });
                match kind {
                    Some(Some(kind)) => self.caption(kind, at),
                    Some(None) => self.current = Target { title: self.title.clone(), ..Target::default() },
                    None => {}
                }
            }
            "bibitem" => {
                let label = at.option();
                if let Some(key) = at.argument() {
                    self.works.add(label, key);
                }
            }
            "setcounter" => {
                let (counter, value) =
                    (at.argument().unwrap_or(""), at.argument().and_then(|n| n.trim().parse::<i32>().ok()));
                match (DIVISIONS.iter().position(|division| *division == counter), value) {
                    (_, Some(value)) if counter == "secnumdepth" => {
                        self.deepest = Some(value.saturating_add(1).max(0) as usize);
                    }
                    (Some(division), Some(value)) => self.divisions[division] = value.max(0) as u32,
                    _ => {}
                }
            }
            "ref" | "autoref" | "cref" | "Cref" | "vref" | "Vref" => {
                skip_star(at);
                let labels = at.argument().unwrap_or("").split(',').map(|label| label.trim().to_owned());
                self.referred.extend(labels.take(MOST_LABELS.saturating_sub(self.referred.len())));
            }
            "item" => self.item(),
            "\\" if self.aligned() => self.equation(1),
            "nonumber" | "notag" if self.aligned() => self.equation(-1),
            "tag" => self.tag(at),
            // What stands as it is, and what a command of the document stands for, is no part of the document here.
            "verb" | "lstinline" => _ = as_it_stands(at),
            "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => {
                skip_star(at);
                at.argument();
                at.option();
                at.option();
                at.braced();
            }
            "newenvironment" | "renewenvironment" => skip_environment(at),
            "def" | "gdef" | "edef" => {
                at.argument();
                while at.peek().is_some_and(|c| !matches!(c, '{' | '\n' | '\\')) {
                    at.next();
                }
                at.braced();
            }
            "newtheorem" => self.theorem(at),
            _ => {
                if let Some(division) = DIVISIONS.iter().position(|division| *division == name) {
                    self.division(division, at);
                }
            }
        }
    }

    /// Counts a figure or a table, by its caption.
    fn caption(&mut self, kind: &str, at: &mut Scanner<'_>) {
        self.count(kind, kind, None);
        at.option();
        let words = at.argument().unwrap_or("");
        let named = if kind == "figure" { "Figure" } else { "Table" };
        self.captions.add(words, format!("{named} {}", self.current.number));
        self.labels_in(words);
    }

    fn division(&mut self, division: usize, at: &mut Scanner<'_>) {
        let starred = at.peek() == Some('*');
        if starred {
            at.next();
        }
        at.option();
        let title = at.argument().unwrap_or("");
        // A title that names titles could name itself; and each label has a title of its own.
        if title.contains("\\nameref") || title.len() > LONGEST_TITLE {
            self.title.clear();
        } else {
            title.clone_into(&mut self.title);
        }
        let deepest = self.deepest.unwrap_or(if self.chapters { 3 } else { 4 });
        if starred || division > deepest {
            self.headings.add(title, String::new());
            self.current.title.clone_from(&self.title);
            return self.labels_in(title);
        }
        self.divisions[division] += 1;
        // Parts do not begin the count of chapters anew.
        if division > 0 {
            self.divisions[division + 1..].fill(0);
        }
        if division == 1 {
            self.counts.retain(|name, _| !matches!(name.as_str(), "figure" | "table" | "equation"));
        }
        let within = |(_, _, within): &(String, String, Option<String>)| within.as_deref() == Some(DIVISIONS[division]);
        for (counter, ..) in self.theorems.values().filter(|t| within(t)) {
            self.counts.remove(counter);
        }
        let number = self.number_of(division);
        self.headings.add(title, number.clone());
        self.current = Target { kind: DIVISIONS[division].to_owned(), number, title: self.title.clone() };
        self.labels_in(title);
    }

    /// The labels that stand within a title.
    fn labels_in(&mut self, title: &str) {
        let mut at = Scanner::new(title);
        while at.until("\\label").is_some() {
            self.command("label", &mut at);
        }
    }

    fn number_of(&self, division: usize) -> String {
        if division == 0 {
            return roman(self.divisions[0]);
        }
        let first = usize::from(!self.chapters) + 1;
        let numbers = self.divisions[first..=division.max(first)].iter().enumerate();
        let number = |(n, count): (usize, &u32)| match letter(*count) {
            Some(letter) if n == 0 && self.appendix => letter.to_string(),
            _ => count.to_string(),
        };
        numbers.map(number).collect::<Vec<_>>().join(".")
    }

    fn begin(&mut self, name: &str, at: &mut Scanner<'_>) {
        if SILENT.contains(&name) || CODE.contains(&name) {
            at.until(&format!("\\end{{{name}}}"));
            return;
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        self.open.push((name.to_owned(), self.current.clone(), 0));
        if is_numbered(name) {
            self.equation(1);
        } else if let Some((counter, title, within)) = self.theorems.get(name).cloned() {
            let within = within.and_then(|w| DIVISIONS.iter().position(|d| *d == w)).map(|d| self.number_of(d));
            self.count(&counter, &title, within.as_deref());
        }
    }

    fn aligned(&self) -> bool {
        let open = self.open.last().map(|(name, ..)| name.as_str());
        open.is_some_and(|name| matches!(name, "align" | "gather" | "eqnarray" | "flalign" | "alignat"))
    }

    fn equation(&mut self, by: i32) {
        if by < 0 {
            let count = self.counts.entry("equation".to_owned()).or_default();
            *count = count.saturating_sub(1);
        } else {
            self.count("equation", "equation", None);
        }
    }

    /// `\tag{A}`: what stands beside a formula instead of a number, which is not counted then.
    fn tag(&mut self, at: &mut Scanner<'_>) {
        skip_star(at);
        let Some(tag) = at.argument().filter(|tag| tag.len() <= LONGEST_LABEL) else { return };
        let mut around = self.open.iter().rev().map(|(name, ..)| name.as_str());
        let Some(formula) = around.find(|name| is_numbered(name.trim_end_matches('*'))) else { return };
        if is_numbered(formula) {
            self.equation(-1);
        }
        self.current = Target { kind: "equation".to_owned(), number: tag.trim().to_owned(), title: self.title.clone() };
    }

    /// Counts one more of a kind, and makes it what a label stands for.
    fn count(&mut self, counter: &str, kind: &str, within: Option<&str>) {
        let count = self.counts.entry(counter.to_owned()).or_default();
        *count += 1;
        let count = *count;
        let chapter = self.chapters && matches!(counter, "figure" | "table" | "equation");
        let number = match within.map(str::to_owned).or_else(|| chapter.then(|| self.number_of(1))) {
            Some(around) => format!("{around}.{count}"),
            None => count.to_string(),
        };
        self.current = Target { kind: kind.to_owned(), number, title: self.title.clone() };
    }

    /// The items of a list that is numbered: 1, 2; in a list within it 1a, 1b.
    fn item(&mut self) {
        let is_list = |name: &str| matches!(name, "enumerate" | "compactenum" | "itemize" | "description");
        let Some((name, _, count)) = self.open.iter_mut().rev().find(|(name, ..)| is_list(name)) else { return };
        if !name.contains("enum") {
            return;
        }
        *count += 1;
        let counts: Vec<u32> = self.open.iter().filter(|(n, ..)| n.contains("enum")).map(|(.., c)| *c).collect();
        let number = match counts[..] {
            [one] => one.to_string(),
            [one, two] => {
                format!("{one}{}", letter(two).map_or(two.to_string(), |c| c.to_ascii_lowercase().to_string()))
            }
            _ => return,
        };
        self.current = Target { kind: "item".to_owned(), number, title: self.title.clone() };
    }

    /// `\newtheorem{lemma}[theorem]{Lemma}[section]`
    fn theorem(&mut self, at: &mut Scanner<'_>) {
        if at.peek() == Some('*') {
            at.next();
            return;
        }
        let (name, shared) = (at.argument(), at.option());
        let (title, within) = (at.argument(), at.option());
        let (Some(name), Some(title)) = (name, title.filter(|title| title.len() <= LONGEST_LABEL)) else { return };
        if self.theorems.len() >= MOST_THEOREMS {
            return;
        }
        let base =
            shared.and_then(|s| self.theorems.get(s)).map(|(counter, _, within)| (counter.clone(), within.clone()));
        let (counter, within) = base.unwrap_or_else(|| (name.to_owned(), within.map(str::to_owned)));
        self.theorems.insert(name.to_owned(), (counter, title.to_owned(), within));
    }
}

/// Whether the formulas of an environment are numbered.
fn is_numbered(name: &str) -> bool {
    matches!(name, "equation" | "multline" | "align" | "gather" | "eqnarray" | "flalign" | "alignat")
}

/// The letter of an appendix, from 1.
fn letter(count: u32) -> Option<char> {
    count.checked_sub(1).filter(|n| *n < 26).and_then(|n| char::from_u32(u32::from(b'A') + n))
}

fn roman(mut number: u32) -> String {
    const SIGNS: &[(u32, &str)] = &[(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= *value && out.len() < 40 {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_for_what_latex_would_print() {
        let source = "\\newtheorem{lemma}{Lemma}[section]\\section{One}\\label{a} % \\section{gone}\n\\subsection{Two}\\label{b}\n\\begin{figure}\\caption{C}\\label{f}\\end{figure}\\label{after}\\begin{equation}\\label{e}x\\end{equation}\\begin{align}a\\\\b\\label{e2}\\end{align}\\begin{lemma}\\label{l}\\end{lemma}\\begin{enumerate}\\item x\\item\\label{i}y\\begin{enumerate}\\item z\\label{ii}\\end{enumerate}\\end{enumerate}\\begin{verbatim}\\section{no}\\end{verbatim}\\section*{Bare}\\section{Three}\\label{c}\\appendix\\section{Four}\\label{d}";
        let labels = References::of(source);
        let said = |label: &str| labels.get(label).map(|t| format!("{} {}", t.kind, t.number)).unwrap_or_default();
        for (label, expected) in [
            ("a", "section 1"),
            ("b", "subsection 1.1"),
            ("f", "figure 1"),
            ("after", "subsection 1.1"),
            ("e", "equation 1"),
            ("e2", "equation 3"),
            ("l", "Lemma 1.1"),
            ("i", "item 2"),
            ("ii", "item 2a"),
            ("c", "section 2"),
            ("d", "section A"),
        ] {
            assert_eq!(said(label), expected, "{label}");
        }
        let book = References::of(
            "\\chapter{A}\\chapter{B}\\section{C}\\label{c}\\begin{table}\\caption{T}\\label{t}\\end{table}",
        );
        assert_eq!((&*book.get("c").unwrap().number, &*book.get("t").unwrap().number), ("2.1", "2.1"));
        assert_eq!(book.get("c").unwrap().title, "C");
    }

    #[test]
    fn what_latex_would_not_count_is_not_counted() {
        let source = "\\verb|\\section{x}|\\newcommand{\\my}[1]{\\section{#1}}\\def\\other{\\section{y}}\\newenvironment{e}{\\section{z}}{}\\section{One\\label{a}}\\begin{figure}\\caption*{bare}\\end{figure}\\begin{figure}\\caption{C}\\label{f}\\end{figure}\\begin{equation}x\\tag{A}\\label{t}\\end{equation}\\begin{equation}y\\label{e}\\end{equation}\\section{Two \\nameref{b}}\\label{b}";
        let labels = References::of(source);
        let said = |label: &str| labels.get(label).map(|t| format!("{} {}", t.kind, t.number)).unwrap_or_default();
        for (label, expected) in
            [("a", "section 1"), ("f", "figure 1"), ("t", "equation A"), ("e", "equation 1"), ("b", "section 2")]
        {
            assert_eq!(said(label), expected, "{label}");
        }
        assert_eq!(labels.get("b").unwrap().title, "", "a title that names itself is given up");
    }
}
