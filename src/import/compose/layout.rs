//! Whether a writer has laid lines out or a program has broken them: verse, lists and columns keep their lines, prose
//! does not.
//!
//! Prose is broken where the next word finds no room. Where it would have found some, line after line, the breaks are
//! the writer's. No word says so, but the lengths of the lines do; in verse the capitals at the beginnings of lines within a
//! sentence say it too. Columns are told by gaps that stand one below the other.

use super::alike::{is_equation, is_field, is_hung_note, is_title_in_capitals};
use super::apart::{self, Habit};
use crate::import::lines::list;
use crate::import::lines::marks;
use crate::import::lines::measure::Measure;
use crate::import::lines::width::{Metric, cells_of};
use crate::import::lines::{Line, Lines};

/// Laid out lines are at most this wide, in cells; columns may be wider.
const WIDEST: f32 = 120.0;

/// Lines of verse are hardly ever wider.
const WIDEST_VERSE: f32 = 60.0;

/// Lines of stanzas whose lines begin small are no wider.
const WIDEST_STANZA: f32 = 50.0;

/// In scripts without blanks: lines of verse, and those so short that no prose is broken so, in cells.
const WIDEST_DENSE: f32 = 40.0;
const SHORT_DENSE: f32 = 16.0;

/// What ends a clause in these scripts.
const CLOSING: &[char] = &['，', '。', '；', '！', '？', '、', '：', '」', '』', '”'];

/// Longer words are addresses and the like, in cells.
const LONGEST_WORD: f32 = 20.0;

/// How the lines of a block belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Layout {
    /// Broken to fit a width, or not broken at all.
    Prose,
    /// Each line is a line.
    Lines,
    /// Each line is a sentence or more, and so a paragraph.
    Sentences,
    /// Items of a list, one after another; what goes on under them is set in.
    Items,
    /// Paragraphs, one after another, each of which goes on further in than it begins.
    Hanging,
    /// Each line is a row, and cells stand below each other.
    Columns,
}

/// What is known of the whole text.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::import) struct WholeText {
    /// How its prose is broken, where a printer set it: its letters are not of one width, and its lines may be run
    /// together.
    pub set: Option<Measure>,
    /// What else, once all blocks were looked at.
    pub text: Option<(Habit, Measure)>,
}

/// How the block of lines from `at` to `end` is laid out.
pub(in crate::import) fn of(
    lines: &Lines<'_>,
    at: usize,
    end: usize,
    WholeText { set, text: known }: WholeText,
) -> Layout {
    let rows = &lines.all[at..end];
    if rows.len() < 2 {
        return Layout::Prose;
    }
    if is_columns(lines, rows) || is_program(lines, rows) {
        return Layout::Columns;
    }
    if rows.len() >= 3 && rows.iter().all(|l| is_field(lines.of_line(l)))
        || rows.iter().all(|l| is_equation(lines.of_line(l)))
    {
        return Layout::Lines;
    }
    // A title in capitals that runs over two lines.
    if let [first, second] = rows
        && lines.print.is_none()
        && is_title_in_capitals(lines.of_line(first), lines.of_line(second))
    {
        return Layout::Prose;
    }
    let opens = |i: &usize| list::opens(lines.str(*i)).is_some();
    let items = (at..end).filter(opens).count();
    let margin = rows.iter().map(|l| l.indent).min().unwrap_or(0);
    if opens(&at) && items >= 2 && (at..end).all(|i| opens(&i) || lines.all[i].indent > margin) {
        return Layout::Items;
    }
    if lines.print.is_none() && is_hung_note(lines, rows) {
        return Layout::Items;
    }
    // One item, whose other lines stand below its first word.
    let hung = list::opens(lines.str(at)).map(|o| margin + o.length as u16);
    if lines.print.is_none()
        && hung.is_some_and(|hung| lines.all[at].indent == margin && rows[1..].iter().all(|l| l.indent == hung))
    {
        return Layout::Items;
    }
    if known.is_some_and(|(_, measure)| is_hanging(lines, at, end, margin, measure)) {
        return Layout::Hanging;
    }
    let edge = |i: usize| match set {
        Some(measure) => f32::from(lines.all[i].indent) + measure.width(lines, i),
        None => edge(lines, &lines.all[i]),
    };
    let edges: Vec<f32> = (at..end).map(edge).collect();
    if items * 2 > rows.len() || edges.iter().any(|e| *e > WIDEST) {
        return Layout::Prose;
    }
    if is_dense_verse(lines, rows, &edges) {
        return Layout::Lines;
    }
    let fits = |i: usize| set.map(|measure| measure.would_fit(lines, at + i, at + i + 1, measure.full * 0.05));
    let breaks = Breaks::of(lines, rows, &edges, known.map(|(_, measure)| measure), fits);
    if !breaks.are_the_writers(known, &edges) {
        let apart = known.is_some_and(|(habit, measure)| apart::is_verse(lines, rows, &edges, habit, measure));
        return if apart { Layout::Lines } else { Layout::Prose };
    }
    let ended = rows.iter().filter(|l| marks::ends_sentence(lines.of_line(l))).count();
    // Lines that stand apart from the prose are said by somebody else than it, line by line.
    // And where paragraphs have several lines each, a line is none.
    let verse = known.is_some_and(|(habit, measure)| habit.lines || measure.wrapped);
    if rows.len() >= 3 && !verse && ended * 4 >= rows.len() * 3 { Layout::Sentences } else { Layout::Lines }
}

