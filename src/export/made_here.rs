//! How what Diptych has written is told from a text to read: an export may lie in the folder of the texts it is about.

/// The front matter of exported Markdown.
pub(super) const SIGNED: &str = "---\ngenerator: Diptych\n---";

/// What exported pages have in their head.
const SIGNED_HTML: &str = "<meta name=\"generator\" content=\"Diptych\">";

/// Whether a file that begins so was exported from here.
pub fn is_made_here(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    head.starts_with(SIGNED) || head.contains(SIGNED_HTML)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::page::HEAD;

    #[test]
    fn pages_and_markdown_are_signed() {
        assert!(is_made_here(HEAD.as_bytes()));
        assert!(is_made_here(format!("{SIGNED}\n\n# Notes").as_bytes()));
        assert!(!is_made_here(b"# Of generators\n\ngenerator: Diptych"));
    }
}
