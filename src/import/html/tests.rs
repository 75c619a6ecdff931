//! Pages and what becomes of them.

use std::fmt::Write as _;

use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};

use crate::import::to_markdown::to_markdown;
use crate::import::{Hint, import, of_markdown};
use crate::text::Text;

fn page(source: &str) -> Text {
    super::read(source, false, &mut Vec::new())
}

/// The page as Markdown, which must read back to the same text.
fn markdown(source: &str) -> String {
    let text = page(source);
    let written = to_markdown(&text);
    let read = of_markdown(&written);
    assert_eq!(read.string(), text.string(), "written:\n{written}");
    assert_eq!(to_markdown(&read), written);
    written
}

#[test]
fn a_document_comes_whole_with_its_structure() {
    let cases = [
        ("<h1>A <em>title</em></h1><p>One\n two &amp; three.", "# A *title*\n\nOne two & three.\n"),
        ("<p>a<ul><li>b<ol start=3><li>c<li>d</ol><li>e</ul>f", "a\n\n- b\n\n  3. c\n  4. d\n- e\n\nf\n"),
        ("<blockquote><p>q</p><p>r</p></blockquote><p>s", "> q\n>\n> r\n\ns\n"),
        ("<pre><code>fn a() {\n    b\n}</code></pre>", "```\nfn a() {\n    b\n}\n```\n"),
        ("<p>Roses are red<br>Violets are blue<br><br>Next.", "Roses are red\\\nViolets are blue\n\nNext.\n"),
        (
            "<table><caption>T</caption><tr><th>a<th>b<tr><td>1<td><b>2</b><tr><td>3</table>",
            "T\n\n| a | b |\n| --- | --- |\n| 1 | **2** |\n| 3 |  |\n",
        ),
        ("<ul><blockquote><ul><li>a</ul>b", "- > - a\n  >\n  > b\n"),
        ("<dl><dt>t<dd>d<dt>u<dd>e</dl>", "- t\n\n  d\n- u\n\n  e\n"),
        ("<p>x<sup>2</sup>, H<sub>2</sub>O, 5<sup>th</sup>", "x², H₂O, 5th\n"),
        ("<p>a<script>var x = '<p>';</script><style>p{}</style><!-- <p>c --> b", "a b\n"),
        ("<p><a href='https://a.b/c'>link</a> <a href='#x'>aim</a>", "[link](https://a.b/c) aim\n"),
        ("<figure><img src=x alt='A map'><figcaption>The map.</figcaption></figure>", "![A map](x)\n\nThe map.\n"),
        ("<p>One <span class='x pagenum'>[Pg 12]</span>two.", "One two.\n"),
        ("<p>1 < 2 & 3 > 2", "1 < 2 & 3 > 2\n"),
        ("<table><tr><td><p>a</p><p>b</p><p>c</p></td><td>d</td></tr></table>", "a\n\nb\n\nc\n\nd\n"),
    ];
    for (source, expected) in cases {
        assert_eq!(markdown(source), expected, "{source}");
    }
}

#[test]
fn notes_are_told_by_what_leads_to_them_and_back() {
    let wikipedia = "<p>Said.<sup id=cite_ref-1><a href='#cite_note-1'>[1]</a></sup> More.<sup id=cite_ref-2><a href='#cite_note-2'>[2]</a></sup></p>\
        <h2>References</h2><ol><li id=cite_note-1><b><a href='#cite_ref-1'>^</a></b> A book.</li>\
        <li id=cite_note-2><b><a href='#cite_ref-2'>^</a></b> Another,<ul><li>in parts.</li></ul></li></ol>";
    let expected = "Said.[^1] More.[^2]\n\n## References\n\n[^1]: A book.\n\n[^2]: Another,\n\n    - in parts.\n";
    assert_eq!(markdown(wikipedia), expected);
    let gutenberg = "<p>Said.<a id=FNanchor_1 href='#Footnote_1'>[A]</a></p>\
        <div class=footnote><p><a id=Footnote_1 href='#FNanchor_1'>[A]</a> The note.</p><p>More of it.</p></div><p>On.</p>";
    assert_eq!(markdown(gutenberg), "Said.[^A]\n\n[^A]: The note.\n\n    More of it.\n\nOn.\n");
    // Two notes of one label are counted.
    let twice = "<p>A<a id=a href='#b'>*</a> B<a id=c href='#d'>*</a></p><p id=b><a href='#a'>*</a> One</p><p id=d><a href='#c'>*</a> Two</p>";
    assert_eq!(markdown(twice), "A[^1] B[^2]\n\n[^1]: One\n\n[^2]: Two\n");
}

