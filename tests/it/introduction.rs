//! The two lessons teach the keys there are: they name no key that does nothing and leave out none that matters, and each
//! of their exercises comes out as they say, on a small screen and a large one, whatever text stands across.

use std::collections::BTreeSet;
use std::sync::Arc;

use diptych::app::command::Context;
use diptych::app::commands;
use diptych::app::keymap::Keymap;
use diptych::import::{Hint, import};
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::embedded::{EmbeddedText, INTRODUCTION, TEXTS};
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::model::settings::Sync;
use diptych::text::Text;
use diptych::text::passage::PassageNo;
use diptych::text::span::SpanKind;

use crate::play::Play;

/// What a new reader must have met: everything under [reading] but other keys for the same, and what is met by itself.
const TAUGHT: &[&str] = &[
    "row-down",
    "row-up",
    "page-down",
    "page-up",
    "half-page-down",
    "half-page-up",
    "next-passage",
    "previous-passage",
    "first-passage",
    "last-passage",
    "contents",
    "footnote",
    "next-on-trail",
    "previous-on-trail",
    "next-counterpart",
    "previous-counterpart",
    "why",
    "pin",
    "topics",
    "next-topic",
    "previous-topic",
    "other-pane",
    "left-pane",
    "right-pane",
    "other-row-down",
    "other-row-up",
    "sync",
    "swap",
    "open-text",
    "next-text-on-topic",
    "solo",
    "stack",
    "search",
    "palette",
    "help",
    "select-sentence",
    "select-passage",
    "copy-pair",
    "note",
    "note-on-pair",
    "jot",
    "edit-note",
    "notes",
    "notes-beside",
    "undo",
    "set-mark",
    "go-to-mark",
    "back",
    "forward",
    "clear",
    "quit",
];

/// The two lessons: what is not in the first is in the second.
fn lessons() -> Vec<Text> {
    [INTRODUCTION.stem, "second-lesson"].map(|stem| read(EmbeddedText::of_stem(stem).unwrap())).into()
}

fn read(bundled: &EmbeddedText) -> Text {
    import(bundled.source.as_bytes(), &Hint::named(&bundled.file_name())).unwrap().text
}

/// What stands in code spans.
fn code(text: &Text) -> impl Iterator<Item = &str> {
    text.spans().iter().filter(|s| s.kind == SpanKind::Code).map(|s| &text.string()[s.range()])
}

#[test]
fn every_key_they_name_is_bound() {
    let (map, _) = Keymap::built_in();
    let bound: BTreeSet<String> = commands::all()
        .flat_map(|command| Context::ALL.into_iter().flat_map(|context| map.keys_for(context, command)))
        .collect();
    let lessons = lessons();
    let code: BTreeSet<&str> = lessons.iter().flat_map(code).collect();
    assert!(code.len() > TAUGHT.len(), "{code:?}");
    for span in code {
        // A count may stand before a key; what is typed into a shell, and files, are longer than any key.
        let key = span.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_other = span.starts_with("diptych") || ["topics.toml", "keymap.toml", "config.toml"].contains(&span);
        assert!(bound.contains(key) || is_other, "`{span}` is bound to nothing");
    }
}

#[test]
fn every_command_that_a_new_reader_needs_is_taught() {
    let (map, _) = Keymap::built_in();
    let lessons = lessons();
    let code: BTreeSet<&str> = lessons.iter().flat_map(code).collect();
    for name in TAUGHT {
        let command = commands::named(name).unwrap();
        let keys = map.keys_for(Context::Reading, command);
        assert!(keys.iter().any(|key| code.contains(key.as_str())), "{name}: none of {keys:?} is taught");
    }
}

#[test]
fn the_first_lesson_is_short() {
    let text = &lessons()[0];
    let keys: BTreeSet<&str> = code(text).filter(|span| !span.starts_with("diptych")).collect();
    assert!((18..=26).contains(&keys.len()), "{} keys: {keys:?}", keys.len());
    assert!(text.string().split_whitespace().count() < 900);
}

/// A lesson beside another text, in a session that keeps what is made.
struct Lesson {
    play: Play,
    side: Side,
    _home: tempfile::TempDir,
}

impl Lesson {
    fn new(stem: &str, other: &str, side: Side, (columns, rows): (u16, u16)) -> Self {
        let home = tempfile::tempdir().unwrap();
        let library = Library::new(Arc::new(Os), Some(Folders::under(home.path())));
        let ids = [stem, other].map(|stem| EmbeddedText::of_stem(stem).unwrap().id());
        let (left, right) = if side == Side::Left { (&ids[0], &ids[1]) } else { (&ids[1], &ids[0]) };
        let mut play = Play::keeping(library, left, right);
        play.resize(columns, rows);
        if side == Side::Right {
            play.keys("tab");
        }
        Self { play, side, _home: home }
    }

