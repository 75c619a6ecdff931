//! The letters of LaTeX: what signs and commands stand for.

use unicode_normalization::UnicodeNormalization as _;

use super::scan::Scanner;

/// Letters up to the next sign that is more than one, with ligatures as they are printed.
pub(super) fn plain(at: &mut Scanner<'_>) -> String {
    let rest = at.rest();
    let ends = |c: char| matches!(c, '\\' | '%' | '{' | '}' | '$' | '&' | '\n');
    // A line feed is a blank, where it ends no paragraph.
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let length = rest[first..].find(ends).map_or(rest.len(), |found| first + found);
    at.skip(length);
    let mut out = String::with_capacity(length);
    let mut letters = rest[..length].chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '~' => out.push('\u{a0}'),
            '`' if letters.next_if_eq(&'`').is_some() => out.push('“'),
            '`' => out.push('‘'),
            '\'' if letters.next_if_eq(&'\'').is_some() => out.push('”'),
            '\'' => out.push('’'),
            '-' if letters.next_if_eq(&'-').is_some() => {
                let longer = letters.next_if_eq(&'-').is_some();
                out.push(if longer { '—' } else { '–' });
            }
            _ => out.push(c),
        }
    }
    out
}

/// What a command without arguments stands for.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "%" => "%",
        "&" => "&",
        "$" => "$",
        "#" => "#",
        "_" | "textunderscore" => "_",
        "{" | "lbrace" | "textbraceleft" => "{",
        "}" | "rbrace" | "textbraceright" => "}",
        " " | "\n" | "\t" | "space" | "quad" | "qquad" | "enspace" | "thinspace" | "," | ";" | ":" => " ",
        "nobreakspace" => "\u{a0}",
        "!" | "/" | "-" | "@" | "relax" | "protect" | "empty" | "null" | "unskip" | "ignorespaces" | "leavevmode" => "",
        "ss" => "ß",
        "SS" => "SS",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "aa" => "å",
        "AA" => "Å",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        "j" => "ȷ",
        "dh" => "ð",
        "DH" => "Ð",
        "th" => "þ",
        "TH" => "Þ",
        "dj" => "đ",
        "DJ" => "Đ",
        "S" | "textsection" => "§",
        "P" | "textparagraph" => "¶",
        "copyright" | "textcopyright" => "©",
        "textregistered" => "®",
        "texttrademark" => "™",
        "pounds" | "textsterling" => "£",
        "euro" | "texteuro" => "€",
        "dag" | "textdagger" => "†",
        "ddag" | "textdaggerdbl" => "‡",
        "ldots" | "dots" | "textellipsis" | "dotfill" => "…",
        "textendash" => "–",
        "textemdash" => "—",
        "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" => "’",
        "textquotedblleft" | "grqq" => "“",
        "textquotedblright" => "”",
        "glqq" | "quotedblbase" => "„",
        "guillemotleft" | "flqq" | "og" => "«",
        "guillemotright" | "frqq" | "fg" => "»",
        "textquotedbl" => "\"",
        "textquotesingle" => "'",
        "textbackslash" | "backslash" => "\\",
        "textasciitilde" => "~",
        "textasciicircum" => "^",
        "textless" => "<",
        "textgreater" => ">",
        "textbar" => "|",
        "textdegree" | "degree" => "°",
        "textbullet" => "•",
        "textperiodcentered" => "·",
        "textasteriskcentered" => "*",
        "texttimes" => "×",
        "TeX" => "TeX",
        "LaTeX" => "LaTeX",
        "LaTeXe" => "LaTeX2ε",
        "BibTeX" => "BibTeX",
        "MF" | "METAFONT" => "METAFONT",
        "MP" | "METAPOST" | "MetaPost" => "MetaPost",
        "AmS" => "AMS",
        "AmSTeX" => "AMS-TeX",
        "AmSLaTeX" => "AMS-LaTeX",
        "XeTeX" => "XeTeX",
        "XeLaTeX" => "XeLaTeX",
        "LuaTeX" => "LuaTeX",
        "LuaLaTeX" => "LuaLaTeX",
        "ConTeXt" => "ConTeXt",
        "slash" => "/",
        _ => return None,
    })
}

/// The mark that an accent's command sets on its letter, as Unicode composes it.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "\"" => '\u{308}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "u" => '\u{306}',
        "v" => '\u{30c}',
        "H" => '\u{30b}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "r" => '\u{30a}',
        "d" => '\u{323}',
        "b" => '\u{331}',
        _ => return None,
    })
}

/// Whether a command sets an accent.
pub(super) fn is_accent(name: &str) -> bool {
    accent(name).is_some()
}

/// A letter with its accent.
pub(super) fn accented(name: &str, letter: &str) -> String {
    let bare = letter.trim_matches(['{', '}', ' ']);
    let bare = match bare {
        "\\i" | "ı" => "i",
        "\\j" => "j",
        other => other.strip_prefix('\\').and_then(sign).unwrap_or(other),
    };
    let mut letters = bare.chars();
    let first = letters.next();
    let mark = accent(name);
    first.into_iter().chain(mark.filter(|_| first.is_some())).chain(letters).nfc().collect()
}
