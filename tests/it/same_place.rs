//! Whoever follows sees what the leader's screen shows: that a side is silent, that a passage is lost, where the spotlight is;
//! and never another passage in its place.

use std::fs;
use std::sync::Arc;

use diptych::app::message::Msg;
use diptych::app::room::{Heard, Role};
use diptych::app::scene::Scene;
use diptych::link::Side;
use diptych::wire::message::{Presented, Shown, ShownText};
use ratatui::style::Modifier;

use crate::cli::out;
use crate::play::Play;
use crate::shelf::Own;

const MILL: &str = "# The Mill\n\nThe wheel turned before light.\n\nFlour lay on the sill. Nobody swept it. The cat slept.\n\n\
                    The miller kept no ledger.\n";
const FARM: &str = "# The Farm\n\nThe barn was locked at noon.\n\nGrain lay in the loft. Nobody counted it. Nobody swept the sill, and the cat slept.\n\nThe farmer kept two ledgers.\n";

/// Two texts, and who presents a stop with their second passages.
fn leading(own: &Own) -> Play {
    own.put("mill.md", MILL);
    own.put("farm.md", FARM);
    let mut leader = own.read("mill.md", "farm.md");
    leader.keys("2 G tab 2 G tab P");
    assert_eq!(leader.app.touring.tour.stops.len(), 1);
    leader
}

fn told(leader: &Play) -> Msg {
    Msg::Led(Heard::Shown(Arc::new(leader.app.shown())))
}

/// A session that follows, with the same texts.
fn following(own: &Own, leader: &Play) -> Play {
    let mut follower = Play::keeping(own.library().keeping_apart(), "", "");
    follower.lead_by(Role::Follower);
    follower.tell(told(leader));
    follower
}

/// Has the left passage of the stop be one that its text does not have.
fn lose(leader: &mut Play) {
    let place = leader.app.touring.tour.stops[0].left.as_mut().unwrap();
    "Seven swans crossed an unnamed lake, quarrelling over philosophy.".clone_into(&mut place.exact);
    (place.hash, place.prefix, place.suffix) = (0, String::new(), String::new());
}

#[test]
fn a_lost_passage_is_lost_for_followers_too_whatever_lies_over_it() {
    let own = Own::empty();
    let mut leader = leading(&own);
    lose(&mut leader);
    leader.keys("g p space").shows("Seven swans").hides("The wheel turned");
    leader.keys("space");
    let mut follower = following(&own, &leader);
    follower.shows("It read: “Seven").shows("Grain lay in the loft").shows("The Mill has lost its passage");
    follower.hides("The wheel turned").hides("Flour lay");
    let shown = leader.app.shown();
    let left = shown.left.unwrap();
    assert!(left.silent && left.passage.is_none() && left.blocks.is_empty(), "{left:?}");
    // With the map over it, it is not found either.
    leader.keys("g m");
    follower.tell(told(&leader)).shows("It read: “Seven").hides("The wheel turned");
    follower.resize(160, 35).shows("the leader shows the map");
    // Who looks around reads in the texts, and comes back to what the leader shows.
    follower.keys("s").shows("Flour lay");
    assert!(matches!(follower.app.screens.scene(), Scene::Reading));
    follower.keys("g F").shows("It read: “Seven").hides("The wheel turned");
    // A digression shows a passage again, and so do the panes.
    leader.keys("esc tab / \"ledger\" enter").shows("The miller kept no ledger");
    follower.tell(told(&leader)).shows("The miller kept no ledger");
    assert_eq!((follower.passage(Side::Left), leader.passage(Side::Left)), (3, 3));
    leader.keys("r").shows("Seven swans");
    follower.tell(told(&leader)).shows("It read: “Seven");
}

