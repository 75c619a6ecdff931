//! Passages that are no prose: a title, a byline, a date, the name of a paper, a heading that nothing marks as one. A topic
//! may be named in them; they do not treat it, and nobody wants to be taken there.

use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;

/// A label has at most so many words, and bytes.
const WORDS: usize = 14;
const BYTES: usize = 120;
/// Where more than this share of a text's passages look like labels, it is written so: in fragments, a line each.
const FEW: f32 = 0.34;

/// The labels of a text, by the numbers of their passages; none in a text of fragments.
pub(super) fn labels(text: &Text) -> Vec<u32> {
    let all = 1..=text.passage_count() as u32;
    let found: Vec<u32> = all.filter(|number| is_label(text, PassageNo(*number))).collect();
    let few = (text.passage_count() as f32 * FEW).max(3.0);
    if found.len() as f32 > few { Vec::new() } else { found }
}

/// Whether a passage is a paragraph of a few words that are no sentence: no mark ends it.
fn is_label(text: &Text, passage: PassageNo) -> bool {
    let Some(block) = text.numbering().block_of(passage) else { return false };
    let string = text.block_str(block);
    if text.blocks()[block].kind != BlockKind::Paragraph || string.len() > BYTES {
        return false;
    }
    // What closes a quotation or a note's mark may stand after the end.
    let end = string.trim_end_matches(|c: char| !(c.is_alphabetic() || ENDS.contains(&c)));
    let is_ended = end.ends_with(ENDS) || end.ends_with(has_no_stops);
    !is_ended && string.split_whitespace().count() <= WORDS
}

/// What ends a sentence, or says that it goes on.
const ENDS: [char; 36] = [
    '.', '!', '?', ':', ';', ',', '…', '\u{37e}', '·', '։', '؟', '۔', '؛', '،', '।', '॥', '།', '༎', '။', '၊', '።', '፧',
    '፣', '។', '៕', '᠃', '。', '！', '？', '．', '：', '；', '，', '、', '｡', '‽',
];

/// Whether a letter is Thai or Lao, where no mark ends a sentence, so that none is missed.
fn has_no_stops(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}')
}

#[cfg(test)]
mod tests {
    use super::labels;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    fn labels_of(passages: &[&str]) -> Vec<u32> {
        let mut b = Builder::new();
        for passage in passages {
            b.begin(BlockKind::Paragraph, 1).push(passage);
        }
        labels(&b.finish())
    }

    #[test]
    fn titles_bylines_and_dates_are_labels_and_fragments_are_not() {
        let prose = "The lock was closed in spring, and nobody came to open it again.";
        let text =
            ["Of locks and keepers", "By Marta Ostrowski", "The Courier, 4 May 2019", prose, prose, prose, prose];
        assert_eq!(labels_of(&text), [1, 2, 3]);
        assert_eq!(labels_of(&["“No,” he said.", "What then?", "CHAPTER III", prose, "so it went on,", prose]), [3]);
        assert_eq!(labels_of(&["lock closed", "keeper gone", "canal dry", "railway won", prose]), Vec::<u32>::new());
    }

    #[test]
    fn a_short_sentence_is_no_label_in_any_script() {
        let prose = "The lock was closed in spring, and nobody came to open it again.";
        for sentence in [
            "ताला वसंत में बंद हुआ।",
            "من فتح البوابة؟",
            "نہر بند ہو گئی۔",
            "Կողպեքը փակվեց։",
            "水門は閉じた。",
            "ประตูน้ำปิดแล้วในฤดูใบไม้ผลิ",
            "ປະຕູນ້ຳປິດແລ້ວ",
        ] {
            assert_eq!(labels_of(&[sentence, prose, prose, prose]), Vec::<u32>::new(), "{sentence}");
        }
        for title in ["ताले और पहरेदार", "حراس القناة", "水門の番人"] {
            assert_eq!(labels_of(&[title, prose, prose, prose]), [1], "{title}");
        }
    }
}
