//! What Obsidian and converters write that `CommonMark` does not know, put into words that it knows.
//!
//! | written | becomes |
//! | --- | --- |
//! | `[[Note]]`, `[[Note\|shown]]`, `![[picture.png]]` | a link, a picture |
//! | `==marked==` | `<mark>marked</mark>` |
//! | `%%comment%%`, also over lines | nothing; it is counted |
//! | `^[a note]` | a note below the text |
//! | a block's name at the end of a line, ` ^name` | nothing |
//! | `\(x_1\)`, `\[ y_2 \]` around a formula, `\begin{align}` and the like | the same as letters |
//!
//! Nothing is changed in code and formulas, and nothing that a backslash stands before. Lines stay lines, so that blocks
//! know theirs. Most sources have none of this and are not copied.

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::memmem;

/// Within how many bytes what is opened must close, or it was not opened: so the time a line takes stays linear.
const REACH: usize = 2000;

/// A formula has no more lines than this.
const MOST_LINES: usize = 200;

/// A source for the parser.
#[derive(Debug)]
pub(super) struct MarkdownSource<'s> {
    pub source: Cow<'s, str>,
    /// How many comments were left out.
    pub comments: usize,
}

/// Puts a source into what `CommonMark` knows.
pub(super) fn known(source: &str) -> MarkdownSource<'_> {
    let bytes = source.as_bytes();
    let has = |sign: &[u8]| memmem::find(bytes, sign).is_some();
    let signs = [b"[[".as_slice(), b"==", b"%%", b"^[", b" ^", b"\n^", b"\\(", b"\\[", b"\\begin{"];
    if !signs.into_iter().any(has) {
        return MarkdownSource { source: Cow::Borrowed(source), comments: 0 };
    }
    let mut rewriter =
        Rewriter { defined: defined(source), out: String::with_capacity(source.len() + 64), ..Rewriter::default() };
    let mut at = 0;
    while at < source.len() {
        at += rewriter.line(&source[at..]);
    }
    rewriter.write_notes(source);
    MarkdownSource { source: Cow::Owned(rewriter.out), comments: rewriter.comments }
}

/// What runs over lines.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "what a line stands in, each apart from the others")]
struct Rewriter<'s> {
    /// The references that the source defines.
    defined: HashSet<&'s str>,
    out: String,
    comments: usize,
    /// The notes that stand within lines, each with the place in `out` where its number belongs.
    notes: Vec<(usize, String)>,
    /// The sign and the length of the fence of the program text that is open.
    fence: Option<(char, usize)>,
    /// A formula between `$$` lines.
    formula: bool,
    comment: bool,
    /// The line before: blank; of program text by its indent; within a list.
    blank: bool,
    indented: bool,
    list: bool,
}

