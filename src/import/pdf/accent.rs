//! Accents drawn separately, above or below a letter: accent and letter are put together; and closing quotation marks drawn
//! low, as opening ones.
//!
//! TeX's older fonts have no `é`: an accent is drawn, and the letter under it, in either order. They have no `„` either: a `”`
//! is drawn at the foot of the letters before which it stands, after all of their line.

use unicode_normalization::UnicodeNormalization as _;

use super::content::{Glyph, Page};

/// Puts accents and the letters that they stand over together.
pub(super) fn compose(page: &mut Page) {
    let glyphs = std::mem::take(&mut page.glyphs);
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for (i, glyph) in glyphs.iter().copied().enumerate() {
        let one = kept.last().and_then(|last| {
            let (letter, accent) = match (combining(page.str(last)), combining(page.str(&glyph))) {
                (Some(accent), None) => (&glyph, accent),
                (None, Some(accent)) => (last, accent),
                _ => return None,
            };
            if !is_over(last, &glyph) {
                return None;
            }
            // Two or three of one accent over a letter (a third derivative, in TeX) are no accent of it.
            let mark = |g: &&Glyph| combining(page.str(g)) == Some(accent) && is_over(letter, g);
            let before = kept.len().checked_sub(2).and_then(|n| kept.get(n));
            if before.as_ref().is_some_and(mark) || glyphs.get(i + 1).as_ref().is_some_and(mark) {
                return None;
            }
            let mut said = page.str(letter).chars();
            // The dotless letters are there for accents to stand on.
            let base = match said.next()? {
                'ı' => 'i',
                'ȷ' => 'j',
                c => c,
            };
            let composed: String = [base, accent].into_iter().nfc().collect();
            (said.next().is_none() && composed.chars().count() == 1).then_some((*letter, composed))
        });
        let Some((letter, composed)) = one else {
            kept.push(glyph);
            continue;
        };
        kept.pop();
        let (at, len) = (page.letters.len() as u32, composed.len() as u16);
        page.letters.push_str(&composed);
        kept.push(Glyph { at, len, ..letter });
    }
    page.glyphs = kept;
}

/// More marks than this on a page are none of quotation, and a page of more letters is none of prose.
const MOST_MARKS: usize = 400;
const MOST_LETTERS: usize = 50_000;

/// Makes quotation marks that stand at the foot of a line and right before one of its letters those of this line.
pub(super) fn raise_quotation_marks(page: &mut Page) {
    if page.glyphs.len() > MOST_LETTERS {
        return;
    }
    let is_mark = |glyph: &Glyph| matches!(page.str(glyph), "”" | "“" | "\"" | "’");
    let marks: Vec<usize> =
        page.glyphs.iter().enumerate().filter(|(_, g)| is_mark(g)).map(|(i, _)| i).take(MOST_MARKS).collect();
    for i in marks {
        let mark = page.glyphs[i];
        let size = mark.size;
        // Letters on its own line show that it stands there.
        let beside = |g: &Glyph| (g.left - mark.right).abs() < size || (mark.left - g.right).abs() < size;
        let others = || page.glyphs.iter().enumerate().filter(|(n, _)| *n != i).map(|(_, g)| g);
        if others().any(|g| (g.base - mark.base).abs() < size * 0.2 && beside(g)) {
            continue;
        }
        let before = |g: &&Glyph| {
            (0.4..0.8).contains(&((g.base - mark.base) / size))
                && (-0.1..0.25).contains(&((g.left - mark.right) / size))
                && (0.8..1.25).contains(&(g.size / size))
        };
        let Some(base) = others().find(before).map(|g| g.base) else { continue };
        let low = if page.str(&mark) == "’" { '‚' } else { '„' };
        let (at, len) = (page.letters.len() as u32, low.len_utf8() as u16);
        page.letters.push(low);
        page.glyphs[i] = Glyph { at, len, base, ..mark };
    }
}

/// Whether two glyphs stand over each other.
fn is_over(a: &Glyph, b: &Glyph) -> bool {
    let shared = a.right.min(b.right) - a.left.max(b.left);
    let narrow = (a.right - a.left).min(b.right - b.left);
    a.turn == b.turn && shared > narrow * 0.6 && (a.base - b.base).abs() < a.size.max(b.size) * 0.6
}

/// The mark that an accent is when it stands over a letter.
fn combining(said: &str) -> Option<char> {
    let mut chars = said.chars();
    let mark = match chars.next()? {
        '´' | '\u{301}' => '\u{301}',
        '`' | '\u{300}' => '\u{300}',
        '¨' | '\u{308}' => '\u{308}',
        '^' | 'ˆ' | '\u{302}' => '\u{302}',
        '~' | '˜' | '\u{303}' => '\u{303}',
        'ˇ' | '\u{30c}' => '\u{30c}',
        '˘' | '\u{306}' => '\u{306}',
        '¯' | 'ˉ' | '\u{304}' => '\u{304}',
        '˚' | '\u{30a}' => '\u{30a}',
        '˙' | '\u{307}' => '\u{307}',
        '˝' | '\u{30b}' => '\u{30b}',
        '¸' | '\u{327}' => '\u{327}',
        '˛' | '\u{328}' => '\u{328}',
        _ => return None,
    };
    chars.next().is_none().then_some(mark)
}
