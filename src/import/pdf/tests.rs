//! Tests on whole files made here: a small PDF is a few objects, and each page a list of strings with their places.

use std::fmt::Write;

use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};

use crate::import::error::ImportError;
use crate::import::format::Format;
use crate::import::tests::reads_back;
use crate::import::to_markdown::to_markdown;
use crate::import::warning::Warning;
use crate::import::{Hint, Imported, import};
use crate::text::block::BlockKind;
use crate::text::span::SpanKind;

/// A page in the making: what is drawn on it.
#[derive(Debug, Clone, Default)]
pub(super) struct Paper(pub(super) String);

impl Paper {
    /// Sets a string in Courier: each letter is 0.6 of the size wide.
    pub(super) fn set(&mut self, x: f32, y: f32, size: f32, string: &str) -> &mut Self {
        self.face("F1", x, y, size, string)
    }

    /// Sets a string as the marked content of this number.
    fn marked(&mut self, mark: u32, x: f32, y: f32, size: f32, string: &str) -> &mut Self {
        let _ = writeln!(self.0, "/P << /MCID {mark} >> BDC");
        self.set(x, y, size, string);
        let _ = writeln!(self.0, "EMC");
        self
    }

    pub(super) fn face(&mut self, font: &str, x: f32, y: f32, size: f32, string: &str) -> &mut Self {
        let escaped = string.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(self.0, "BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET");
        self
    }

    /// Sets prose in lines of at most `wide` letters from `y` down, first lines set in by `indent`, and returns where
    /// the next line goes.
    pub(super) fn prose(&mut self, x: f32, mut y: f32, wide: usize, indent: f32, paragraphs: &[&str]) -> f32 {
        for paragraph in paragraphs {
            let options = textwrap::Options::new(wide).initial_indent(if indent > 0.0 { "~~" } else { "" });
            for (n, line) in textwrap::wrap(paragraph, options).iter().enumerate() {
                let shift = if n == 0 { indent } else { 0.0 };
                self.set(x + shift, y, 10.0, line.trim_start_matches('~'));
                y -= 12.0;
            }
        }
        y
    }
}

/// The bytes of a file of these pages.
pub(super) fn pdf(pages: &[Paper]) -> Vec<u8> {
    tagged(pages, "")
}

/// The same, with this tree of elements; pages are the objects 7, 9, 11 and so on.
fn tagged(pages: &[Paper], tree: &str) -> Vec<u8> {
    let root = if tree.is_empty() { String::new() } else { format!("/StructTreeRoot << /K [ {tree} ] >>") };
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {root} >>"),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Oblique /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Title (Bread and Roses) /Author (Ann Lee) >>".to_owned(),
    ];
    let mut kids = String::new();
    for page in pages {
        let content = objects.len() + 2;
        let _ = write!(kids, "{} 0 R ", content - 1);
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {content} 0 R \
             /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 << /Type /Font /Subtype /Type1 \
             /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{}\nendstream", page.0.len(), page.0));
    }
    objects[1] = format!("<< /Type /Pages /Kids [ {kids}] /Count {} >>", pages.len());
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let table = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ =
        write!(out, "trailer << /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n", places.len() + 1);
    out.into_bytes()
}

pub(super) fn read(pages: &[Paper]) -> Imported {
    import(&pdf(pages), &Hint::named("a.pdf")).unwrap()
}

pub(super) fn blocks(read: &Imported) -> Vec<(BlockKind, &str)> {
    read.text.blocks().iter().enumerate().map(|(i, b)| (b.kind, read.text.block_str(i))).collect()
}

pub(super) fn said(read: &Imported) -> Vec<&str> {
    read.warnings.iter().map(Warning::as_str).collect()
}

pub(super) const ONE: &str = "The councils were elected by those who worked in the place and could be recalled on any day of the \
                   week, and nobody who sat in them was paid more than a worker was, so that few wished to sit long.";
pub(super) const TWO: &str = "It was in the spring that they began to be heard of beyond the city, and by the summer they were \
                   everywhere, in the villages too and in the army, where officers had been elected since March.";
pub(super) const THREE: &str = "Nobody had planned them. Those who wrote about them afterwards said that they had come up like \
                     mushrooms after rain, and that no party had sown them; but the parties were there to gather.";