impl Rewriter<'_> {
    /// Writes the first line of `rest`, or more where a formula goes on; how many bytes that were.
    fn line(&mut self, rest: &str) -> usize {
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let line = &rest[..length];
        let lead = prefix(line);
        let body = line[lead..].trim_end();
        if self.comment {
            self.out.push_str(&line[body_end(line)..]);
            self.comment = !body.ends_with("%%");
            return length;
        }
        if self.is_verbatim(line, body) {
            self.out.push_str(line);
            return length;
        }
        let next = &rest[length..];
        if body.starts_with("%%") && !body[2..].contains("%%") && next.contains("%%") {
            self.comments += 1;
            self.comment = true;
            self.out.push_str(&line[..lead]);
            self.out.push_str(&line[body_end(line)..]);
            return length;
        }
        if let Some(formula) = formula_over_lines(rest, lead) {
            let mut rows = rest[..formula].split_inclusive('\n').peekable();
            while let Some(row) = rows.next() {
                let (lead, end) = (prefix(row), body_end(row));
                self.out.push_str(&row[..lead]);
                letters(&row[lead..end], &mut self.out);
                self.out.push_str(if rows.peek().is_some() { "\\" } else { "" });
                self.out.push_str(&row[end..]);
            }
            return formula;
        }
        self.out.push_str(&line[..lead]);
        let named = without_name(body, next);
        self.inline(&line[lead..lead + named]);
        self.out.push_str(&line[lead + body.len()..]);
        length
    }

    /// Numbers the notes that stood within lines, by numbers that no other note has, and puts them below the text.
    fn write_notes(&mut self, source: &str) {
        let notes = std::mem::take(&mut self.notes);
        if notes.is_empty() {
            return;
        }
        let used: HashSet<&str> = source.split("[^").skip(1).filter_map(|rest| Some(rest.split_once(']')?.0)).collect();
        let labels: Vec<u32> = (1..).filter(|n: &u32| !used.contains(&*n.to_string())).take(notes.len()).collect();
        let mut out = String::with_capacity(self.out.len() + notes.len() * 16);
        let mut from = 0;
        for ((at, _), label) in notes.iter().zip(&labels) {
            out.push_str(&self.out[from..*at]);
            out.push_str(&format!("[^{label}]"));
            from = *at;
        }
        out.push_str(&self.out[from..]);
        for ((_, words), label) in notes.iter().zip(&labels) {
            out.push_str(if out.ends_with('\n') { "\n" } else { "\n\n" });
            out.push_str(&format!("[^{label}]: {words}\n"));
        }
        self.out = out;
    }

    /// Whether a line is program text or a formula, in which nothing means anything.
    fn is_verbatim(&mut self, line: &str, body: &str) -> bool {
        let blank = body.is_empty();
        let indent = indent(line);
        let mark = opens_item(line.trim_start_matches([' ', '\t', '>']));
        if let Some((sign, length)) = self.fence {
            if body.starts_with(sign) && body.len() >= length && body.chars().all(|c| c == sign) {
                self.fence = None;
            }
            return true;
        }
        let fenced = body.trim_start_matches(['-', '*', '+', ' ']);
        if let Some(sign) = fenced.chars().next().filter(|c| matches!(c, '`' | '~')) {
            let length = fenced.len() - fenced.trim_start_matches(sign).len();
            if length >= 3 && !(sign == '`' && fenced[length..].contains('`')) {
                self.fence = Some((sign, length));
                return true;
            }
        }
        if self.formula || (body.starts_with("$$") && !body[2..].contains("$$")) {
            self.formula = !self.formula || !(body.contains("$$") || blank);
            return true;
        }
        let code = indent >= 4 && !blank && !self.list && !mark && (self.blank || self.indented);
        if !blank {
            self.list = mark || self.list && (indent > 0 || !self.blank);
            self.indented = code;
        }
        self.blank = blank;
        code
    }

    /// Whether `[target]` is a reference that the source defines: then the brackets around it are brackets.
    fn is_defined(&self, link: &WikiLink<'_>) -> bool {
        self.defined.contains(link.target)
    }

    /// Writes a stretch of a line.
    fn inline(&mut self, line: &str) {
        let mut at = 0;
        let mut open = false;
        while at < line.len() {
            let rest = &line[at..];
            let before = line[..at].chars().next_back();
            let length = match rest.as_bytes()[0] {
                b'\\' => match formula_in_line(rest) {
                    Some(length) => {
                        letters(&rest[..length], &mut self.out);
                        at += length;
                        continue;
                    }
                    None => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                },
                b'`' => code_span(rest),
                b'$' => super::formula::length(rest).unwrap_or(1),
                b'[' | b'!' => match wikilink(rest).filter(|_| before != Some('[')).filter(|l| !self.is_defined(l)) {
                    Some(wiki) => {
                        self.out.push_str(&wiki.written());
                        at += wiki.length;
                        continue;
                    }
                    None => rest.len() - rest[1..].trim_start_matches('[').len(),
                },
                b'^' if rest.starts_with("^[") => match note_in_line(rest) {
                    Some(words) => {
                        self.notes.push((self.out.len(), words.trim().to_owned()));
                        at += words.len() + "^[]".len();
                        continue;
                    }
                    None => 1,
                },
                b'=' if rest.starts_with("==") => {
                    let run = rest.len() - rest.trim_start_matches('=').len();
                    let turns = run == 2 && if open { closes(before, &rest[2..]) } else { opens(before, &rest[2..]) };
                    if turns {
                        self.out.push_str(if open { "</mark>" } else { "<mark>" });
                        open = !open;
                        at += 2;
                        continue;
                    }
                    run
                }
                b'%' if rest.starts_with("%%") && before.is_none_or(char::is_whitespace) => {
                    match memmem::find(&rest.as_bytes()[2..], b"%%") {
                        Some(end) => {
                            self.comments += 1;
                            at += end + 4;
                            continue;
                        }
                        None => 2,
                    }
                }
                _ => rest.bytes().skip(1).position(|b| b"\\`$[!=%^".contains(&b)).map_or(rest.len(), |p| p + 1),
            };
            self.out.push_str(&rest[..length]);
            at += length;
        }
    }
}