#[test]
fn a_followers_own_tour_has_the_leaders_title() {
    let own = Own::empty();
    leading(&own).keys("g r T \"An_evening\" enter").shows("An evening");
    let [mill, farm] = ["mill.md", "farm.md"].map(|name| own.at(name).to_str().unwrap().to_owned());
    let apart = || Play::keeping(own.library().keeping_apart(), &mill, &farm);
    apart().keys("3 G P");
    let leaders = fs::read_to_string(own.at("tour.toml")).unwrap();
    assert_eq!(leaders.matches("[[stop]]").count(), 1, "{leaders}");
    apart().keys("g r").shows("stop 1/2").shows("An evening");
}

#[test]
fn a_silent_side_is_silent_for_followers_too() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.app.touring.tour.stops[0].right = None;
    leader.keys("g p space space");
    let follower = following(&own, &leader);
    follower.shows("Flour lay on the sill").shows("is silent here.").hides("The barn was locked").hides("Grain lay");
}

#[test]
fn a_text_that_is_not_open_is_lost_by_its_name() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.app.touring.tour.stops[0].left.as_mut().unwrap().text = "gone.md".into();
    leader.keys("g p space");
    let left = leader.app.shown().left.unwrap();
    assert!(left.lost.is_some_and(|lost| lost.contains("Flour lay")), "the words travel along");
    assert_eq!((left.title.as_str(), left.hash.as_str(), left.passage), ("gone.md", "", None));
}

#[test]
fn what_a_file_says_by_now_is_not_taken_for_what_the_leader_shows() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.keys("2 G");
    let mut follower = following(&own, &leader);
    assert!(matches!(follower.app.screens.scene(), Scene::Reading));
    // A number beyond the end is no place in the text that is here.
    let mut other = following(&own, &leader);
    assert!(matches!(other.app.screens.scene(), Scene::Reading));
    let mut shown = leader.app.shown();
    for text in [&mut shown.left, &mut shown.right].into_iter().flatten() {
        (text.passage, text.of) = (Some(900), 900);
    }
    other.tell(Msg::Led(Heard::Shown(Arc::new(shown))));
    assert!(matches!(other.app.screens.scene(), Scene::Room));
    own.put("mill.md", &MILL.replace("# The Mill\n\n", "# The Mill\n\nA new beginning.\n\n"));
    follower.tell(Msg::Changed { side: Side::Left });
    assert!(matches!(follower.app.screens.scene(), Scene::Room));
    follower.shows("Flour lay on the sill").shows("here with other words").hides("A new beginning");
}

#[test]
fn the_leaders_spotlight_is_seen_in_ones_own_panes() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.keys("g p space s s");
    let present = leader.app.shown().present.unwrap();
    assert_eq!((present.lit.as_deref(), present.lit_side.as_deref()), (Some("Nobody swept it."), Some("left")));
    let mut follower = following(&own, &leader);
    assert!(matches!(follower.app.screens.scene(), Scene::Reading));
    let bold = follower.styled(Modifier::BOLD);
    assert!(bold.contains("Nobody swept it.") && !bold.contains("Flour lay"), "{bold}");
    // Looking around, one is not told where to look.
    follower.keys("g F");
    assert!(!follower.styled(Modifier::BOLD).contains("Nobody swept it."));
}

#[test]
fn what_the_leader_shows_besides_the_pair_is_named() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.keys("g p");
    let mut follower = following(&own, &leader);
    follower.shows("stop 1 of 1").shows("the leader shows the title");
    leader.keys("space B");
    follower.tell(told(&leader)).shows("the leader's screen is dark");
    let at = |present| Shown { present, ..leader.app.shown() };
    follower.tell(Msg::Led(Heard::Shown(Arc::new(at(Some(Presented::default())))))).hides("dark");
}