#[test]
fn the_structure_of_a_tagged_file_gives_headings_and_their_order() {
    let mut page = Paper::default();
    // Headings in the type of the text, and what is read first is drawn last, at the right.
    page.marked(0, 330.0, 700.0, 10.0, "Of the councils");
    for (n, line) in textwrap::wrap(ONE, 40).iter().enumerate() {
        page.marked(1, 330.0, 680.0 - 12.0 * n as f32, 10.0, line);
    }
    page.marked(2, 72.0, 700.0, 10.0, "Of the spring");
    for (n, line) in textwrap::wrap(TWO, 40).iter().enumerate() {
        page.marked(3, 72.0, 680.0 - 12.0 * n as f32, 10.0, line);
    }
    let element = |kind: &str, mark: u32| format!("<< /S /{kind} /Pg 7 0 R /K {mark} >> ");
    let tree = ["H2", "P", "H2", "P"].iter().zip(0..).map(|(kind, mark)| element(kind, mark)).collect::<String>();
    let of = |tree: &str| import(&tagged(std::slice::from_ref(&page), tree), &Hint::named("a.pdf")).unwrap();
    let read = of(&tree);
    let heading = |s| (BlockKind::Heading, s);
    let prose = |s| (BlockKind::Paragraph, s);
    assert_eq!(blocks(&read), [heading("Of the councils"), prose(ONE), heading("Of the spring"), prose(TWO)]);
    // A tree that covers little is not meant.
    let read = of(&element("H1", 3));
    assert!(
        blocks(&read).iter().all(|(kind, s)| *kind != BlockKind::Heading || s.starts_with("Of")),
        "{:?}",
        blocks(&read)
    );
    // Nor is one that leads into itself, or about the page, harmful.
    for tree in ["<< /S /P /K << /S /H1 /Pg 7 0 R /K [ 0 1 2 3 0 1 ] >> >>", "7 0 R", "1 0 R", "[[[ 3 ]]]"] {
        assert!(!of(tree).text.string().is_empty());
    }
}

#[test]
fn a_word_that_is_no_element_stays_in_its_sentence() {
    let mut page = Paper::default();
    page.marked(0, 72.0, 700.0, 10.0, "The mill is").marked(1, 144.0, 700.0, 10.0, "never");
    page.marked(2, 180.0, 700.0, 10.0, "still in a spring like this.");
    page.marked(3, 72.0, 680.0, 10.0, "And the wheel turns on.");
    let stressed = "<< /S /NonStruct /K << /S /Span /Pg 7 0 R /K 1 >> >>";
    let tree = format!("<< /S /P /Pg 7 0 R /K [ 0 {stressed} 2 ] >> << /S /P /Pg 7 0 R /K 3 >>");
    let read = import(&tagged(&[page], &tree), &Hint::named("a.pdf")).unwrap();
    let texts: Vec<&str> = blocks(&read).into_iter().map(|(_, s)| s).collect();
    assert_eq!(texts.concat(), "The mill is never still in a spring like this. And the wheel turns on.");
}

#[test]
fn rows_of_cells_are_a_table() {
    let mut page = Paper::default();
    let y = page.prose(72.0, 700.0, 60, 0.0, &[ONE]);
    let rows = [["Grain", "Price", "Sold by"], ["Wheat", "4s", "the sack"], ["Oats", "12s", "the pound"]];
    for (n, row) in rows.iter().enumerate() {
        for (cell, x) in row.iter().zip([72.0, 200.0, 300.0]) {
            page.set(x, y - 20.0 - 12.0 * n as f32, 10.0, cell);
        }
    }
    page.prose(72.0, y - 80.0, 60, 0.0, &[TWO]);
    let read = read(&[page]);
    let table = (BlockKind::Table, "Grain\tPrice\tSold by\nWheat\t4s\tthe sack\nOats\t12s\tthe pound");
    assert_eq!(blocks(&read), [(BlockKind::Paragraph, ONE), table, (BlockKind::Paragraph, TWO)]);
    let again = import(to_markdown(&read.text).as_bytes(), &Hint::named("a.md")).unwrap();
    assert_eq!(again.text.blocks().len(), 3);
    assert_eq!(again.text.string(), read.text.string());
}

