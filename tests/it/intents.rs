//! What the session is on the way to: it is gone to once, or not at all, and never at a later moment.

use diptych::link::Side;
use diptych::model::open::Shelved;
use diptych::text::clean::Clean;

use crate::play::Play;

#[test]
fn a_text_that_could_not_be_brought_moves_nothing_later() {
    let mut play = Play::bundled();
    let gone = |request: &str| Shelved {
        request: request.to_owned(),
        title: Clean::line("Gone"),
        about: Clean::line("it was here a moment ago"),
        leads_to: None,
    };
    play.app.shelf.fill(vec![gone("/nowhere/gone.md")]);
    // No topic, no sync: nothing but a jump moves the other pane.
    play.keys("s s 2 0 G O").shows("/nowhere/gone.md: no such file");
    play.keys("4 0 g g");
    let before = [Side::Left, Side::Right].map(|side| play.passage(side));
    play.keys("x");
    let after = [Side::Right, Side::Left].map(|side| play.passage(side));
    assert_eq!(after, before);
}
