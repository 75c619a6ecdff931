//! Which of the characters that a font or a file gives for its glyphs can be shown.

use super::glyph_name;

/// `text` as a reader sees it: ligatures as letters; `None` where it is nothing that can be shown.
pub(super) fn readable(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\t' | '\r' | '\n' => out.push(' '),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            // Symbol and Wingdings put their codes here.
            '\u{f020}'..='\u{f0ff}' => {
                let code = (c as u32 & 0xff) as u8;
                out.extend(
                    glyph_name::dingbat(code)
                        .or_else(|| glyph_name::symbol(code).filter(|c| !c.is_ascii_alphanumeric())),
                );
            }
            '\u{fffd}' | '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' => {}
            c if c.is_control() || is_private(c) => {}
            c => out.push(c),
        }
    }
    (!out.is_empty()).then_some(out)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. | '\u{fff0}'..='\u{ffff}')
}
