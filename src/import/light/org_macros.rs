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
        if block.is_some() || word == "#+macro:" || out.len() > source.len() * MOST {
            out.push_str(line);
        } else {
            expand(line, &known, &mut out);
        }
    }
    Cow::Owned(out)
}

fn expand(line: &str, known: &HashMap<String, &str>, out: &mut String) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{{") {
        out.push_str(before);
        let call = after.split_once("}}}").filter(|(call, _)| call.len() <= LONGEST && !call.contains('{'));
        let found = call.and_then(|(call, after)| {
            let (name, arguments) =
                call.split_once('(').map_or((call, ""), |(name, rest)| (name, rest.trim_end_matches(')')));
            Some((*known.get(&name.trim().to_lowercase())?, arguments, after))
        });
        let Some((body, arguments, after)) = found else {
            out.push_str("{{{");
            rest = after;
            continue;
        };
        let mut said = body.to_owned();
        for (n, argument) in arguments.split(',').enumerate().take(9) {
            said = said.replace(&format!("${}", n + 1), argument.trim());
        }
        out.push_str(&said);
        rest = after;
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
    }
}