/// The words of a note that stands within its line, `^[words]`; a label alone is no note.
fn note_in_line(rest: &str) -> Option<&str> {
    let inner = near(rest).strip_prefix("^[")?;
    let mut open = 1usize;
    let end = inner.char_indices().find(|(_, c)| {
        open += usize::from(*c == '[');
        open -= usize::from(*c == ']');
        open == 0
    });
    let words = &inner[..end?.0];
    words.trim().contains(char::is_whitespace).then_some(words)
}

/// The labels in `[label]:`, and in `[[label]]: /address`, which is no link either.
fn defined(source: &str) -> HashSet<&str> {
    let label = |at: usize| {
        let head = &source[source.floor_char_boundary(at.saturating_sub(REACH / 2))..at];
        let label = &head[head.rfind('[')? + 1..];
        match label.strip_suffix(']') {
            Some(inner) => source[at + 2..].starts_with(" /").then_some(inner),
            None => Some(label),
        }
    };
    memmem::find_iter(source.as_bytes(), b"]:").filter_map(label).collect()
}

/// As much of a line as what is opened at its beginning may take.
fn near(line: &str) -> &str {
    &line[..line.floor_char_boundary(REACH)]
}

/// How long the marks of quotations and the white space before a line's letters are.
fn prefix(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>']).len()
}

/// Where the white space at the end of a line begins.
fn body_end(line: &str) -> usize {
    line.trim_end().len()
}

/// Cells of white space before a line, the marks of quotations aside.
fn indent(line: &str) -> usize {
    let inner = line.trim_start_matches('>');
    let lead = &inner[..inner.len() - inner.trim_start_matches([' ', '\t']).len()];
    lead.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Whether a line begins an item of a list.
fn opens_item(body: &str) -> bool {
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = if digits == 0 { body.starts_with(['-', '*', '+']) } else { body[digits..].starts_with(['.', ')']) };
    mark && body[digits + 1..].starts_with([' ', '\t'])
}

/// How much of a line's letters is left without the name of its block at the end. Obsidian names blocks so: ` ^name`, at
/// the end of a paragraph or an item, or alone after a table. A power is no name.
fn without_name(body: &str, next: &str) -> usize {
    let Some(at) = body.rfind('^') else { return body.len() };
    let name = &body[at + 1..];
    let word = name.len() >= 2 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let apart = at == 0 || body[..at].ends_with([' ', '\t']);
    let follows = next.lines().next().unwrap_or("").trim_start_matches([' ', '\t', '>']);
    let last = follows.is_empty() || opens_item(follows) || follows.starts_with('#');
    if word && apart && last && name.contains(|c: char| c.is_ascii_alphabetic()) {
        return body[..at].trim_end().len();
    }
    body.len()
}

/// A mark begins where a word does; CJK texts have no space before it.
fn opens(before: Option<char>, after: &str) -> bool {
    let after = near(after);
    let closing =
        memmem::find_iter(after.as_bytes(), b"==").any(|at| closes(after[..at].chars().next_back(), &after[at + 2..]));
    before.is_none_or(|c| !c.is_ascii_alphanumeric())
        && after.starts_with(|c: char| !c.is_whitespace() && c != '=')
        && closing
}

fn closes(before: Option<char>, after: &str) -> bool {
    before.is_some_and(|c| !c.is_whitespace() && c != '=')
        && !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '=')
}