/// Whether the lines that stand out begin paragraphs, and those below them go on, all as far in as each other: each line
/// that goes on does so because the one before it was full, and each paragraph ends as a sentence does.
fn is_hanging(lines: &Lines<'_>, at: usize, end: usize, margin: u16, measure: Measure) -> bool {
    let out = |i: usize| lines.all[i].indent == margin;
    let hung = (at..end).filter(|i| !out(*i)).map(|i| lines.all[i].indent);
    let (least, most) = (hung.clone().min().unwrap_or(0), hung.max().unwrap_or(0));
    if !measure.wrapped || !out(at) || least < margin + 2 || most != least {
        return false;
    }
    let fits = |i: usize| edge(lines, &lines.all[i - 1]) + 1.0 + word(lines.str(i)) <= measure.full * 0.96;
    let begins = |i: usize| marks::ends_sentence(lines.str(i - 1)) && marks::begins_sentence(lines.str(i));
    (at + 1..end).filter(|i| out(*i)).count() > 0 && (at + 1..end).all(|i| if out(i) { begins(i) } else { !fits(i) })
}

/// Whether lines of a script without blanks are verse: short, and each ends where a clause does, or all are of one length.
/// Prose of so narrow a measure breaks within clauses, and goes on for longer.
fn is_dense_verse(lines: &Lines<'_>, rows: &[Line], edges: &[f32]) -> bool {
    if !rows.windows(2).all(|w| marks::is_dense(lines.of_line(&w[0]), lines.of_line(&w[1]))) {
        return false;
    }
    let closed = rows.iter().filter(|l| lines.of_line(l).ends_with(CLOSING)).count();
    let widest = edges.iter().copied().fold(0.0, f32::max);
    let alike = edges.iter().all(|e| (e - edges[0]).abs() < 0.5);
    let clauses = widest <= WIDEST_DENSE && closed == rows.len() && (alike || rows.len() > 2);
    clauses || widest <= SHORT_DENSE && alike && (4..=8).contains(&rows.len())
}