    fn keys(&mut self, keys: &str) -> &Play {
        self.play.keys(keys)
    }

    /// The numbers of the current passages: of the lesson, and of the other text.
    fn at(&self) -> (u32, u32) {
        (self.play.passage(self.side), self.play.passage(self.side.other()))
    }

    /// Goes to the passage of the lesson that says this.
    fn go(&mut self, words: &str) {
        let text = self.play.pane(self.side).text().unwrap();
        let number = (1..=text.passage_count() as u32).find(|&n| text.passage_str(PassageNo(n)).contains(words));
        let digits: String = number.unwrap().to_string().chars().flat_map(|c| [c, ' ']).collect();
        self.play.keys(&format!("{digits} G"));
    }

    fn passage(&self) -> String {
        let pane = self.play.pane(self.side);
        pane.text().unwrap().passage_str(pane.current().unwrap()).to_owned()
    }

    /// The row of the screen that the thick piece of the bar is on.
    fn reading_row(&self) -> usize {
        self.play.screen().iter().position(|row| row.contains('█')).unwrap()
    }
}

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 35)];

/// Follows `exercises` on both sizes of screen, beside every other text of the library, on either side.
fn follow(stem: &str, exercises: impl Fn(&mut Lesson)) {
    for size in SIZES {
        for other in TEXTS.iter().filter(|t| t.stem != stem) {
            for side in [Side::Left, Side::Right] {
                exercises(&mut Lesson::new(stem, other.stem, side, size));
            }
        }
    }
}

#[test]
fn moving_comes_out_as_it_says() {
    follow(INTRODUCTION.stem, |lesson| {
        let top = (lesson.reading_row(), lesson.play.screen()[2..].to_vec());
        lesson.keys("j j j");
        assert_eq!(lesson.reading_row(), top.0 + 3, "the thick piece goes down");
        lesson.keys("k k k");
        assert_eq!((lesson.reading_row(), lesson.play.screen()[2..].to_vec()), top);
        lesson.keys("space");
        assert!(lesson.at().0 > 1);
        lesson.keys("b");
        assert_eq!(lesson.at().0, 1);
        lesson.keys("J J J");
        assert_eq!(lesson.at().0, 4);
        lesson.play.shows("¶4/");
        lesson.keys("j j");
        let row = lesson.reading_row();
        lesson.keys("j j");
        assert_eq!(lesson.reading_row(), row, "further on it keeps its row");
        lesson.go("Now press G");
        let here = lesson.at();
        lesson.keys("G H");
        assert_eq!(lesson.at(), here);
        lesson.keys("tab J");
        assert_eq!(lesson.at(), (here.0, here.1 + 1), "the bar moves there");
        lesson.keys("K tab j").shows("▸ Reading with Diptych");
    });
}

#[test]
fn one_point_in_two_texts_comes_out_as_it_says() {
    follow(INTRODUCTION.stem, |lesson| {
        lesson.go("Type sov");
        lesson.keys("t \"sov\"").shows("▸ The soviets");
        lesson.keys("enter");
        assert!(lesson.passage().starts_with("No political body more sensitive"), "{}", lesson.passage());
        let silent = lesson.play.screen().iter().any(|row| row.contains("silent on The soviets"));
        if silent {
            lesson.keys("O").hides("silent on");
        }
        let footer = lesson.play.footer();
        assert!(footer.contains("counterpart") || footer.contains("same topic only") || silent, "{footer}");
        let level = lesson.play.screen()[lesson.reading_row()].clone();
        assert!(level.contains('█') && level.contains('▎'), "both begin on one row: {level}");
        lesson.keys("w").shows("Why this counterpart");
        let pair = lesson.at();
        lesson.keys("esc").hides("Why this counterpart");
        lesson.keys("enter backspace");
        assert_eq!(lesson.at(), pair);
        lesson.keys("J J J");
        assert_eq!(lesson.at(), (pair.0 + 3, pair.1), "pinned");
        lesson.keys("z p J");
        assert_eq!(lesson.at(), (pair.0 + 4, pair.1), "where the lesson is on something else, the other waits");
        lesson.play.shows("off topic");
        let on_trail = lesson.keys("tab n").footer();
        assert!(["treatment ", "only treatment", "from the top"].iter().any(|t| on_trail.contains(t)), "{on_trail}");
        lesson.keys("p tab");
        assert!(lesson.passage().starts_with("No political body"), "this text goes along");
        lesson.keys("J J J J J");
        assert_eq!(lesson.at().0, pair.0 + 5);
        assert!(lesson.passage().starts_with("To see all that the other text says"), "{}", lesson.passage());
    });
}

