//! What the tables at the head of a document say: the encodings of its fonts, and what its styles are.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

/// What paragraphs of a style are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StyleRole {
    Heading(u8),
    Quotation,
    Code,
}

/// The tables of a document.
#[derive(Debug)]
pub(super) struct Tables {
    /// Of letters whose font says nothing else.
    pub encoding: &'static Encoding,
    pub fonts: HashMap<i32, &'static Encoding>,
    styles: HashMap<i32, StyleRole>,
    /// The font or the style that is read.
    open: i32,
    outline: Option<u8>,
    name: String,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            encoding: WINDOWS_1252,
            fonts: HashMap::new(),
            styles: HashMap::new(),
            open: 0,
            outline: None,
            name: String::new(),
        }
    }
}

impl Tables {
    /// The encoding of a code page.
    pub(super) fn code_page(&mut self, number: i32) {
        self.encoding = of_code_page(number).unwrap_or(self.encoding);
    }

    /// A control word of the table of fonts.
    pub(super) fn font(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("f", Some(number)) => self.open = number,
            ("fcharset", Some(charset)) => {
                let page = match charset {
                    128 => 932,
                    129 => 949,
                    134 => 936,
                    136 => 950,
                    161 => 1253,
                    162 => 1254,
                    163 => 1258,
                    177 => 1255,
                    178 => 1256,
                    186 => 1257,
                    204 => 1251,
                    222 => 874,
                    238 => 1250,
                    77 => 10000,
                    _ => return,
                };
                self.fonts.extend(of_code_page(page).map(|encoding| (self.open, encoding)));
            }
            _ => {}
        }
    }

    /// A control word of the table of styles.
    pub(super) fn style(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("s", Some(number)) => self.open = number,
            // Styles of letters and of tables are others.
            ("cs" | "ts" | "ds", _) => self.open = -1,
            ("outlinelevel", Some(level @ 0..=5)) => self.outline = Some(level as u8 + 1),
            _ => {}
        }
    }

    /// Letters of the name of a style.
    pub(super) fn style_name(&mut self, letters: &str) {
        if self.name.len() < 200 {
            self.name.push_str(letters);
        }
    }

    /// The end of a style.
    pub(super) fn end_style(&mut self) {
        let name = std::mem::take(&mut self.name).trim_matches([';', ' ']).to_lowercase();
        let level = name.strip_prefix("heading ").and_then(|n| n.trim().parse::<u8>().ok()).map(|l| l.clamp(1, 6));
        let role = match level.or(self.outline.take()) {
            Some(level) => Some(StyleRole::Heading(level)),
            None if name == "title" => Some(StyleRole::Heading(1)),
            None if name.contains("quot") || name == "block text" => Some(StyleRole::Quotation),
            None if ["preformatted", "source code", "html code", "plain code"].iter().any(|n| name.contains(n)) => {
                Some(StyleRole::Code)
            }
            None => None,
        };
        if self.open >= 0 {
            self.styles.extend(role.map(|role| (self.open, role)));
        }
        self.open = 0;
    }

    /// What paragraphs of a style are.
    pub(super) fn role(&self, style: i32) -> Option<StyleRole> {
        self.styles.get(&style).copied()
    }
}

fn of_code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        874 => "windows-874",
        866 => "ibm866",
        10000 => "macintosh",
        65001 => "utf-8",
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}