#[test]
fn of_two_texts_that_are_not_here_both_are_told_by_name_and_content() {
    let own = Own::empty();
    own.put("here/mill.md", FARM);
    let text = |name: &str, title: &str, hash: &str| ShownText {
        text: format!("/nowhere/of/the/leader/{name}"),
        title: title.to_owned(),
        hash: hash.repeat(16),
        ..ShownText::default()
    };
    let library = own.library();
    library.begin_in(&own.at("here"));
    let mut follower = Play::keeping(library, "", "");
    follower.lead_by(Role::Follower);
    let (left, right) = (text("mill.md", "The Mill", "1"), text("barn.md", "The Barn", "2"));
    follower.tell(Msg::Led(Heard::Shown(Arc::new(Shown { left: Some(left), right: Some(right), ..Shown::default() }))));
    let told = follower.app.out.notice.as_ref().unwrap().as_str().to_owned();
    for words in
        ["mill.md (“The Mill”) is not here: ", "here/mill.md has other words", "barn.md (“The Barn”) is not here;"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    follower.shows("The Mill · here with other words").shows("The Barn · not here");
}

#[test]
fn in_a_big_folder_few_texts_are_looked_at_and_those_of_the_leaders_name_first() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.keys("2 G");
    let mut shown = leader.app.shown();
    for (text, name) in [(&mut shown.left, "mill.md"), (&mut shown.right, "farm.md")] {
        text.as_mut().unwrap().text = format!("/nowhere/of/the/leader/{name}");
    }
    for at in 0..250 {
        own.put(&format!("big/a{at:03}.txt"), &format!("Words of file {at}.\n"));
        own.put(&format!("all/a{at:03}.md"), &format!("Words of file {at}.\n"));
    }
    // By its name, in a folder below; by its ending, under another name.
    own.put("big/z/mill.md", MILL);
    own.put("big/z/renamed.md", FARM);
    // Nothing of that name, and too many of that ending.
    own.put("all/renamed.md", MILL);
    own.put("all/z/farm.md", MILL);
    let following = |folder: &str| {
        let library = own.library();
        library.begin_in(&own.at(folder));
        let mut follower = Play::keeping(library, "", "");
        follower.lead_by(Role::Follower);
        follower.tell(Msg::Led(Heard::Shown(Arc::new(shown.clone()))));
        follower
    };
    assert!(matches!(following("big").app.screens.scene(), Scene::Reading));
    let follower = following("all");
    let told = follower.app.out.notice.as_ref().unwrap().as_str().to_owned();
    assert!(told.contains("mill.md (“The Mill”) is not here;"), "{told}");
    assert!(told.contains("farm.md (“The Farm”) is not here: ") && told.contains("other words"), "{told}");
}

#[test]
fn a_follower_is_not_asked_where_to_keep_what_it_makes_and_told_once() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.keys("2 G");
    fs::remove_file(own.at("tour.toml")).unwrap();
    let mut follower = following(&own, &leader);
    follower.keys("a \"mine\" ctrl-s").shows("yours, and kept in").shows("following").hides("read-only");
    follower.keys("P").hides("yours, and kept in").hides("read-only").hides("not saved");
    follower.keys("+ enter").hides("read-only").hides("not saved");
    // Opened again, nothing of it is offered to be put beside the texts.
    let again = following(&own, &leader);
    again.hides("beside these texts").hides("y/n").shows("following");
    assert!(!own.at("notes").exists() && !own.at("links.toml").exists() && !own.at("tour.toml").exists());
}

#[test]
fn what_the_leader_has_joined_stays_for_who_follows() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.keys("2 G + enter");
    let joined = fs::read(own.at("links.toml")).unwrap();
    let mut follower = following(&own, &leader);
    follower.keys("-");
    if follower.screen().join(" ").contains("y/n") {
        follower.keys("y");
    }
    follower.shows("that is the leader's, and stays as it is").hides("not saved");
    assert_eq!(fs::read(own.at("links.toml")).unwrap(), joined);
    follower.keys("q");
    assert!(follower.ended, "nothing is left to be saved");
}