/// How long the code between backticks is; the run of backticks where it does not end on this line.
fn code_span(rest: &str) -> usize {
    let run = rest.len() - rest.trim_start_matches('`').len();
    let rest = if run < REACH { near(rest) } else { return run };
    let mut at = run;
    while let Some(found) = rest[at..].find('`') {
        let next = rest[at + found..].len() - rest[at + found..].trim_start_matches('`').len();
        at += found + next;
        if next == run {
            return at;
        }
    }
    run
}

/// A link as Obsidian writes it: `[[Note#Part|shown]]`.
struct WikiLink<'s> {
    /// The sign of a picture.
    sign: &'s str,
    target: &'s str,
    shown: Option<&'s str>,
    length: usize,
}

fn wikilink(rest: &str) -> Option<WikiLink<'_>> {
    let sign = if rest.starts_with('!') { "!" } else { "" };
    let inner = near(rest[sign.len()..].strip_prefix("[[")?);
    let end = inner.find("]]").filter(|end| !inner[end + 2..].starts_with(']'))?;
    let body = &inner[..end];
    let (target, shown) = body.split_once('|').map_or((body, None), |(t, s)| (t.trim_end_matches('\\'), Some(s)));
    let target = target.trim();
    // A width is no description of a picture.
    let width = |s: &str| !sign.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'x');
    let shown = shown.map(str::trim).filter(|s| !s.is_empty() && !width(s));
    let fits = !target.is_empty() && !body.contains(['[', ']', '\n', '<', '>']) && !target.starts_with('^');
    fits.then_some(WikiLink { sign, target, shown, length: sign.len() + 2 + end + 2 })
}

impl WikiLink<'_> {
    /// The same as `CommonMark`; what is shown is what Obsidian shows.
    fn written(&self) -> String {
        let part = || self.target.trim_start_matches('#').replace("#^", " > ").replace('#', " > ");
        let shown = self.shown.map_or_else(part, str::to_owned);
        let mut written = format!("{}[", self.sign);
        letters(&shown, &mut written);
        written.push_str("](<");
        written.push_str(&self.target.replace('\\', "\\\\"));
        written.push_str(">)");
        written
    }
}

/// How long the formula is that `\(` or `\[` begins, where it ends on the same line and what is in it is one.
fn formula_in_line(rest: &str) -> Option<usize> {
    let close = closer(rest)?;
    let end = near(&rest[2..]).find(close)? + 2;
    is_formula(&rest[2..end]).then_some(end + 2)
}

/// How many bytes the lines of a formula are that `\[` at the start of the first begins, where it goes on over lines and
/// `\]` ends it at the end of one.
fn formula_over_lines(rest: &str, lead: usize) -> Option<usize> {
    let body = &rest[lead..];
    if let Some(end) = environment(body) {
        return through_line_that_ends(rest, &end);
    }
    if !body.starts_with("\\[") {
        return None;
    }
    let length = through_line_that_ends(rest, "\\]")?;
    let (start, end) = (lead + 2, rest[..length].trim_end().len() - 2);
    let over_lines = rest[..end].contains('\n');
    (over_lines && end > start && is_formula(&rest[start..end])).then_some(length)
}

/// What ends the formula of several lines that TeX begins here by a name: `\begin{align*}`.
fn environment(body: &str) -> Option<String> {
    const NAMES: [&str; 11] = [
        "equation",
        "align",
        "alignat",
        "gather",
        "multline",
        "eqnarray",
        "flalign",
        "displaymath",
        "math",
        "split",
        "cases",
    ];
    let name = body.strip_prefix("\\begin{")?.split('}').next()?;
    NAMES.contains(&name.trim_end_matches('*')).then(|| format!("\\end{{{name}}}"))
}

