//! The examples of the `CommonMark` specification, as the parser's own suite has them: their text comes through.
//!
//! The suite stands in the parser's source, which cargo keeps; where it does not (a vendored build), there is nothing
//! to compare with and the test says so.

use std::fs;
use std::path::PathBuf;

use super::read;
use crate::import::to_markdown::to_markdown;

/// The suite's examples: Markdown, and the HTML that it stands for.
fn examples() -> Option<Vec<(String, String)>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let registries = fs::read_dir(home.join("registry/src")).ok()?;
    let sources = registries.flatten().flat_map(|r| fs::read_dir(r.path()).into_iter().flatten().flatten());
    let parser = sources
        .map(|e| e.path())
        .find(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("pulldown-cmark-0.13")))?;
    let suite = fs::read_to_string(parser.join("tests/suite/spec.rs")).ok()?;
    let between = |part: &str, name: &str| {
        let start = part.find(&format!("let {name} = r##\""))? + name.len() + 11;
        Some(part[start..start + part[start..].find("\"##;")?].to_owned())
    };
    Some(suite.split("#[test]").filter_map(|p| Some((between(p, "original")?, between(p, "expected")?))).collect())
}

/// The text of the expected HTML without white space; pictures stand for themselves by their description.
fn text_of(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(alt) = rest.strip_prefix("<img ").and_then(|r| r.split_once("alt=\"")).map(|(_, r)| r)
            && rest.find('>').is_some_and(|end| rest[..end].contains("alt="))
        {
            out.push_str(alt.split('"').next().unwrap_or(""));
        }
        let end = if rest.starts_with("<!--") { rest.find("-->").map(|e| e + 2) } else { rest.find('>') };
        rest = end.map_or("", |end| &rest[end + 1..]);
    }
    out.push_str(rest);
    let decoded = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    decoded.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Examples of raw HTML whose text nobody can tell by looking for angle brackets: tags that never end, scripts and
/// styles (no text of theirs is read), processing instructions, a quotation mark in an attribute.
const RAW: [usize; 11] = [156, 157, 158, 170, 172, 173, 176, 178, 180, 616, 629];

#[test]
fn the_text_of_every_example_comes_through() {
    let Some(examples) = examples() else {
        eprintln!("no source of pulldown-cmark here: the specification's examples were not compared");
        return;
    };
    assert!(examples.len() > 600, "{}", examples.len());
    let mut wrong = Vec::new();
    for (number, (markdown, html)) in examples.iter().enumerate() {
        let text = read(markdown, &mut Vec::new());
        let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let (said, meant) = (squeeze(text.string()), text_of(html));
        if said != meant && !RAW.contains(&(number + 1)) {
            wrong.push(format!("{}: {markdown:?}\n   said  {said:?}\n   meant {meant:?}", number + 1));
        }
        let again = read(&to_markdown(&text), &mut Vec::new());
        if again.string() != text.string() {
            wrong.push(format!("{}: {markdown:?} does not read back: {:?}", number + 1, to_markdown(&text)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
