//! The formulas of an OpenDocument text, which stand in parts of their own: as their writer typed them, where that is
//! kept, else by their letters.

use std::collections::HashMap;

use crate::import::archive::{Archive, Unread};
use crate::import::xml::{Token, Xml, attribute, name};

/// A text has no more formulas than this.
const MOST: usize = 10_000;

/// The formulas that a document shows, by the address of each; and how many of its objects are something else.
pub(super) fn of(content: &str, archive: &mut Archive<'_>) -> (HashMap<String, String>, usize) {
    let mut found = HashMap::new();
    let mut others = 0;
    for token in Xml::new(content) {
        let Token::Open(tag) = token else { continue };
        let Some(address) = (name(&tag) == "object").then(|| attribute(&tag, "href")).flatten() else { continue };
        if found.contains_key(&address) || found.len() + others >= MOST {
            continue;
        }
        let part = format!("{}/content.xml", address.trim_start_matches("./"));
        match archive.part(&part).map(|bytes| formula(&String::from_utf8_lossy(&bytes))) {
            Ok(Some(letters)) => {
                found.insert(address, letters);
            }
            Ok(None) | Err(Unread::Missing) => others += 1,
            Err(_) => break,
        }
    }
    (found, others)
}

/// What a part of `MathML` says; nothing where it is something else.
fn formula(source: &str) -> Option<String> {
    let (mut typed, mut letters) = (String::new(), Vec::new());
    let (mut is_formula, mut within) = (false, String::new());
    for token in Xml::new(source) {
        match token {
            Token::Open(tag) => {
                name(&tag).clone_into(&mut within);
                is_formula |= within == "math";
                if !is_formula {
                    return None;
                }
            }
            Token::Close(_) => within.clear(),
            Token::Letters(said) if within == "annotation" => typed.push_str(&said),
            Token::Letters(said) if !said.trim().is_empty() => letters.push(said.trim().to_owned()),
            Token::Letters(_) => {}
        }
    }
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = if typed.is_empty() { letters.join(" ") } else { typed };
    (is_formula && !said.is_empty()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::formula;

    #[test]
    fn a_formula_is_what_its_writer_typed() {
        let typed = "<math xmlns='x'><semantics><mrow><mi>a</mi><mo>+</mo><mn>2</mn></mrow>\
            <annotation encoding='StarMath 5.0'>a  + 2</annotation></semantics></math>";
        let letters = "<m:math xmlns:m='x'><m:mi>a</m:mi><m:mo>⋅</m:mo><m:mi>b</m:mi></m:math>";
        assert_eq!(formula(typed).as_deref(), Some("a + 2"));
        assert_eq!(formula(letters).as_deref(), Some("a ⋅ b"));
        assert_eq!(formula("<office:document-content xmlns:office='x'><p>a</p></office:document-content>"), None);
    }
}
