//! What is on a handout.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Handout, html, markdown};
use crate::export::linear;
use crate::export::opened::Opens;
use crate::import::{Hint, import};
use crate::study::comparison::{Compared, Comparison, Named};
use crate::study::own::PlacedJudgements;
use crate::text::Text;
use crate::topic::codebook::{Codebook, Topic};

fn text(source: &str) -> Arc<Text> {
    Arc::new(import(source.as_bytes(), &Hint::named("a.md")).unwrap().text)
}

fn compared(left: &Arc<Text>, right: &Arc<Text>) -> Vec<Compared> {
    let mut ovens = Topic::of_terms("ovens", "Ovens & <heat>", &["oven*"]);
    ovens.about = "What is hot.".to_owned();
    let book = Arc::new(Codebook::new([ovens, Topic::of_terms("ships", "Ships", &["sail*"])]));
    let go_on = |_, _| ControlFlow::Continue(());
    let comparison =
        Comparison::of([left, right], &book, PlacedJudgements::default(), &go_on).continue_value().unwrap();
    comparison.compared_on_all(false, &go_on).continue_value().unwrap()
}

#[test]
fn everything_is_on_the_page_and_nothing_runs() {
    let left = text(
        "---\ntitle: \"Bread <script>\"\nauthor: A. Baker\ndate: 1902\nlanguage: de\n---\n\n## Heat\n\nThe *oven* must be hot <b>now</b>.\n\nYeast.\n",
    );
    let right = text(
        "# Soup\n\nNo oven is needed for a soup, and an oven burns it.\n\nWater.\n\n## More\n\n> An oven again, said she.\n",
    );
    let compared = compared(&left, &right);
    let names = (Named { name: "Bread <script>", text: &left }, Named { name: "Soup", text: &right });
    let handout = Handout::of(names.0, names.1, &compared);
    let mut out = Vec::new();
    html::write(&mut out, &handout).unwrap();
    let page = String::from_utf8(out).unwrap();
    for expected in [
        "<html lang=\"en\">",
        "<h2 id=\"topic-1\">Ovens &amp; &lt;heat&gt;</h2>",
        "<a href=\"#topic-1-1\">¶1</a>",
        "<div lang=\"de\" dir=\"auto\">",
        "<em><mark>oven</mark></em>",
        "<li>Left: A. Baker, Bread &lt;script&gt;, 1902</li>",
        "Neither text treats: Ships.",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    for refused in ["<script", "<b>now", "http://", "https://", "src=", "javascript"] {
        assert!(!page.contains(refused), "{refused}");
    }
    let mut out = Vec::new();
    markdown::write(&mut out, &handout).unwrap();
    insta::assert_snapshot!("markdown", String::from_utf8(out).unwrap());
    // With what opens its rows: one side may have nothing across.
    let opened = Handout::of(names.0, names.1, &compared).opened(Opens::by("/ä b.md", "embedded:soup"));
    let mut out = Vec::new();
    html::write(&mut out, &opened).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(page.contains("<a href=\"diptych://read?left=/%C3%A4%20b.md:1&amp;right=embedded:soup:1\""), "{page}");
    let mut out = Vec::new();
    markdown::write(&mut out, &opened).unwrap();
    let plain = String::from_utf8(out).unwrap();
    let alone = "\n[In Diptych](diptych://read?left=/%C3%A4%20b.md&right=embedded:soup:3).\n";
    assert!(plain.contains(alone), "{plain}");
    let mut out = Vec::new();
    linear::write(&mut out, names.0, names.1, &compared, Some(40)).unwrap();
    insta::assert_snapshot!("linear", String::from_utf8(out).unwrap());
}

#[test]
fn an_announced_quotation_is_shown_once() {
    let left = text(
        "Of the oven she wrote:\n\n> An oven is never cold.\n\nRain.\n\nOf that oven he wrote:\n\n> Nothing is sold.\n",
    );
    let right = text("The oven was cold for a week, and no oven is hot for ever.\n");
    let compared = compared(&left, &right);
    let handout = Handout::of(Named { name: "A", text: &left }, Named { name: "B", text: &right }, &compared);
    let mut out = Vec::new();
    html::write(&mut out, &handout).unwrap();
    let page = String::from_utf8(out).unwrap();
    for (quotation, shown) in [("is never cold.", 1), ("Nothing is sold.", usize::from(page.contains(" he wrote:")))] {
        assert_eq!(page.matches(quotation).count(), shown, "{quotation}\n{page}");
    }
}