#[test]
fn over_a_presentation_the_corner_stays_and_r_comes_back() {
    let own = Own::empty();
    let mut leader = leading(&own);
    leader.keys("g p space").shows("1/1");
    for (over, back) in [("g m", "r"), ("t", "ctrl-r"), ("?", "ctrl-r")] {
        leader.keys(over);
        let footer = leader.footer();
        assert!(footer.trim_end().ends_with("1/1") && footer.contains("back to 1/1"), "{over}: {footer}");
        leader.keys(back);
        assert!(matches!(leader.app.screens.scene(), Scene::Present(_)), "{over}");
        assert!(leader.app.screens.overlay().is_none(), "{over}");
    }
    let theme = leader.app.settings.theme_name().to_owned();
    leader.keys("g m z c");
    assert_ne!(leader.app.settings.theme_name(), theme);
    assert!(matches!(leader.app.screens.scene(), Scene::Map(_)));
    leader.keys("r").shows("Flour lay");
}

#[test]
fn a_search_that_is_typed_is_a_digression_as_long_as_a_hit_is_shown() {
    let own = Own::empty();
    let mut leader = leading(&own);
    lose(&mut leader);
    leader.keys("g p space").shows("Seven swans");
    leader.keys("/ \"ledger\"").shows("The miller kept no ledger");
    assert!(!leader.footer().contains("back to"), "{}", leader.footer());
    let shown = leader.app.shown();
    let (left, present) = (shown.left.unwrap(), shown.present.unwrap());
    assert!(present.away && !left.silent && left.passage == Some(3), "the screen and what is told agree");
    leader.keys("esc").shows("Seven swans");
    let shown = leader.app.shown();
    assert!(!shown.present.unwrap().away && shown.left.unwrap().lost.is_some());
    leader.keys("/ \"ledger\" enter").shows("The miller kept no ledger").shows("back to");
}

#[test]
fn a_place_whose_number_is_not_known_is_not_said_to_be_passage_0() {
    let own = Own::empty();
    own.put("mill.md", MILL);
    own.put("farm.md", FARM);
    let lost = "Seven swans crossed an unnamed lake, quarrelling over philosophy.";
    own.put(
        "tour.toml",
        &format!(
            "[[stop]]\nleft = {{ text = \"mill.md\", exact = \"{lost}\" }}\n\
             right = {{ text = \"farm.md\", exact = \"The barn was locked at noon.\" }}\n"
        ),
    );
    for format in ["text", "markdown", "html"] {
        let sheet = out(&own.run(&own.at(""), &["tour", "print", "--format", format]));
        assert!(sheet.contains("Seven swans") && sheet.contains("¶1") && !sheet.contains("¶0"), "{sheet}");
        assert!(sheet.contains("¶? ⇄ ¶?"), "what the stop is called: {sheet}");
    }
    let checked = out(&own.run(&own.at(""), &["tour", "check"]));
    assert!(checked.contains("left mill.md ¶?: ") && !checked.contains("¶0"), "{checked}");
}

#[test]
fn on_paper_a_handout_has_each_passage_whole_once() {
    let own = Own::empty();
    let filler = "It rained on the yard all week and the carts stood idle, as they had in other years. ".repeat(4);
    let passage = |first: &str| format!("{first} {filler}Then the {first} was heard of again.\n\n");
    own.put("one.md", &format!("# One\n\n{}{}", passage("oven"), passage("mast")));
    own.put(
        "two.md",
        &format!("# Two\n\nAn oven, a mast and an anvil. {filler}The anvil was cold.\n\nNothing else.\n"),
    );
    let topic = |id: &str| format!("[[topic]]\nid = {id:?}\nname = \"On {id}\"\nterms = [{id:?}]\n");
    own.put("topics.toml", &["oven", "mast", "anvil"].map(topic).concat());
    let page = own.printed(&own.at(""), &["compare", "one.md", "two.md", "--format", "html"]);
    // On a screen all of it stands beside the other; on paper the second time its sentences do, and where it is whole.
    assert_eq!(page.matches("<div class=\"again\">").count(), page.matches("class=\"whole\"").count());
    let whole = "Whole <a href=\"#topic-1-1\">under “On oven”</a>.";
    assert!(page.contains(whole), "{page}");
    assert!(page.contains("<p>An oven, a <mark>mast</mark> and an anvil. …</p>"), "{page}");
    assert!(page.contains(".whole { display: none; }"));
}