#[test]
fn what_recurs_within_pages_is_no_furniture() {
    let pages: Vec<Paper> = (1..=6)
        .map(|n| {
            let mut page = Paper::default();
            page.set(72.0, 740.0, 8.0, "EXERCISES").set(300.0, 40.0, 8.0, &n.to_string());
            page.set(72.0, 700.0, 16.0, &format!("Test for {}", ["Ann", "Bea", "Cora", "Dora", "Eve", "Fay"][n - 1]));
            page.set(72.0, 670.0, 10.0, "Exercise");
            let y = page.prose(72.0, 650.0, 60, 0.0, &[&format!("Find the length of a side of {n} in.")]);
            if n % 2 == 0 {
                page.prose(72.0, y - 20.0, 60, 0.0, &[TWO]);
            }
            page
        })
        .collect();
    let read = read(&pages);
    let said = |words: &str| blocks(&read).iter().filter(|(_, s)| s.contains(words)).count();
    assert_eq!([said("Exercise"), said("Find the length"), said("EXERCISES")], [6, 6, 0], "{:?}", blocks(&read));
}

#[test]
fn indents_part_paragraphs_and_breaks_of_pages_do_not() {
    let mut pages = Vec::new();
    for n in 1..=3 {
        let mut page = Paper::default();
        page.set(72.0, 740.0, 8.0, "BREAD AND ROSES").set(300.0, 40.0, 8.0, &n.to_string());
        let half = TWO.find("summer").unwrap();
        match n {
            1 => page.prose(72.0, 700.0, 60, 12.0, &[ONE, &TWO[..half - 1]]),
            2 => {
                let y = page.prose(72.0, 700.0, 60, 0.0, &[&TWO[half..]]);
                page.prose(72.0, y, 60, 12.0, &[THREE, ONE, TWO])
            }
            _ => page.prose(72.0, 700.0, 60, 12.0, &[THREE, ONE]),
        };
        pages.push(page);
    }
    let read = read(&pages);
    let texts: Vec<&str> = blocks(&read).into_iter().map(|(_, s)| s).collect();
    assert_eq!(texts, [ONE, TWO, THREE, ONE, TWO, THREE, ONE]);
    assert_eq!(read.format, Format::Pdf);
    assert_eq!(read.text.meta().title.as_deref(), Some("Bread and Roses"));
    assert_eq!(read.text.meta().author.as_deref(), Some("Ann Lee"));
    let said = said(&read);
    assert!(said.contains(&"dropped 3 running heads") && said.contains(&"dropped 3 page numbers"), "{said:?}");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut page = Paper::default();
    page.face("F2", 72.0, 740.0, 18.0, "On councils");
    let y = page.prose(72.0, 700.0, 36, 12.0, &[ONE, TWO, THREE]);
    page.prose(320.0, 698.0, 36, 12.0, &[THREE, ONE, TWO]);
    page.set(72.0, y - 30.0, 10.0, "A line under both of the columns that goes on from one side to the other one.");
    let read = read(&[page]);
    let texts: Vec<&str> = blocks(&read).into_iter().map(|(_, s)| s).collect();
    assert_eq!(texts[..7], ["On councils", ONE, TWO, THREE, THREE, ONE, TWO]);
    assert_eq!(read.text.blocks()[0].kind, BlockKind::Heading);
}

#[test]
fn notes_at_the_end_of_a_page_are_notes() {
    let mut pages = Vec::new();
    for note in ["By the papers of the day.", "Neither paper says so."] {
        let mut page = Paper::default();
        page.prose(72.0, 700.0, 60, 12.0, &[ONE]);
        page.set(84.0, 640.0, 10.0, "So it was said then").set(84.0 + 19.0 * 6.0, 644.0, 6.0, "1");
        page.set(84.0 + 20.0 * 6.0, 640.0, 10.0, " by all.");
        page.prose(72.0, 628.0, 60, 12.0, &[TWO]);
        page.set(72.0, 103.0, 5.0, "1").set(76.0, 100.0, 8.0, note);
        pages.push(page);
    }
    let read = read(&pages);
    let notes: Vec<_> = blocks(&read).into_iter().filter(|(k, _)| *k == BlockKind::Footnote).map(|(_, s)| s).collect();
    assert_eq!(notes, ["By the papers of the day.", "Neither paper says so."]);
    let cites: Vec<_> =
        read.text.string().match_indices("then[").map(|(at, _)| &read.text.string()[at..at + 7]).collect();
    assert_eq!(cites, ["then[1]", "then[2]"]);
    assert_eq!(read.text.spans().iter().filter(|s| matches!(s.kind, SpanKind::NoteRef(_))).count(), 2);
}