#[test]
fn what_only_looks_like_a_note_is_left() {
    let contents = "<p><a id=t1 href='#c1'>1</a> <a href='#c2'>2</a></p><h2 id=c1><a href='#t1'>1</a></h2><p>Words.</p><p id=c2>2 more</p>";
    assert!(page(contents).notes().is_empty());
}

#[test]
fn an_article_stands_out_from_its_site() {
    let paragraph = |n: usize| {
        format!(
            "<p>Paragraph {n} of the article says a good deal about the question of whether councils can govern a country \
                 without a party that leads them, and what became of those that tried it in the year {}.</p>",
            1900 + n
        )
    };
    let body: String = (1..=8).map(paragraph).collect();
    let source = format!(
        "<html lang=en><head><title>On councils | The Site</title><meta name=author content='A. Writer'>\
         <meta property='og:site_name' content='The Site'><meta property='article:published_time' content='2019-11-07T10:00:00Z'></head>\
         <body><nav><ul><li><a href=/>Home</a><li><a href=/a>About us</a></ul></nav><article><h1>On councils</h1>{body}</article>\
         <aside class=related><h3>Related</h3><ul><li><a href=/x>Ten things you never knew about committees and their chairs</a></ul></aside>\
         <footer><p>Copyright of the site, all rights reserved, terms and conditions apply to everything.</p></footer></body></html>"
    );
    let mut warnings = Vec::new();
    let text = super::read(&source, false, &mut warnings);
    let said = text.string();
    assert!(said.contains("Paragraph 1 of") && said.contains("Paragraph 8 of"), "{said}");
    for chrome in ["Home", "About us", "Ten things", "Copyright"] {
        assert!(!said.contains(chrome), "{chrome} in {said}");
    }
    let meta = text.meta();
    assert_eq!((meta.title.as_deref(), meta.author.as_deref()), (Some("On councils"), Some("A. Writer")));
    assert_eq!((meta.date.as_deref(), meta.language.as_deref()), (Some("2019-11-07"), Some("en")));
    assert_eq!(meta.sources, ["The Site"]);
    assert!(warnings.iter().any(|w| w.as_str().starts_with("kept the article")), "{warnings:?}");
    let whole = super::read(&source, true, &mut Vec::new());
    assert!(whole.string().contains("About us"));
}

#[test]
fn an_article_in_pieces_keeps_them_all() {
    let paragraph = |n: usize| {
        format!(
            "<p>Paragraph {n} says that the council of the lower town had met nine times before anyone asked who was to pay.</p>"
        )
    };
    let piece = |from: usize| {
        format!(
            "<div class=text-wrap><div class=grid>{}</div></div>",
            (from..from + 3).map(paragraph).collect::<String>()
        )
    };
    let pieces: String = [0, 3, 6, 9]
        .map(piece)
        .join("<div class=ad-box><p>Buy a bridge today, it is cheaper than any other bridge.</p></div>");
    let menu = "<nav><a href=/a>Section one</a><a href=/b>Section two</a></nav>";
    let comment = "<div id=comments><p>I have met them ten times and nobody asked me for a penny, I can tell you that much.</p></div>";
    // The name of what holds all of it says something else.
    let source = format!(
        "<html><body>{menu}<article><h1>The toll</h1><div class=sidebar-and-body>{pieces}</div>{comment}</article></body></html>"
    );
    let text = page(&source);
    let said: Vec<_> = (0..12).filter(|n| text.string().contains(&format!("Paragraph {n} says"))).collect();
    assert_eq!(said.len(), 12, "{}", text.string());
    for other in ["Section one", "Buy a bridge", "ten times"] {
        assert!(!text.string().contains(other), "{other}");
    }
}

