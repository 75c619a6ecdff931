//! Macros of Org (its manual, "Macro Replacement"): what a document says that three braces stand for.

use std::borrow::Cow;
use std::collections::HashMap;

/// What macros stand for makes no document longer than so many times its length.
const MOST: usize = 4;

/// A macro's name and arguments are no longer than this.
const LONGEST: usize = 400;

/// The document with what its macros stand for; one that it does not define stays as it is.
pub(super) fn expanded(source: &str) -> Cow<'_, str> {
    if !source.contains("{{{") {
        return Cow::Borrowed(source);
    }
    let mut known: HashMap<String, &str> = HashMap::new();
    for line in source.lines() {
        let Some((key, value)) = line.trim_start().strip_prefix("#+").and_then(|line| line.split_once(':')) else {
            continue;
        };
        match key.to_lowercase().as_str() {
            "macro" => {
                let (name, body) = value.trim().split_once(char::is_whitespace).unwrap_or((value.trim(), ""));
                known.insert(name.to_lowercase(), body.trim());
            }
            key @ ("title" | "author" | "date" | "email") => _ = known.entry(key.to_owned()).or_insert(value.trim()),
            _ => {}
        }
    }
    let most = source.len() * MOST;
    let mut out = String::with_capacity(source.len());
    let mut block: Option<String> = None;
    for line in source.split_inclusive('\n') {
        let word = line.split_whitespace().next().unwrap_or("").to_lowercase();
        match &block {
            Some(end) if word == *end => block = None,
            None if matches!(word.as_str(), "#+begin_src" | "#+begin_example" | "#+begin_export") => {
                block = Some(word.replacen("begin", "end", 1));
            }
            _ => {}
        }
        if block.is_some() || word == "#+macro:" {
            out.push_str(line);
        } else {
            expand(line, &known, most, &mut out);
        }
    }
    Cow::Owned(out)
}

/// Writes a line with what its macros stand for, as long as `out` is not longer than `most`.
fn expand(line: &str, known: &HashMap<String, &str>, most: usize, out: &mut String) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{{").filter(|_| out.len() <= most) {
        out.push_str(before);
        let near = &after[..after.floor_char_boundary(LONGEST + "}}}".len())];
        let call = near.split_once("}}}").map(|(call, _)| call).filter(|call| !call.contains('{'));
        let found = call.and_then(|call| {
            let (name, arguments) =
                call.split_once('(').map_or((call, ""), |(name, rest)| (name, rest.strip_suffix(')').unwrap_or(rest)));
            Some((*known.get(&name.trim().to_lowercase())?, arguments, &after[call.len() + "}}}".len()..]))
        });
        let Some((body, arguments, after)) = found else {
            out.push_str("{{{");
            rest = after;
            continue;
        };
        fill(body, arguments, most, out);
        rest = after;
    }
    out.push_str(rest);
}

/// Writes what a macro stands for with each argument in the place of its number, as long as `out` is not longer than `most`.
/// What an argument says is not looked through again: it could name the next many times, and so on.
fn fill(body: &str, arguments: &str, most: usize, out: &mut String) {
    let mut all: Vec<String> = Vec::new();
    for part in arguments.split(',') {
        // A comma after a backslash is the argument's own.
        match all.last_mut().filter(|last| last.ends_with('\\')) {
            Some(last) => {
                last.pop();
                last.extend([",", part]);
            }
            None => all.push(part.to_owned()),
        }
    }
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('$').filter(|_| out.len() <= most) {
        out.push_str(before);
        let number = after.chars().next().and_then(|c| c.to_digit(10)).and_then(|n| (n as usize).checked_sub(1));
        if let Some(argument) = number.and_then(|n| all.get(n)) {
            out.push_str(argument.trim());
            rest = &after[1..];
        } else {
            out.push('$');
            rest = after;
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_stand_for_what_the_document_says() {
        let source = "#+title: Mills\n#+macro: version 4.2\n#+MACRO: of the $1 of $2\n{{{title}}} {{{version}}}, {{{of(mill, Ann)}}}, {{{gone}}}.\n#+begin_src\n{{{version}}}\n#+end_src\n";
        let expected =
            source.replacen("{{{title}}} {{{version}}}, {{{of(mill, Ann)}}}", "Mills 4.2, the mill of Ann", 1);
        assert_eq!(expanded(source), expected);
        assert!(matches!(expanded("plain {words}"), Cow::Borrowed(_)));
        let own = "#+macro: both $1 and $2\n{{{both(a (b), c\\, d)}}}\n";
        assert!(expanded(own).ends_with("\na (b) and c, d\n"), "{}", expanded(own));
    }

    #[test]
    fn no_macro_makes_a_document_much_longer() {
        let body = "$1".repeat(10);
        let arguments: Vec<String> = (2..=9).map(|n| format!("${n}").repeat(10)).chain(["x".to_owned()]).collect();
        let call = format!("{{{{{{m({})}}}}}}", arguments.join(","));
        for line in [call.repeat(400), "{{{".repeat(20_000)] {
            let source = format!("#+macro: m {body}\n{line}\n");
            assert!(expanded(&source).len() <= source.len() * (MOST + 1));
        }
    }
}
