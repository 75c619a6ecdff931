//! Commands that nobody knows: what they stand for is not in the document.

use crate::import::warning::Warning;

use super::Tex;
use super::scan::Scanner;

/// Commands of TeX and LaTeX that change how letters are set, or nothing, and show none.
const SWITCHES: &[&str] = &[
    "allowbreak",
    "begingroup",
    "bgroup",
    "boldmath",
    "break",
    "displaystyle",
    "egroup",
    "else",
    "endgroup",
    "expandafter",
    "fi",
    "footnotesize",
    "frenchspacing",
    "fussy",
    "global",
    "hfil",
    "hss",
    "Huge",
    "huge",
    "LARGE",
    "Large",
    "large",
    "long",
    "makeatletter",
    "makeatother",
    "mdseries",
    "newblock",
    "nobreak",
    "noexpand",
    "nolinebreak",
    "nonfrenchspacing",
    "nopagebreak",
    "normalfont",
    "normalsize",
    "penalty",
    "raggedleft",
    "raggedright",
    "rm",
    "rmfamily",
    "samepage",
    "sc",
    "scriptsize",
    "scshape",
    "selectfont",
    "sf",
    "sffamily",
    "sloppy",
    "small",
    "strut",
    "textnormal",
    "tiny",
    "unboldmath",
    "upshape",
    "vfil",
    "xspace",
];

/// How many commands that nobody knows are counted, and how many are named.
const MOST_UNKNOWN: usize = 200;
const MOST_NAMED: usize = 5;

impl Tex {
    /// A command without braces that nobody knows: within a sentence it stands for letters, most likely, and the words
    /// beside it are two.
    /// `bare`: whether empty braces ended its name.
    pub(super) fn unknown(&mut self, name: &str, at: &Scanner<'_>, bare: bool) {
        let goes_on = bare || at.peek().is_some_and(|c| !matches!(c, '\\' | '}' | '%' | '\n' | '&' | '\r'));
        let within = !self.out.is_blank() && goes_on && name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphabetic());
        if self.quiet || !within || SWITCHES.contains(&name) {
            return;
        }
        self.out.space();
        if let Some((_, count)) = self.unknown.iter_mut().find(|(known, _)| known == name) {
            *count += 1;
        } else if self.unknown.len() < MOST_UNKNOWN {
            self.unknown.push((name.to_owned(), 1));
        }
    }

    /// Tells which commands within sentences are not known.
    pub(super) fn tell_unknown(&mut self, warnings: &mut Vec<Warning>) {
        self.unknown.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let named: Vec<String> = self.unknown.iter().take(MOST_NAMED).map(|(name, _)| format!("\\{name}")).collect();
        let (noun, more) = match self.unknown.len() {
            0 => return,
            1 => ("a command", ""),
            n => ("commands", if n > MOST_NAMED { ", …" } else { "" }),
        };
        let said = format!(
            "{noun} that the document does not define: what {} stands for is left out",
            named.join(", ") + more
        );
        warnings.push(Warning::fault(&said));
    }

    /// `\ref{a}`: the number that LaTeX would print; of a page nobody knows it, and what `\vref` adds of pages is left out.
    pub(super) fn reference(&mut self, command: &str, labels: &str, depth: usize) {
        let found: Vec<_> = labels.split(',').map(|label| (label.trim(), self.labels.get(label).cloned())).collect();
        let mut said = Vec::new();
        for (label, target) in &found {
            match target {
                Some(target) if command == "nameref" && !target.title.is_empty() => {
                    return self.run(&target.title, depth + 1);
                }
                Some(target) if !command.ends_with("pageref") && !target.number.is_empty() => {
                    let equation = command == "eqref" || command.starts_with(['c', 'C']) && target.kind == "equation";
                    said.push(if equation { format!("({})", target.number) } else { target.number.clone() });
                }
                _ => {
                    if self.lost.len() < MOST_UNKNOWN && !self.lost.iter().any(|lost| lost == label) {
                        self.lost.push((*label).to_owned());
                    }
                    said.push("??".to_owned());
                }
            }
        }
        let named = matches!(command, "autoref" | "cref" | "Cref") && self.labels.english;
        let numbered = found.iter().find_map(|(_, target)| target.as_ref().filter(|t| !t.number.is_empty()));
        if let Some(kind) = numbered.map(|t| t.kind.as_str()).filter(|_| named) {
            let kind = kind.trim_start_matches("sub");
            let great = command == "Cref" || command == "autoref" && matches!(kind, "figure" | "table" | "equation");
            let mut letters = kind.chars();
            let first = letters.next().map(|c| if great { c.to_ascii_uppercase() } else { c });
            let plural = if found.len() > 1 { "s" } else { "" };
            self.push(&format!("{}{}{plural} ", first.map(String::from).unwrap_or_default(), letters.as_str()));
        }
        let (last, before) = said.split_last().map_or(("", &[][..]), |(last, before)| (last.as_str(), before));
        let joined = if before.is_empty() { last.to_owned() } else { format!("{} and {last}", before.join(", ")) };
        self.say(&joined);
    }

    /// Tells which references are left without a number.
    pub(super) fn tell_lost(&mut self, warnings: &mut Vec<Warning>) {
        let named = self.lost.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        if !named.is_empty() {
            let more = if self.lost.len() > MOST_NAMED { ", …" } else { "" };
            let said = format!("references whose number or page is not known stand as ??: {named}{more}");
            warnings.push(Warning::fault(&said));
        }
    }
}