/// Whether blocks of lines are the stanzas of a poem, though its lines begin small: all of so many lines, all short, and
/// none that ends as paragraphs do, with a shorter line.
pub(in crate::import) fn are_stanzas(lines: &Lines<'_>, blocks: &[(usize, usize)]) -> bool {
    let Some((at, end)) = blocks.first() else { return false };
    let count = end - at;
    if blocks.len() < 2 || !(3..=14).contains(&count) || blocks.iter().any(|(at, end)| end - at != count) {
        return false;
    }
    // Prose of a narrow column fills it, line after line.
    let widest = blocks.iter().flat_map(|(at, end)| *at..*end).map(|i| edge(lines, &lines.all[i])).fold(0.0, f32::max);
    let roomy = |i: &usize| edge(lines, &lines.all[*i]) + 1.0 + word(lines.str(i + 1)) <= widest;
    let breaks = blocks.len() * (count - 1);
    if blocks.iter().flat_map(|(at, end)| *at..end - 1).filter(roomy).count() * 4 < breaks {
        return false;
    }
    blocks.iter().all(|(at, end)| {
        let edges: Vec<f32> = lines.all[*at..*end].iter().map(|l| edge(lines, l)).collect();
        let widest = edges.iter().copied().fold(0.0, f32::max);
        let last = edges.last().copied().unwrap_or(0.0);
        let full = edges.iter().filter(|e| **e > widest * 0.9).count();
        widest < WIDEST_STANZA && last > widest * 0.5 && full < count && list::opens(lines.str(*at)).is_none()
    })
}

/// What the breaks of a block show.
struct Breaks {
    count: usize,
    /// Breaks that say something by the room there was: not those before what hangs under its line.
    seen: usize,
    /// The line ends at which the next word would have found room.
    roomy: usize,
    /// Those within a sentence, and those of them after which a line begins with a capital.
    open: usize,
    capital: usize,
    /// Those after which it begins with a small letter.
    small: usize,
    /// How far lines reach in the mean, as a share of the widest.
    reach: f32,
}

impl Breaks {
    /// `fits` says of a line whether the first word of the next would have found room on it, where that is known.
    fn of(
        lines: &Lines<'_>,
        rows: &[Line],
        edges: &[f32],
        measure: Option<Measure>,
        fits: impl Fn(usize) -> Option<bool>,
    ) -> Self {
        let mut widest = edges.to_vec();
        widest.sort_by(f32::total_cmp);
        let mut full = widest[widest.len() - 1];
        // An address that could not be broken says nothing of the width.
        let longest =
            rows.iter().zip(edges).max_by(|a, b| a.1.total_cmp(b.1)).map_or("", |(row, _)| lines.of_line(row));
        let unbroken = longest.split([' ', '\t']).map(|word| Metric::Cells.width(word)).fold(0.0, f32::max);
        if let [.., second, _] = widest[..]
            && rows.len() >= 4
            && (second * 1.12..second * 1.8).contains(&full)
            && unbroken > full - second
            && unbroken >= LONGEST_WORD
        {
            full = second;
        }
        let page = measure.filter(|m| m.wrapped && rows.len() <= 3).map_or(0.0, |m| m.full * 0.85);
        let mean = edges[..rows.len() - 1].iter().sum::<f32>() / (rows.len() - 1) as f32;
        let reach = mean / widest[widest.len() - 1].max(1.0);
        let mut breaks = Self { count: rows.len() - 1, seen: 0, roomy: 0, open: 0, capital: 0, small: 0, reach };
        let shouts = !rows.iter().any(|l| lines.of_line(l).contains(char::is_lowercase));
        for (i, pair) in rows.windows(2).enumerate() {
            let (before, this) = (lines.of_line(&pair[0]), lines.of_line(&pair[1]));
            let needed = edges[i] + if marks::is_dense(before, this) { 0.0 } else { 1.0 } + word(this);
            let known = fits(i);
            let roomy = known.unwrap_or(needed <= full.max(page));
            // Of two lines alone the second may be one of verse, that steps in.
            let verse = rows.len() == 2 && marks::begins_line(this) && !marks::ends_sentence(before);
            if !roomy && !verse && pair[1].indent >= pair[0].indent + 2 {
                continue;
            }
            // A point of a list begins its line; where the line before is full and its sentence goes on, it is a letter.
            let point = roomy || marks::ends_sentence(before) || before.ends_with([';', ',']);
            if point && (list::is_enumerated(this) || is_numbered(this)) {
                breaks.seen += 1;
                breaks.roomy += 1;
                continue;
            }
            // After the widest line no word finds room, whoever broke it.
            if rows.len() < 4 || edges[i] < full || known.is_some() {
                breaks.seen += 1;
                breaks.roomy += usize::from(roomy);
            }
            if !marks::ends_sentence(before) && !shouts {
                breaks.open += 1;
                breaks.capital += usize::from(marks::begins_line(this));
                breaks.small += usize::from(marks::continues_sentence(this));
            }
        }
        breaks
    }

