//! Directives of reStructuredText: what each of them is to a reader.

use crate::import::flow::{Container, Kind, Mark};

use super::cells;
use super::lines::{cut, dedented, indent, marker};
use super::room::Room;
use super::rst::{Rst, field};
use super::rst_inline::RstSyntax;

/// Directives whose content is program text.
const CODE: &[&str] = &[
    "code",
    "code-block",
    "codeblock",
    "console",
    "doctest",
    "ipython",
    "literalblock",
    "math",
    "parsed-literal",
    "productionlist",
    "prompt",
    "sourcecode",
    "testcode",
    "testoutput",
];

/// Directives that say nothing to a reader.
const SILENT: &[&str] = &[
    "contents",
    "currentmodule",
    "default-domain",
    "default-role",
    "digraph",
    "graph",
    "graphviz",
    "header",
    "footer",
    "highlight",
    "highlightlang",
    "index",
    "meta",
    "moduleauthor",
    "role",
    "sectionauthor",
    "sectnum",
    "section-numbering",
    "tabularcolumns",
    "target-notes",
    "testsetup",
    "testcleanup",
    "toctree",
    "codeauthor",
    "autosummary",
    "inheritance-diagram",
    "title",
    "date",
    "replace",
    "unicode",
];

/// Directives that only hold their content.
const HOLDERS: &[&str] = &[
    "class",
    "compound",
    "container",
    "cssclass",
    "only",
    "ifconfig",
    "glossary",
    "hlist",
    "tab",
    "tabs",
    "table",
    "rst-class",
    "nonumber",
];

/// Reads a directive: its argument, and the lines that are set in after it.
pub(super) fn read(rst: &mut Rst, name: &str, argument: &str, lines: &[&str], depth: usize) {
    // Below an empty line stands content alone.
    let content = lines.first().is_some_and(|l| l.trim().is_empty());
    let lines = dedented(lines);
    // The argument goes on to the first empty line or option.
    let more = lines.iter().take_while(|l| !l.is_empty() && field(l).is_none()).count();
    let options = lines[more..].iter().take_while(|l| !l.is_empty()).count();
    let is_code = CODE.contains(&name);
    let (head, options) = if content || argument.is_empty() && field(lines.first().unwrap_or(&"")).is_none() {
        (0, 0)
    } else {
        (more, options)
    };
    let (more, body) = (&lines[..head], &lines[head + options..]);
    let option = |wanted: &str| {
        let all = lines[head..head + options].iter();
        all.filter_map(|l| field(l)).find(|(name, _)| *name == wanted).map(|(_, value)| value)
    };
    let joined = || std::iter::once(argument).chain(more.iter().copied()).collect::<Vec<_>>().join(" ");
    if SILENT.contains(&name) {
        return;
    }
    match name {
        "include" | "literalinclude" => rst.included += 1,
        "raw" => rst.raw += 1,
        "note" | "warning" | "tip" | "caution" | "important" | "attention" | "danger" | "error" | "hint"
        | "seealso" | "todo" => {
            let lead = if name == "seealso" {
                "See also:".to_owned()
            } else {
                format!("{}{}:", name[..1].to_uppercase(), &name[1..])
            };
            rst.out.lead(&lead);
            held(rst, argument, &lines, depth);
        }
        "versionadded" | "versionchanged" | "deprecated" => {
            let what = match name {
                "versionadded" => "New in version",
                "versionchanged" => "Changed in version",
                _ => "Deprecated since version",
            };
            let (version, words) = argument.split_once(' ').unwrap_or((argument, ""));
            rst.out.lead(&format!("{what} {version}:"));
            held(rst, words, &lines, depth);
        }
        "admonition" | "topic" | "sidebar" => {
            rst.named(&joined());
            rst.blocks(body, depth + 1);
        }
        "rubric" | "centered" => rst.named(&joined()),
        "epigraph" | "highlights" | "pull-quote" => {
            rst.out.open(Container::Quotation);
            held(rst, argument, &lines, depth);
            rst.out.close();
        }
        "image" => rst.out.picture(option("alt").unwrap_or(""), argument),
        "figure" => {
            rst.out.picture(option("alt").unwrap_or(""), argument);
            // Its argument has one line; what comes after the options is said of it.
            let options = if content { 0 } else { lines.iter().take_while(|l| field(l).is_some()).count() };
            rst.blocks(&lines[options..], depth + 1);
        }
        "list-table" => {
            rst.named(&joined());
            list_table(rst, body);
        }
        "csv-table" => {
            rst.named(&joined());
            let head = option("header").map(values);
            let rows: Vec<_> =
                head.into_iter().chain(body.iter().filter(|l| !l.is_empty()).map(|l| values(l))).collect();
            cells::push(&rows, &plain_syntax(), &mut rst.out);
        }
        _ if is_code => {
            let mut code = if name == "math" { vec![argument] } else { Vec::new() };
            if name == "math" && option("label").is_none() {
                code.extend(more);
            }
            code.extend(body);
            rst.out.whole(Kind::Code, &dedented(&code).join("\n"));
        }
        _ if name.starts_with("auto") => {}
        _ if HOLDERS.contains(&name) => {
            if name == "table" {
                rst.named(&joined());
            }
            rst.blocks(body, depth + 1);
        }
        // The description of a part of a program, or something of others' making: nothing of it is lost.
        _ => {
            for signature in std::iter::once(&argument).chain(more).filter(|s| !s.is_empty()) {
                rst.out.marked(Mark::Code, signature.trim_end_matches('\\'));
                rst.out.end();
            }
            rst.blocks(body, depth + 1);
        }
    }
}

/// Content that may begin on the line of the directive.
fn held(rst: &mut Rst, first: &str, lines: &[&str], depth: usize) {
    let mut all = vec![first];
    // Options are none of the content.
    let options = lines
        .iter()
        .take_while(|l| first.is_empty() && field(l).is_some_and(|(n, _)| matches!(n, "class" | "name")))
        .count();
    all.extend(&lines[options..]);
    rst.blocks(&all, depth + 1);
}

fn plain_syntax() -> RstSyntax {
    RstSyntax {
        substitutions: std::collections::HashMap::new(),
        room: Room::beside(""),
        automatic: std::cell::Cell::new(0),
    }
}

/// A table written as a list of lists.
fn list_table(rst: &mut Rst, body: &[&str]) {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in body {
        let Some((_, length)) = marker(line, &['*', '-']).filter(|_| indent(line) == 0) else {
            let inner = line.trim_start();
            let item = marker(inner, &['-', '*']).filter(|_| !inner.is_empty() && indent(line) < 4);
            match (rows.last_mut(), item) {
                (Some(row), Some((_, length))) => row.push(inner[length..].to_owned()),
                (Some(row), None) => {
                    if let Some(cell) = row.last_mut() {
                        cell.push(' ');
                        cell.push_str(inner);
                    }
                }
                (None, _) => {}
            }
            continue;
        };
        let first = cut(&line[length.min(line.len())..], 8);
        let inner = marker(first, &['-', '*']).map_or(first, |(_, length)| &first[length..]);
        rows.push(vec![inner.to_owned()]);
    }
    cells::push(&rows, &plain_syntax(), &mut rst.out);
}

/// The values of a line between commas.
pub(super) fn values(line: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(String::new()),
            _ => all.iter_mut().next_back().into_iter().for_each(|value| value.push(c)),
        }
    }
    all
}
