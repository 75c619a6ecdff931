//! How Diptych's own exports are told from texts to read: they may lie in the folder of the texts they are about.

/// The front matter of exported Markdown.
pub(super) const SIGNED: &str = "---\ngenerator: Diptych\n---";

/// What exported pages have in their head.
const SIGNED_HTML: &str = "<meta name=\"generator\" content=\"Diptych\">";

/// Whether a file that begins so was exported from here.
pub(crate) fn is_made_here(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    head.starts_with(SIGNED) || head.contains(SIGNED_HTML)
}

/// Whether a file of plain text that begins so was exported from here: cards for Anki, or a map. These say nothing of who made
/// them, since what they are for would take it for a card, or a row.
pub(crate) fn is_plain_made_here(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let heads = |line: &str| line.split_whitespace().take(3).eq(["topic", "id", "A"]);
    let is_map = head.starts_with("A  ") && head.lines().any(heads);
    head.starts_with("#separator:tab\n#html:true\n#guid column:1\n") || is_map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::page::HEAD;

    #[test]
    fn pages_and_markdown_are_signed() {
        assert!(is_made_here(HEAD.as_bytes()));
        assert!(is_made_here(format!("{SIGNED}\n\n# Notes").as_bytes()));
        assert!(is_plain_made_here(b"A  Bread  (a.md)\nB  Soup\n\ntopic   id   A    B\n"));
        assert!(is_plain_made_here(b"#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n"));
        assert!(!is_plain_made_here(b"A  topic id A\n") && !is_plain_made_here(b"topic id A\n"));
        assert!(!is_made_here(b"# Of generators\n\ngenerator: Diptych"));
    }
}