    /// Whether the lines are the writer's.
    fn are_the_writers(&self, known: Option<(Habit, Measure)>, edges: &[f32]) -> bool {
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f32 / of as f32 };
        let (roomy, capital) = (share(self.roomy, self.seen), share(self.capital, self.open));
        let widest = edges.iter().copied().fold(0.0, f32::max);
        match self.count {
            _ if self.seen == 0 => false,
            1 => {
                let Some((habit, measure)) = known else { return false };
                let widest_line = match habit.lines {
                    // Long lines of verse show themselves by their capitals.
                    true if self.open > 0 && capital > 0.99 => WIDEST_VERSE * 1.5,
                    false if measure.wrapped => measure.full * 0.7,
                    _ => WIDEST_VERSE,
                };
                let short = widest < widest_line;
                // In verse, in some languages, a line may begin small.
                let begins = self.open == 0 || capital > 0.0 || habit.lines;
                short && begins && (habit.lines || measure.wrapped && roomy > 0.0)
            }
            // Lines far to the right that go on within sentences, begun small, were broken by hand as prose is.
            _ if self.open >= 2 && self.small == self.open && self.reach > 0.85 => false,
            _ if self.open >= 3 && self.small * 2 > self.open && self.reach > 0.75 => false,
            // In a text of lines what shows nothing of prose is lines.
            _ if known.is_some_and(|(habit, _)| habit.lines) && self.small == 0 && widest < WIDEST_VERSE => true,
            2 => {
                let habit = known.is_some_and(|(habit, _)| habit.lines);
                roomy > 0.99 || capital > 0.99 && (roomy >= 0.5 || habit && widest < WIDEST_VERSE)
            }
            // The prose of the text goes on much further to the right.
            _ if known.is_some_and(|(_, m)| m.wrapped && m.full >= 40.0 && widest < m.full * 0.7) => true,
            // In a text of verse a capital in each line is enough.
            _ if known.is_some_and(|(habit, _)| habit.lines) && self.open >= 2 && capital > 0.95 => true,
            // So were two that are wider than verse and reach nearly as far as each other.
            _ if self.open == 2 && self.small == 2 && self.reach > 0.9 && widest > WIDEST_VERSE => false,
            _ => {
                // The more breaks within sentences, the less else is asked for.
                let bar = match self.open {
                    0 | 1 => return roomy >= 0.75,
                    2 => 0.5,
                    _ if widest < WIDEST_VERSE => 0.2,
                    _ => 0.35,
                };
                roomy >= 0.75 || capital >= 0.85 && roomy >= bar
            }
        }
    }
}

/// Whether a line begins with the number of a section: `4.10.`, `3.1.2 `.
fn is_numbered(line: &str) -> bool {
    let number = line.split([' ', '\t']).next().unwrap_or("").trim_end_matches('.');
    let digits = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    digits && number.contains('.') && number.starts_with(|c: char| c.is_ascii_digit()) && line.len() > number.len() + 2
}

/// The right edge of a line, in cells.
fn edge(lines: &Lines<'_>, line: &Line) -> f32 {
    f32::from(line.indent) + Metric::Cells.width(lines.of_line(line))
}

fn word(line: &str) -> f32 {
    Metric::Cells.width(marks::first_word(line))
}

