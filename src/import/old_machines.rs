//! Texts of machines from before Unicode that the web has no name for, or hardly ever: DOS (code pages 437 and 850) and
//! the Macintosh.
//!
//! A detector made for the web reads them as something else, and puts signs into words and controls between them. They are
//! believed only where that is so, and where read as one of these all letters stand as letters do: small ones beside
//! others, capitals at the beginnings of words.

use encoding_rs::{Encoding, MACINTOSH};

/// The upper half of code page 437.
const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// That of code page 850, which has more letters in the place of lines and of Greek.
const DOS_LATIN: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Fewer letters beyond ASCII prove nothing.
const FEWEST: usize = 6;

/// The text of bytes that are from such a machine, and what it wrote; `guess` is what a detector says.
pub(super) fn read(bytes: &[u8], sample: &[u8], guess: &'static Encoding) -> Option<(&'static str, String)> {
    let guessed = fit(&guess.decode_without_bom_handling(sample).0);
    if guessed.odd * 4 < guessed.all {
        return None;
    }
    let dos = |half: &str, bytes: &[u8]| {
        let upper: Vec<char> = half.chars().collect();
        let char_of =
            |b: &u8| if *b < 0x80 { char::from(*b) } else { upper.get(usize::from(*b) - 0x80).copied().unwrap_or(' ') };
        bytes.iter().map(char_of).collect::<String>()
    };
    let mac = |bytes: &[u8]| MACINTOSH.decode_without_bom_handling(bytes).0.into_owned();
    let ways: [Way<'_>; 3] =
        [("IBM437", &|bytes| dos(DOS, bytes)), ("IBM850", &|bytes| dos(DOS_LATIN, bytes)), ("macintosh", &mac)];
    let fits = ways.iter().map(|way| (fit(&way.1(sample)), way));
    let sound = fits.filter(|(fit, _)| fit.letters >= FEWEST && fit.odd * 20 <= fit.all);
    // The first of those that are equally good.
    let (_, (name, way)) = sound.min_by_key(|(fit, _)| (fit.odd, usize::MAX - fit.letters))?;
    Some((*name, way(bytes)))
}

/// The name of an encoding, and how it is decoded.
type Way<'a> = (&'static str, &'a dyn Fn(&[u8]) -> String);

/// How well the characters beyond ASCII stand where they do.
#[derive(Debug, Default)]
struct Fit {
    all: usize,
    letters: usize,
    odd: usize,
}

fn fit(text: &str) -> Fit {
    let mut fit = Fit::default();
    let mut last = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if !c.is_ascii() && c != '\u{a0}' {
            fit.all += 1;
            let beside = last.is_alphabetic() || next.is_alphabetic();
            let within = last.is_alphabetic() && next.is_alphabetic();
            let sound = match c {
                'ª' | 'º' | 'µ' => !within,
                '’' | '\u{ad}' | '·' => true,
                // A capital within a word has others beside it.
                _ if c.is_uppercase() => next.is_alphabetic() && !last.is_lowercase() || last.is_uppercase(),
                _ if c.is_lowercase() => beside || last == '\'' || last.is_whitespace() && next.is_whitespace(),
                _ if c.is_control() || c == '\u{fffd}' => false,
                // Letters of scripts that have no capitals.
                _ if c.is_alphabetic() => true,
                '“' | '„' | '«' | '‘' | '‚' | '¿' | '¡' => !last.is_alphanumeric() || !next.is_alphabetic(),
                _ => !within,
            };
            fit.letters += usize::from(sound && c.is_alphabetic());
            fit.odd += usize::from(!sound);
        }
        last = c;
    }
    fit
}