/// How many bytes the lines are through the first that ends so; none over a blank line.
fn through_line_that_ends(rest: &str, end: &str) -> Option<usize> {
    let mut length = 0;
    for line in rest.split_inclusive('\n').take(MOST_LINES) {
        length += line.len();
        let trimmed = line.trim_end();
        if trimmed.trim_matches([' ', '\t', '>']).is_empty() {
            return None;
        }
        if trimmed.ends_with(end) {
            return Some(length);
        }
    }
    None
}

fn closer(rest: &str) -> Option<&'static str> {
    match rest.as_bytes().get(1) {
        Some(b'(') => Some("\\)"),
        Some(b'[') => Some("\\]"),
        _ => None,
    }
}

/// Whether what stands between escaped brackets is TeX and not words in brackets: it has a command, an index, a sign of a
/// sum or an equation. What a converter has escaped sign by sign is none.
fn is_formula(inner: &str) -> bool {
    let mut formula = false;
    let mut signs = inner.chars();
    while let Some(c) = signs.next() {
        formula |= match (c, if c == '\\' { signs.next() } else { None }) {
            (_, Some(c)) if "*_^=+-.()[]<>`\"'".contains(c) => return false,
            (_, Some(c)) => c.is_ascii_alphabetic(),
            (c, None) => matches!(c, '_' | '^' | '=' | '{' | '+'),
        };
    }
    formula && !inner.contains("](") && !inner.contains("[^")
}

/// How long the formula in TeX's own brackets is that begins `rest`, at the start of a line or within one.
pub(in crate::import) fn formula(rest: &str, line_start: bool) -> Option<usize> {
    let over_lines = || formula_over_lines(rest, 0).map(|length| rest[..length].trim_end().len());
    formula_in_line(rest.split('\n').next()?).or_else(|| if line_start { over_lines() } else { None })
}

/// Writes letters so that no parser takes them for more.
fn letters(string: &str, out: &mut String) {
    for c in string.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commonmark_does_not_know_is_put_into_what_it_knows() {
        let cases = [
            ("See [[Beta|the other]] and ![[map.png]].", "See [the other](<Beta>) and ![map\\.png](<map.png>)."),
            ("[[A#B]] and [[#C]]", "[A \\> B](<A#B>) and [C](<#C>)"),
            ("==marked== and a==b==c and x == y", "<mark>marked</mark> and a==b==c and x == y"),
            ("text ^abc123\n\nx ^2\n", "text\n\nx ^2\n"),
            ("a^[so *it* [is](x)] b[^1]", "a[^2] b[^1]\n\n[^2]: so *it* [is](x)\n"),
            ("x^[1] and `^[a b]`", "x^[1] and `^[a b]`"),
            ("a %%hidden%% b and 5 %% 3", "a  b and 5 %% 3"),
            ("%%\nhidden\n%%\nseen\n", "\n\n\nseen\n"),
            ("`==x==` and \\==x\\== and $a==b$", "`==x==` and \\==x\\== and $a==b$"),
            ("```\n==x== [[y]]\n```\n[[y]]\n", "```\n==x== [[y]]\n```\n[y](<y>)\n"),
            ("p\n\n    ==x==\n", "p\n\n    ==x==\n"),
            ("- p\n\n    ==x==\n", "- p\n\n    <mark>x</mark>\n"),
            ("\\(x_1\\) but \\(words\\)", "\\\\\\(x\\_1\\\\\\) but \\(words\\)"),
            ("> \\[\n> a_1 = b\n> \\]\n", "> \\\\\\[\\\n> a\\_1 \\= b\\\n> \\\\\\]\n"),
        ];
        for (source, expected) in cases {
            assert_eq!(known(source).source, expected, "{source}");
        }
        assert_eq!(known("a %%b%%\n\n%%\nc\n%%\n").comments, 2);
        assert!(matches!(known("plain words, 5 * 3 [x](y)").source, Cow::Borrowed(_)));
    }
}