/// Whether most rows have a gap that stands below those of others.
fn is_columns(lines: &Lines<'_>, rows: &[Line]) -> bool {
    let drawn = |l: &&Line| {
        lines.of_line(l).starts_with(|c| matches!(c, '\u{2500}'..='\u{257f}')) || is_ruled(lines.of_line(l))
    };
    if rows.iter().filter(drawn).count() * 2 > rows.len() {
        return true;
    }
    // Dots that lead to what stands at the end of each row: a price, a page.
    if rows.len() >= 3 && rows.iter().all(|l| is_led(lines.of_line(l))) {
        return true;
    }
    let gap = |l: &&Line| {
        memchr::memmem::find(lines.of_line(l).as_bytes(), b"  ").is_some() || lines.of_line(l).contains('\t')
    };
    if rows.len() < 3 || rows.iter().filter(gap).count() * 3 < rows.len() {
        return false;
    }
    let cells: Vec<Vec<(usize, usize)>> = rows.iter().map(|l| cells(l.indent, lines.of_line(l))).collect();
    let parted = cells.iter().filter(|row| row.len() > 1).count();
    if parted < 2 || parted * 3 < rows.len() {
        return false;
    }
    let margin = rows.iter().map(|l| usize::from(l.indent)).min().unwrap_or(0);
    // Where cells begin, or end, and in how many rows; what goes on under a cell counts for it.
    let mut begins = std::collections::HashMap::<usize, (usize, usize)>::new();
    let mut ends = std::collections::HashMap::<usize, (usize, usize)>::new();
    for row in &cells {
        for (n, (start, end)) in row.iter().enumerate() {
            if n > 0 || *start > margin + 3 {
                let count = begins.entry(*start).or_default();
                *count = (count.0 + 1, count.1 + usize::from(n > 0));
            }
            if n > 0 {
                let count = ends.entry(*end).or_default();
                *count = (count.0 + 1, count.1 + 1);
            }
        }
    }
    // Justified prose has gaps as well, but narrow ones, and in each row as many as it needs.
    let wide = |l: &&Line| lines.of_line(l).contains("   ") || lines.of_line(l).contains('\t');
    let most = if rows.iter().filter(wide).count() * 2 >= parted { 6 } else { 9 };
    let enough = |(all, inner): &(usize, usize)| *inner >= 2 && all * 10 >= rows.len() * most;
    begins.values().any(enough) || most < 9 && ends.values().any(|count| enough(count) && parted * 10 >= rows.len() * 8)
}

/// Whether most lines end as those of a program do, and some open or close what stands between braces; whether a prompt
/// stands before the first; whether signs are as common as in nothing that is read aloud, or boxes and arrows are drawn.
fn is_program(lines: &Lines<'_>, rows: &[Line]) -> bool {
    let ends = |signs: &[char]| rows.iter().filter(|l| lines.of_line(l).ends_with(signs)).count();
    if rows.len() >= 3 && ends(&['{', '}']) >= 2 && ends(&['{', '}', ';']) * 5 >= rows.len() * 3 {
        return true;
    }
    let prompt = |line: &str| line.strip_prefix("$ ").is_some_and(|r| r.starts_with(|c: char| c.is_ascii_graphic()));
    if rows.first().is_some_and(|l| prompt(lines.of_line(l))) {
        return true;
    }
    let (mut letters, mut signs, mut with, mut drawn) = (0, 0, 0, 0);
    for line in rows.iter().map(|l| lines.of_line(l)) {
        let sign = |c: &char| matches!(c, '$' | '=' | '{' | '}' | '<' | '>' | ';' | '|' | '\\' | '#' | '&' | '~' | '^');
        let here = line.chars().filter(sign).count();
        letters += line.chars().filter(|c| !c.is_whitespace()).count();
        (signs, with) = (signs + here, with + usize::from(here > 0));
        drawn +=
            usize::from(["--+", "+--", "->", "<-", "--|", "|--"].iter().filter(|s| line.contains(**s)).count() > 1);
    }
    // One sign in twelve, on most lines.
    signs * 12 > letters && with * 3 >= rows.len() * 2 || drawn * 2 >= rows.len() && drawn > 1
}

/// `From the mill to the bridge ........ 2d`: words, dots in plenty, and a few letters or digits.
fn is_led(line: &str) -> bool {
    const LONGEST: usize = 24;
    let Some(from) = ["....", ". . .", "……"].iter().filter_map(|dots| line.find(dots)).min() else { return false };
    let end = line[from..].trim_start_matches(['.', '…', ' ']);
    let dots = line[from..line.len() - end.len()].chars().map(|c| if c == '…' { 3 } else { usize::from(c == '.') });
    dots.sum::<usize>() >= 4 && !end.is_empty() && end.len() <= LONGEST && line[..from].contains(char::is_alphanumeric)
}

