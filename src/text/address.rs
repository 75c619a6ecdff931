//! Addresses of links, and whether following one may do harm.

/// Schemes that a browser runs, or takes for a page of its own, instead of going to the address.
const HARMFUL: [&str; 8] =
    ["javascript", "data", "vbscript", "livescript", "jscript", "blob", "filesystem", "view-source"];

/// Whether following this address may do anything but show what is there. White space and control characters
/// before and in the name of the scheme count for nothing, as browsers have it (WHATWG URL, 4.4).
pub(crate) fn is_harmful(address: &str) -> bool {
    let mut scheme = String::new();
    for c in address.chars().filter(|c| *c > ' ' && !c.is_control()) {
        match c {
            ':' => return HARMFUL.contains(&scheme.as_str()),
            '/' | '?' | '#' => return false,
            c => scheme.extend(c.to_lowercase()),
        }
        if scheme.len() > 20 {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_told_from_what_is_shown() {
        for harmful in
            ["javascript:alert(1)", " JaVa\nScRiPt:x", "\u{1}data:text/html,x", "vbscript:x", "java\tscript:x"]
        {
            assert!(is_harmful(harmful), "{harmful:?}");
        }
        for harmless in
            ["https://a.b/?javascript:x", "a.md", "#data:x", "mailto:a@b", "data", "doi:10.1/x", "", "sub/data:x"]
        {
            assert!(!is_harmful(harmless), "{harmless:?}");
        }
    }
}