#[test]
fn faces_are_emphasis_and_letters_of_one_face_are_not() {
    let mut page = Paper::default();
    page.prose(72.0, 700.0, 60, 12.0, &[ONE, TWO]);
    page.set(84.0, 600.0, 10.0, "It was called").face("F3", 84.0 + 14.0 * 6.0, 600.0, 10.0, "The Beacon");
    page.set(84.0 + 24.0 * 6.0, 600.0, 10.0, ", a weekly.");
    let read = read(&[page]);
    let stressed: Vec<_> = read
        .text
        .spans()
        .iter()
        .filter(|s| s.kind == SpanKind::Emphasis)
        .map(|s| &read.text.string()[s.range()])
        .collect();
    assert_eq!(stressed, ["The Beacon"]);
}

#[test]
fn what_cannot_be_read_is_told_in_one_line() {
    let bare = pdf(&[Paper::default()]);
    assert_eq!(import(&bare, &Hint::named("a.pdf")), Err(ImportError::NoTextLayer));
    let mut page = Paper::default();
    page.prose(72.0, 700.0, 60, 12.0, &[ONE, TWO, THREE]);
    let whole = pdf(&[page.clone(), Paper::default(), page.clone()]);
    let partly = import(&whole, &Hint::named("a.pdf")).unwrap();
    let warned = "page 2 of 3 is without text: where it is a scan, run OCR first";
    assert!(said(&partly).contains(&warned), "{:?}", said(&partly));
    let cut = import(&whole[..whole.len() / 2], &Hint::named("a.pdf"));
    assert!(cut.is_err() || cut.is_ok_and(|read| !read.warnings.is_empty()));
    assert_eq!(import(b"%PDF-1.7\n", &Hint::named("a.pdf")), Err(ImportError::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = import(&[b"%PDF-1.4\n", &bytes[..]].concat(), &Hint::named("a.pdf"));
    }

    #[test]
    fn a_damaged_file_is_read_or_refused_and_reads_back(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12), cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut page = Paper::default();
        page.face("F2", 72.0, 740.0, 18.0, "On councils");
        page.prose(72.0, 700.0, 36, 12.0, &[ONE, TWO]);
        page.prose(320.0, 698.0, 36, 12.0, &[THREE, ONE]);
        let mut bytes = pdf(&[page.clone(), page]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(read) = import(&bytes, &Hint::named("a.pdf"))
            && read.format == Format::Pdf
        {
            let again = import(to_markdown(&read.text).as_bytes(), &Hint::named("a.md"));
            prop_assert_eq!(again.map_or(String::new(), |i| i.text.string().to_owned()), read.text.string());
        }
    }

    #[test]
    fn any_page_reads_back(drawn in prop::collection::vec(prop::sample::select(vec![
        "BT", "ET", "/F1 10 Tf", "/F2 20 Tf", "/F3 10 Tf", "1 0 0 1 72 700 Tm", "0 -12 Td", "0 -40 Td", "300 0 Td", "(words) Tj",
        "[(a)-91(b)-91(c)-800(d)] TJ", "(# e) Tj", "(1. f) Tj", "(* g) Tj", "(|h|) Tj", "(the mill stood by the river) Tj", "q", "Q",
        "2 Tc", "T*", "14 TL", "(Contents ..... 9) '", "(1917) Tj", "(> i) Tj",
    ]), 0..60)) {
        let drawn = format!("BT /F1 10 Tf 1 0 0 1 72 700 Tm {}", drawn.join(" "));
        if let Ok(read) = import(&pdf(&[Paper(drawn.clone())]), &Hint::named("a.pdf")) {
            reads_back(&drawn, &read.text)?;
        }
    }

    #[test]
    fn any_operators_are_passed_over(content in "[ -~\n]{0,300}") {
        let _ = import(&pdf(&[Paper(content)]), &Hint::named("a.pdf"));
    }
}