/// A row of a table that is drawn with signs: `+---+---+`, `| a | b |`.
fn is_ruled(line: &str) -> bool {
    let inner = line.trim();
    inner.len() > 4
        && (inner.starts_with('+') && inner.ends_with('+') || inner.starts_with('|') && inner.ends_with('|'))
        && inner[1..inner.len() - 1].contains(['-', '|', '=', ' '])
}

/// The cells of a row: where each begins and ends. Two blanks or a tab part them; two blanks after a full stop do not.
fn cells(indent: u16, line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut column = usize::from(indent);
    let (mut start, mut end, mut blanks, mut tab, mut last) = (column, column, 0, false, ' ');
    for c in line.chars() {
        if matches!(c, ' ' | '\t') {
            blanks += 1;
            tab |= c == '\t';
            column = if c == '\t' { (column / 8 + 1) * 8 } else { column + 1 };
            continue;
        }
        let sentence = blanks == 2 && matches!(last, '.' | '!' | '?' | ':' | '"' | '”' | ')');
        if (blanks >= 2 && !sentence || tab) && column > start {
            found.push((start, end));
            start = column;
        }
        (blanks, tab, last) = (0, false, c);
        column += cells_of(c);
        end = column;
    }
    found.push((start, end));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(source: &str) -> Layout {
        let lines = Lines::of(source, 0, 0);
        of(&lines, 0, lines.all.len(), WholeText::default())
    }

    #[test]
    fn lines_that_a_writer_made_are_told_from_those_that_a_width_made() {
        let cases = [
            (
                "The wheel is still, the river low,\nThe sacks lie empty by the door.\nI have not seen the water go\nSo quiet these ten years and more.",
                Layout::Lines,
            ),
            (
                "and then he went to the door of the\nhouse and said that he would like to\nsee the miller, who was not at home\nat that time of day.",
                Layout::Prose,
            ),
            (
                "MÜLLER. Das Rad steht still, das Wasser fällt,\ndie Säcke liegen leer am Tor.\nIch sah den Bach in dieser Welt\nnoch nie so stumm wie jetzt zuvor.",
                Layout::Lines,
            ),
            ("白日依山盡，\n黃河入海流。\n欲窮千里目，\n更上一層樓。", Layout::Lines),
            ("春眠不覺曉\n處處聞啼鳥\n夜來風雨聲\n花落知多少", Layout::Lines),
            (
                "工場委員会の委員は全労働者に\nよって選出され、いつでも解任\nすることができる。党は討論よ\nりも規律が重要だと考えた。",
                Layout::Prose,
            ),
            ("Wheat      4s  4d\nBarley    25s 10d\nOats      12s  0d", Layout::Columns),
            (
                "In  the morning you awake, collect your  belongings\nand  set  off  for  the  dungeon. After several days\nof  uneventful travel, you  see  the  ancient  ruins",
                Layout::Prose,
            ),
            ("-v    says more of\n      what it does\n-q    says nothing", Layout::Columns),
            ("a   first word\nbb  second word\nccc third", Layout::Columns),
            ("int main(void)\n{\n    int a = 1;\n    return a;\n}", Layout::Columns),
            (
                "From: A. Warden <a@mill.example>\nDate: Mon, 3 Apr 1871\nSubject: The bridge that is not mended",
                Layout::Lines,
            ),
            ("cd ~/src\nls -l *.txt and more of them, all\nmake\n./run all\nrm it", Layout::Lines),
            (
                "THE SOFTWARE IS PROVIDED AS IT IS AND\nTHERE IS NO WARRANTY OF ANY KIND FOR\nIT, NEITHER EXPRESS NOR IMPLIED, IN\nANY WAY.",
                Layout::Prose,
            ),
            (
                "Die Verwaltung der Stadt hat in ihrem\nBericht über die Arbeiten am Fluss mit\nRecht gesagt, dass die Mühle und das\nWehr dem Wasser im Wege stehen.",
                Layout::Prose,
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(laid_out(source), expected, "{source}");
        }
    }
}