#[test]
fn finding_and_writing_come_out_as_they_say() {
    follow(INTRODUCTION.stem, |lesson| {
        lesson.go("Press / and type");
        let here = lesson.at().0;
        lesson.keys("/ \"bar\"").shows(" hit");
        lesson.keys("enter n n esc");
        for _ in 0..3 {
            if lesson.at().0 != here {
                lesson.keys("H");
            }
        }
        assert_eq!(lesson.at().0, here);
        lesson.keys("J f").shows("╭─ Note 1").shows("And here it is.");
        lesson.keys("esc J").hides("╭─ Note 1");
        lesson.keys("a \"words\" ctrl-s").shows("saved").shows("✎");
        lesson.keys("u").shows("undone: the note").hides("✎");
        lesson.keys("?").shows("Go to the next treatment of the topic");
    });
}

#[test]
fn the_second_lesson_comes_out_as_it_says() {
    follow("second-lesson", |lesson| {
        lesson.keys("2 G");
        assert!(lesson.passage().contains("2G is this one"));
        lesson.keys("G H L");
        assert_eq!(lesson.at().0, lesson.play.pane(lesson.side).text().unwrap().passage_count() as u32);
        lesson.keys("H c").shows("Getting about").shows("Your own");
        lesson.keys("esc m a G ' a");
        assert_eq!(lesson.at().0, 2);
        lesson.keys(": \"footnote\"").shows("Show the footnote cited here");
        lesson.keys("esc");
        let before = lesson.play.screen();
        lesson.keys(&"ctrl-n ".repeat(20));
        assert_ne!(lesson.play.screen(), before, "the other text stirs");
        assert_eq!(lesson.at().0, 2);
        for said in ["scroll sync", "sync off"] {
            lesson.keys("s").shows(said);
        }
        // The two are no versions of one work, which is told once it is known: then it is by topic again.
        for _ in 0..3 {
            if lesson.play.app.hinge.sync() != Sync::Topic {
                lesson.keys("s");
            }
        }
        assert_eq!(lesson.play.app.hinge.sync(), Sync::Topic);
        lesson.go("go through those of the current one");
        lesson.keys(".").shows("treats no other topic");
        for view in ["x", "z o", "z s", "z l"] {
            let before = lesson.play.screen();
            lesson.keys(view);
            assert_ne!(lesson.play.screen(), before, "{view}");
            lesson.keys(view);
            assert_eq!(lesson.play.screen()[2..12], before[2..12], "{view} pressed again");
        }
        let selected = lesson.keys("v").footer();
        assert_ne!(lesson.keys(")").footer(), selected);
        lesson.keys("y").shows("copied the selection with its citation");
        lesson.keys("esc y p").shows("copied both passages with their citations");
        assert!(lesson.play.copied.last().unwrap().contains("diptych "));
        lesson.keys("A \"both\" space \"#try\" ctrl-s").shows("saved");
        lesson.keys("g n \"#try\"").shows("both #try");
        lesson.keys("esc z n").shows("ote on ¶");
        lesson.keys("z n u").shows("undone");
        lesson.keys("ctrl-r").shows("redone");
        lesson.keys("g m").shows("Topics and texts");
        lesson.keys("esc P").shows("stop 1 of the tour");
        lesson.keys("g r").shows("stop 1/1");
        lesson.keys("esc g p space esc g h").shows("handout to the file");
    });
}

#[test]
fn a_newcomer_is_told_of_it_until_it_is_open() {
    for columns in [80, 120] {
        let mut play = Play::bundled();
        play.resize(columns, 24).hides("new here?");
        play.app.shelf.invite(play.app.shelf.texts().iter().find(|t| t.request == INTRODUCTION.id()).cloned());
        for shown in ["new here? o “Reading with Diptych”", "t topics", "Enter counterpart", "? help"] {
            play.shows(shown);
        }
        play.keys("o").shows("▸ Reading with Diptych");
        play.keys("enter").shows_at("▸ Reading with Diptych", 1);
        assert_eq!(play.app.shelf.invitation(), None);
        play.hides("new here?");
    }
}