#[test]
fn the_heading_right_before_the_article_and_the_links_of_an_index_are_kept() {
    let step =
        "<li>The council of the lower town had met nine times before anyone asked who was to pay for the bridge.</li>";
    let menu = "<nav><a href=/a>Section one</a></nav>";
    let steps = page(&format!("<html><body>{menu}<div><h1>Steps</h1><ol>{}</ol></div></body></html>", step.repeat(5)));
    assert!(steps.string().starts_with("Steps\n"), "{}", steps.string());
    let card = |n: usize| {
        format!(
            "<div><a href=/s{n}>A story with a long headline, number {n}</a><p>What it is about is said here in one line, number {n}.</p></div>"
        )
    };
    let index: String = (0..9).map(card).collect();
    let index = page(&format!("<html><body>{menu}<h1>Stories</h1>{index}</body></html>"));
    assert!(
        index.string().contains("headline, number 4") && !index.string().contains("Section one"),
        "{}",
        index.string()
    );
}

#[test]
fn where_no_part_is_surely_the_article_all_of_it_is_shown() {
    let prose = |n: usize| {
        format!(
            "<p>Paragraph {n} says that the council of the lower town had met nine times before anyone asked who was to pay.</p>"
        )
    };
    let promos: String = (0..6).map(|n| format!("<div class=promo>{}</div>", prose(n))).collect();
    let source = format!(
        "<html><body><nav><a href=/>Home</a></nav><div><h1>One</h1>{}{}</div>{promos}</body></html>",
        prose(10),
        prose(11)
    );
    let mut warnings = Vec::new();
    let text = super::read(&source, false, &mut warnings);
    assert!(warnings.iter().any(|w| w.is_fault() && w.as_str().contains("surely its article")), "{warnings:?}");
    assert!(text.string().contains("Paragraph 10 says"));
}

/// Tags, letters and attributes that bite, in any order.
fn soup() -> impl Strategy<Value = String> {
    let names = "p|div|ul|ol|li|blockquote|table|tr|td|th|b|i|em|a|sup|h1|h3|pre|code|br|hr|span|dl|dt|dd|section|aside|figure|q|s|select|form|svg|title|body";
    let tag = (prop::sample::select(names.split('|').collect::<Vec<_>>()), any::<bool>(), 0..6u8).prop_map(
        |(name, close, how)| match (close, how) {
            (true, _) => format!("</{name}>"),
            (false, 0) => format!("<{name} id=n1>"),
            (false, 1) => format!("<{name} href='#n1' class=footnote>"),
            (false, 2) => format!("<{name} href=\"https://a.b/(c)\" start=7>"),
            (false, 3) => format!("<{name} / >"),
            _ => format!("<{name}>"),
        },
    );
    let letters = prop_oneof![
        6 => "[a-z ]{1,12}".prop_map(|s| s), 2 => "[*_`#>|!\\[\\]()~+=:.-]{1,5}".prop_map(|s| s),
        1 => "[0-9]{1,3}[.)]? ".prop_map(|s| s),
        1 => prop::sample::select(vec!["&amp;", "&#27;", "&nbsp;", "\n", "<", "1", "[1]", "—", "é", "日本", "&lt;b&gt;", "<!--", "-->", "<![CDATA["]).prop_map(str::to_owned),
    ];
    prop::collection::vec(prop_oneof![tag, letters], 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_reads_back_from_its_markdown(source in soup()) {
        let text = page(&source);
        let written = to_markdown(&text);
        let read = of_markdown(&written);
        prop_assert_eq!(read.string(), text.string(), "written:\n{}", written);
        prop_assert_eq!(read.notes(), text.notes(), "written:\n{}", written);
        prop_assert_eq!(read.voices(), text.voices(), "written:\n{}", written);
        prop_assert_eq!(read.meta(), text.meta(), "written:\n{}", written);
        prop_assert_eq!(to_markdown(&read), written);
        prop_assert_eq!(&page(&source), &text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = import(&bytes, &Hint::named("a.html"));
    }
}

#[test]
fn nothing_nests_deep_enough_to_hurt() {
    let mut wide = String::new();
    for n in 0..800 {
        let _ = write!(wide, "<p><font size={n}>");
    }
    let cases = [
        "<div>".repeat(20_000),
        "<ul><li>".repeat(10_000),
        "<b><div></b>".repeat(5000),
        "<table><td></div>".repeat(5000),
        wide,
    ];
    for source in cases {
        let text = page(&format!("{source}x"));
        assert_eq!(text.string(), "x", "{} bytes", source.len());
    }
}
