//! Place sync: two versions of one work side by side, made here so that what is across from what is known.

use std::fs;
use std::path::Path;

use diptych::app::work::align::Align;
use diptych::app::work::changes::Reworded;
use diptych::app::work::sentences::Inside;
use diptych::link::Side;
use diptych::model::open::Shelved;
use diptych::model::settings::Sync;
use diptych::text::clean::Clean;

use crate::play::Play;

/// Draws the same numbers from the same seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }

    /// A word of a made-up language; low ranks are common.
    pub fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] =
            ["ba", "do", "fi", "gu", "ka", "le", "mo", "ni", "pa", "ro", "su", "ta", "vo", "xe", "zi", "hu"];
        let octave = self.roll(11);
        let mut rank = (1 << octave) + self.roll(1 << octave);
        let mut word = String::new();
        while rank > 0 {
            word.push_str(SYLLABLES[rank % 16]);
            rank /= 16;
        }
        word
    }

    pub fn sentence(&mut self) -> String {
        let count = 5 + self.roll(14);
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        let line = words.join(" ");
        format!("{}{}.", line[..1].to_uppercase(), &line[1..])
    }

    pub fn passage(&mut self) -> Vec<String> {
        (0..=self.roll(6)).map(|_| self.sentence()).collect()
    }
}

/// A work of so many passages and an edition of it: every seventh word or so is another, passages are cut and added, split
/// and merged, and a block stands elsewhere. For each passage of the work those of the edition, counted from 1.
fn editions(folder: &Path, count: usize) -> Vec<Vec<u32>> {
    let mut dice = Dice(11);
    let work: Vec<Vec<String>> = (0..count).map(|_| dice.passage()).collect();
    // Each passage of the edition with those of the work that it is made of.
    let mut edition: Vec<(String, Vec<usize>)> = Vec::new();
    let mut at = 0;
    while at < count {
        let mut of = vec![at];
        let mut sentences = work[at].clone();
        match at % 29 {
            // Three are cut, and two that are nowhere else stand in for another.
            5..=7 if at > 9 => sentences.clear(),
            13 => edition.extend((0..2).map(|_| (dice.passage().join(" "), Vec::new()))),
            17 if at + 1 < count => {
                sentences.extend(work[at + 1].clone());
                of.push(at + 1);
            }
            _ => {}
        }
        for sentence in &mut sentences {
            let words = sentence.trim_end_matches('.').split(' ').map(|word| match dice.roll(7) {
                0 => dice.word(),
                _ => word.to_owned(),
            });
            *sentence = words.collect::<Vec<_>>().join(" ") + ".";
        }
        let middle = sentences.len() / 2;
        if at % 29 == 21 && middle > 0 {
            edition.push((sentences[..middle].join(" "), of.clone()));
            edition.push((sentences[middle..].join(" "), of.clone()));
        } else if !sentences.is_empty() {
            edition.push((sentences.join(" "), of.clone()));
        }
        at += of.len();
    }
    let moved: Vec<_> = edition.drain(20..24).collect();
    let later = edition.len() * 2 / 3;
    edition.splice(later..later, moved);
    let lines = |all: Vec<String>| all.join("\n\n") + "\n";
    fs::write(folder.join("work.md"), lines(work.iter().map(|p| p.join(" ")).collect())).unwrap();
    fs::write(folder.join("edition.md"), lines(edition.iter().map(|(words, _)| words.clone()).collect())).unwrap();
    let across = |passage: usize| {
        let places = edition.iter().enumerate().filter(|(_, (_, of))| of.contains(&passage));
        places.map(|(place, _)| place as u32 + 1).collect()
    };
    (0..count).map(across).collect()
}

pub fn open(folder: &Path, left: &str, right: &str) -> Play {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    Play::new(120, 35, &path(left), &path(right))
}

/// A folder with the work and its edition, and both side by side.
pub fn level(count: usize) -> (tempfile::TempDir, Play, Vec<Vec<u32>>) {
    let dir = tempfile::tempdir().unwrap();
    let gold = editions(dir.path(), count);
    let play = open(dir.path(), "work.md", "edition.md");
    (dir, play, gold)
}

/// The keys that go to a passage.
pub fn go(passage: u32) -> String {
    let digits: Vec<String> = passage.to_string().chars().map(String::from).collect();
    format!("{} G", digits.join(" "))
}

/// How far the right pane is from what is across from the left one; `None` where nothing is.
pub fn off(play: &Play, gold: &[Vec<u32>]) -> Option<u32> {
    let across = &gold[play.passage(Side::Left) as usize - 1];
    let there = play.passage(Side::Right);
    across.iter().map(|passage| passage.abs_diff(there)).min()
}

#[test]
fn place_sync_is_chosen_by_itself_and_said() {
    let (_dir, mut play, _) = level(90);
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    assert!(play.footer().contains("two versions of one work"), "{}", play.footer());
    play.keys("j");
    let footer = play.footer();
    assert!(footer.contains("place sync · ") && footer.contains(" of 90 aligned"), "{footer}");
    assert!(footer.contains(" moved · "), "{footer}");
}

#[test]
fn what_an_import_tells_comes_first_and_the_versions_are_told_after_it() {
    let dir = tempfile::tempdir().unwrap();
    editions(dir.path(), 90);
    // Bytes that are no UTF-8 are told of.
    let edition = [&fs::read(dir.path().join("edition.md")).unwrap()[..], b"\nCaf\xe9.\n"].concat();
    fs::write(dir.path().join("edition.md"), edition).unwrap();
    let mut play = open(dir.path(), "work.md", "edition.md");
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    let told = play.app.out.notice.clone().unwrap();
    assert!(!told.as_str().contains("versions"), "{told}");
    play.keys("j").shows("two versions of one work");
    play.keys("j").hides("two versions of one work");
    // Whoever chooses meanwhile need not be told.
    let mut play = open(dir.path(), "work.md", "edition.md");
    play.keys("s j").hides("two versions of one work");
}

#[test]
fn row_by_row_nothing_moves_in_the_pane_one_reads_and_in_a_gap_the_other_waits() {
    let (_dir, mut play, gold) = level(90);
    let mut waited = 0;
    for _ in 0..200 {
        let (left, right) = (play.pane(Side::Left).clone(), play.pane(Side::Right).clone());
        play.keys("j");
        let mut alone = left.clone();
        alone.scroll(1);
        assert_eq!(play.pane(Side::Left).place, alone.place, "one row at a time");
        let passage = play.passage(Side::Left) as usize - 1;
        let before = left.current().map_or(0, |p| p.0 as usize - 1);
        if gold[passage].is_empty() && gold[before].is_empty() {
            assert_eq!(play.pane(Side::Right).place, right.place, "it waits at ¶{}", passage + 1);
            waited += 1;
        }
        assert!(off(&play, &gold).is_none_or(|off| off <= 1), "¶{}", passage + 1);
    }
    assert!(waited > 3, "{waited}");
}

#[test]
fn what_begins_level_stands_on_the_same_row() {
    let (_dir, mut play, gold) = level(90);
    for passage in [3u32, 12, 30, 61] {
        play.keys(&go(passage));
        let [here, there] = [Side::Left, Side::Right].map(|side| (play.pane(side).line, play.pane(side).place.offset));
        assert_eq!(gold[passage as usize - 1].first(), Some(&play.passage(Side::Right)), "¶{passage}");
        assert_eq!(here, there, "¶{passage}");
    }
}

#[test]
fn the_panes_exchanged_the_places_stay_across() {
    let (_dir, mut play, gold) = level(90);
    play.keys("4 0 G x");
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    play.keys("5 5 G");
    let work = play.passage(Side::Left).max(1);
    assert_eq!(play.passage(Side::Right), 55, "the text that led leads");
    assert!(gold[54].is_empty() || gold[54].contains(&work), "{work}");
}

#[test]
fn another_work_is_refused_in_a_word_and_reading_goes_on() {
    let mut play = Play::bundled();
    play.keys("s s s").shows("are not versions of one work");
    assert_eq!(play.app.hinge.sync(), Sync::Topic);
    play.keys("space space");
    assert_eq!(play.app.hinge.sync(), Sync::Topic);
}

#[test]
fn place_sync_that_is_chosen_is_level_at_once_wherever_one_has_gone_before() {
    // Of short versions nothing is known until it is asked for; of long ones everything is.
    for count in [40, 90] {
        for before in ["2 9 G", "2 9 G tab ctrl-n ctrl-n j j j tab", "g g ctrl-n ctrl-n ctrl-n"] {
            let (_dir, mut play, gold) = level(count);
            while play.app.hinge.sync() != Sync::Off {
                play.keys("s");
            }
            play.keys(before);
            let here = (play.pane(Side::Left).place, play.pane(Side::Left).gap);
            play.keys("s").shows("place sync");
            assert_eq!(play.app.hinge.sync(), Sync::Place);
            assert_eq!(
                (play.pane(Side::Left).place, play.pane(Side::Left).gap),
                here,
                "{count}, {before}: nothing moves"
            );
            assert_eq!(off(&play, &gold), Some(0), "{count}, {before}: {:?}", play.screen());
            let across = (play.pane(Side::Right).place, play.pane(Side::Right).gap);
            play.keys("j k");
            assert_eq!(
                (play.pane(Side::Right).place, play.pane(Side::Right).gap),
                across,
                "{count}, {before}: as later"
            );
        }
    }
}

#[test]
fn a_pair_that_was_held_is_let_go_where_place_sync_is_chosen() {
    let (_dir, mut play, gold) = level(90);
    play.keys("s s s 2 9 G ctrl-n ctrl-n ctrl-n z p").shows("pinned");
    play.keys("s");
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    assert!(!play.app.hinge.pinned());
    assert_eq!(off(&play, &gold), Some(0));
}

#[test]
fn what_is_chosen_by_itself_is_level_where_the_other_pane_has_followed_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let gold = editions(dir.path(), 90);
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut play = Play::new(120, 35, "", &path("edition.md"));
    play.hold_back = Some(|job| job.work::<Align>().is_some());
    play.open(Side::Left, &path("work.md"));
    play.keys("5 0 G ctrl-n ctrl-n ctrl-n ctrl-n ctrl-n ctrl-n ctrl-n");
    play.let_go();
    assert_eq!(play.app.hinge.sync(), Sync::Place, "{}", play.footer());
    assert_eq!(play.passage(Side::Left), 50);
    assert!(off(&play, &gold).is_none_or(|off| off == 0), "{}", play.passage(Side::Right));
}

#[test]
fn short_versions_are_laid_along_each_other_when_asked_and_never_unasked() {
    let (_dir, mut play, gold) = level(40);
    assert_eq!(play.app.hinge.sync(), Sync::Topic);
    play.keys("s s s 3 0 G");
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    assert_eq!(off(&play, &gold), Some(0));
}

#[test]
fn whoever_has_chosen_is_asked_and_one_text_twice_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    editions(dir.path(), 90);
    let mut play = open(dir.path(), "work.md", "work.md");
    assert_eq!(play.app.hinge.sync(), Sync::Topic);
    play.keys("s s s j j");
    assert_eq!(play.app.hinge.sync(), Sync::Place, "but it can be chosen");
    play.keys("2 0 G");
    assert_eq!(play.passage(Side::Right), 20);
}

#[test]
fn how_the_other_pane_follows_is_kept_with_the_pair() {
    let (dir, mut play, _) = level(40);
    play.keys("s s s 2 0 G");
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    let kept = play.app.snapshot();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut again = Play::resumed(kept.clone(), 120, 35, &path("work.md"), &path("edition.md"));
    assert_eq!((again.app.hinge.sync(), again.passage(Side::Left)), (Sync::Place, 20));
    again.keys("j").shows("place sync");
    // Another pair was never asked about.
    let third = dir.path().join("third.md");
    fs::write(&third, "Something else.\n\nAnd no more of it.\n").unwrap();
    again.open(Side::Right, third.to_str().unwrap());
    assert_eq!(again.app.hinge.sync(), Sync::Topic);
    // Of long versions place sync is chosen by itself, but not where the reader has chosen otherwise.
    let (dir, mut play, _) = level(90);
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    play.keys("s s");
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let again = Play::resumed(play.app.snapshot(), 120, 35, &path("work.md"), &path("edition.md"));
    assert_eq!(again.app.hinge.sync(), Sync::Scroll);
}

#[test]
fn what_the_reader_joins_is_level_from_then_on() {
    let (_dir, mut play, gold) = level(90);
    let (from, to) = (30u32, gold[29][0] + 2);
    play.keys("s s s");
    assert_eq!(play.app.hinge.sync(), Sync::Off);
    play.keys(&go(from)).keys("tab").keys(&go(to)).keys("tab + enter");
    play.keys("s 2 5 G");
    play.keys(&go(from));
    assert_eq!(play.passage(Side::Right), to);
    play.keys("6 0 G");
    assert!(off(&play, &gold).is_none_or(|off| off == 0), "elsewhere all is as it was");
}

#[test]
fn what_only_one_has_is_said_beside_it_and_where_it_would_stand() {
    let (_dir, mut play, gold) = level(90);
    let cut = (30..90).find(|at| gold[*at].is_empty()).unwrap() as u32 + 1;
    play.keys(&go(cut - 1)).keys("j");
    let screen = play.screen().join("\n");
    assert!(screen.contains("╌╌ 3 passages only here ╌╌"), "{screen}");
    assert!(screen.contains("╌╌ 3 passages only left ╌╌"), "{screen}");
    assert!(screen.contains("3 only") && screen.contains('┃'), "{screen}");
    play.keys(&go(cut));
    assert!(play.footer().contains("3 passages only here"), "{}", play.footer());
    assert!(!play.screen().join("\n").contains('▎'), "nothing is across: {}", play.screen().join("\n"));
}

#[test]
fn the_gutter_numbers_what_is_level_and_says_what_was_split_and_moved() {
    let (_dir, mut play, gold) = level(90);
    let split = (30..80).find(|at| gold[*at].len() == 2 && gold[at + 1] != gold[*at]).unwrap() as u32 + 1;
    play.keys(&go(split));
    let screen = play.screen().join("\n");
    assert!(screen.contains(&format!("{split}⇄{}", gold[split as usize - 1][0])), "{screen}");
    assert!(screen.contains('│') && screen.contains('└'), "the two stand together: {screen}");
    assert!(play.footer().contains("split into 2"), "{}", play.footer());
    let moved = (1..60).find(|at| gold[*at].first().is_some_and(|to| *to > *at as u32 + 20)).unwrap();
    play.keys(&go(moved as u32 + 1));
    let screen = play.screen().join("\n");
    assert!(screen.contains(&format!("↷{}", gold[moved][0])), "{screen}");
}

#[test]
fn one_goes_from_difference_to_difference() {
    let (_dir, mut play, gold) = level(90);
    let mut seen = Vec::new();
    for _ in 0..40 {
        let before = play.pane(Side::Left).place;
        play.keys("]");
        if play.footer().contains("nothing differs after it") {
            break;
        }
        assert!(play.pane(Side::Left).place >= before);
        seen.push(play.footer());
    }
    let all = seen.join("\n");
    for word in ["cut", "added", "moved", "split into 2", "2 merged"] {
        assert!(all.contains(word), "{word}: {all}");
    }
    assert!(seen.last().unwrap().contains(&format!("difference {} of {}", seen.len(), seen.len())), "{all}");
    play.keys("[");
    assert!(play.footer().contains(&format!("difference {} of", seen.len() - 1)), "{}", play.footer());
    // From anywhere, the next one on.
    let cut = (30..90).find(|at| gold[*at].is_empty()).unwrap() as u32 + 1;
    play.keys(&go(cut - 1)).keys("]");
    assert_eq!(play.passage(Side::Left), cut);
    // In the list, with its place; from there one goes to it.
    play.keys("g v");
    let screen = play.screen().join("\n");
    assert!(screen.contains("Differences") && screen.contains("added · 2 passages"), "{screen}");
    play.keys("\"moved\" enter");
    assert!(play.footer().contains("moved"), "{}", play.footer());
}

#[test]
fn how_far_an_alignment_is_that_was_asked_for_is_said_at_once_and_esc_stops_it() {
    let dir = tempfile::tempdir().unwrap();
    editions(dir.path(), 40);
    let mut play = open(dir.path(), "work.md", "edition.md");
    play.hold_back = Some(|job| job.work::<Align>().is_some());
    play.keys("s s s");
    assert!(play.footer().contains("aligning the texts… 0%, Esc stops it"), "{}", play.footer());
    let job = play.held.pop().unwrap();
    play.keys("esc");
    assert!(play.footer().contains("the alignment was stopped"), "{}", play.footer());
    assert!(!job.is_wanted() && play.work(job).is_empty(), "nobody waits for it");
}

#[test]
fn one_that_was_begun_unasked_is_begun_anew_once_the_reader_waits_for_it() {
    let dir = tempfile::tempdir().unwrap();
    editions(dir.path(), 90);
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut play = Play::new(120, 35, &path("work.md"), "");
    play.hold_back = Some(|job| job.work::<Align>().is_some());
    play.open(Side::Right, &path("edition.md"));
    let awaited = |play: &Play| play.held.iter().map(|job| job.work::<Align>().unwrap().awaited).collect::<Vec<_>>();
    assert_eq!(awaited(&play), [false]);
    play.keys("s s s").shows("aligning the texts…");
    assert_eq!(awaited(&play), [false, true]);
    assert!(!play.held[0].is_wanted() && play.held[1].is_wanted());
    play.keys("s s s s").shows("aligning the texts…");
    assert_eq!(play.held.len(), 2, "it is waited for already");
}

#[test]
fn a_passage_whose_counterpart_was_rejected_is_not_said_to_be_in_one_text_only() {
    let (_dir, mut play, gold) = level(90);
    play.keys("3 0 G").keys("w -");
    assert_eq!(gold[29].len(), 1);
    play.keys("esc 3 0 G w").shows("was rejected as an answer to ¶30").hides("Only work.md has").hides("has nothing");
}

#[test]
fn a_part_of_a_work_is_level_with_the_whole_from_the_first_screen_on() {
    let dir = tempfile::tempdir().unwrap();
    let gold = editions(dir.path(), 200);
    let whole = fs::read_to_string(dir.path().join("work.md")).unwrap();
    let part: Vec<&str> = whole.trim_end().split("\n\n").skip(60).take(80).collect();
    fs::write(dir.path().join("part.md"), part.join("\n\n") + "\n").unwrap();
    let play = open(dir.path(), "part.md", "edition.md");
    assert_eq!(play.app.hinge.sync(), Sync::Place, "{}", play.footer());
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (1, gold[60][0]));
}

#[test]
fn a_count_of_differences_says_that_the_words_are_still_being_compared() {
    let dir = tempfile::tempdir().unwrap();
    editions(dir.path(), 90);
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut play = Play::new(160, 35, &path("work.md"), "");
    play.hold_back = Some(|job| job.work::<Reworded>().is_some());
    play.open(Side::Right, &path("edition.md"));
    play.keys("] ]");
    let early = play.footer();
    assert!(early.contains("difference 2 of") && early.contains("words still being compared"), "{early}");
    let job = play.held.pop().unwrap();
    play.answer([job]);
    // The next one is the next one of the text, by whatever number.
    let before = play.pane(Side::Left).place;
    play.keys("]");
    let late = play.footer();
    assert!(late.contains("difference ") && !late.contains("still being compared"), "{late}");
    assert!(play.pane(Side::Left).place >= before);
}

#[test]
fn words_that_could_not_be_compared_are_not_said_to_be_compared_still() {
    let dir = tempfile::tempdir().unwrap();
    editions(dir.path(), 90);
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut play = Play::new(160, 35, &path("work.md"), "");
    play.hold_back = Some(|job| job.work::<Reworded>().is_some());
    play.open(Side::Right, &path("edition.md"));
    let job = play.held.pop().unwrap();
    play.tell(job.failure().because(Clean::line("it broke: a test broke it")));
    let told = play.keys("] ]").footer();
    assert!(told.contains("difference 2 of") && !told.contains("still being compared"), "{told}");
}

#[test]
fn numbers_of_a_narrow_gutter_do_not_run_into_each_other() {
    let (_dir, mut play, gold) = level(130);
    play.resize(80, 24);
    let mut rows = 0;
    for passage in (100..128).filter(|passage| !gold[*passage as usize - 1].is_empty()) {
        for focus in ["h", "l"] {
            play.keys(&format!("h {} {focus}", go(passage)));
            for row in play.screen() {
                let cells: Vec<char> = row.chars().collect();
                let gutter: String = cells.iter().skip(36).take(7).collect();
                let longest = gutter.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
                assert!(longest <= 3, "{gutter:?} in\n{}", play.screen().join("\n"));
                rows += usize::from(longest == 3);
            }
        }
    }
    assert!(rows > 20, "numbers of three digits were seen: {rows}");
}

#[test]
fn changed_words_are_underlined_in_both_texts_when_asked() {
    let (_dir, mut play, _) = level(90);
    assert_eq!(play.styled(ratatui::style::Modifier::UNDERLINED), "");
    play.keys("z d");
    let words = play.styled(ratatui::style::Modifier::UNDERLINED);
    assert!(words.len() > 40, "{words}");
    play.keys("z d");
    assert_eq!(play.styled(ratatui::style::Modifier::UNDERLINED), "");
}

#[test]
fn the_pair_is_copied_as_it_lies_across_and_a_gap_is_said() {
    let (_dir, mut play, gold) = level(90);
    let split = (30..80).find(|at| gold[*at].len() == 2 && gold[at + 1] != gold[*at]).unwrap();
    play.keys(&go(split as u32 + 1)).keys("y p");
    let (first, last) = (gold[split][0], gold[split][1]);
    assert!(play.copied[0].contains(&format!("¶¶{first}–{last})")), "{}", play.copied[0]);
    let cut = (30..90).find(|at| gold[*at].is_empty()).unwrap() as u32 + 1;
    play.keys(&go(cut)).keys("y p");
    assert!(play.copied[1].contains("Nothing in *edition.md* at this place"), "{}", play.copied[1]);
}

#[test]
fn a_late_answer_leaves_a_pane_where_the_reader_has_put_it() {
    for (moved, side) in [("ctrl-n ctrl-n ctrl-n", Side::Right), ("tab", Side::Left)] {
        let (_dir, mut play, gold) = level(90);
        play.hold_back = Some(|job| job.work::<Inside>().is_some());
        play.keys("4 0 G j j j");
        let held = std::mem::take(&mut play.held);
        assert!(!held.is_empty());
        play.keys(moved);
        let before = (play.pane(side).place, play.pane(side).gap);
        play.answer(held);
        assert_eq!((play.pane(side).place, play.pane(side).gap), before, "{moved}");
        if side == Side::Right {
            play.keys("j");
            assert!(off(&play, &gold).is_none_or(|off| off <= 1), "the next step sets it level again");
        }
    }
}

/// What a session lists as the texts there are: those that are open, and one more.
fn on_the_shelf(play: &mut Play) {
    let shelved = |request: String, title: &str| Shelved {
        request,
        title: Clean::line(title),
        about: Clean::line(""),
        leads_to: None,
    };
    let open = [Side::Left, Side::Right].map(|side| play.pane(side).open().unwrap().request.clone());
    let [left, right] = open;
    let third = shelved("nowhere.md".to_owned(), "A third");
    play.app.shelf.fill(vec![shelved(left, "Its work"), shelved(right, "Its edition"), third]);
}

#[test]
fn texts_that_are_known_as_versions_are_called_so_wherever_texts_are_listed() {
    let (dir, mut play, _) = level(90);
    on_the_shelf(&mut play);
    play.keys("o");
    let list = play.screen().join("\n");
    assert!(list.contains("version of the left") && list.contains("version of the right"), "{list}");
    play.keys("esc g m");
    let map = play.screen().join("\n");
    assert!(map.contains("◧=") && map.contains("◨=") && map.contains("version of another"), "{map}");
    // In the next session the two are known before they are laid along each other again, and from either side.
    let texts = play.app.shelf.texts().to_vec();
    let kept = play.app.snapshot();
    fs::write(dir.path().join("other.md"), "One.\n\nTwo.\n").unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut play = Play::resumed(kept, 120, 35, &path("other.md"), &path("edition.md"));
    play.app.shelf.fill(texts);
    play.keys("o");
    let list = play.screen().join("\n");
    assert_eq!(list.matches("version of").count(), 2, "{list}");
    assert!(list.contains("version of the right") && list.contains("version of Its work"), "{list}");
}

/// A German text of which one passage is on the soviets, and the same in a made-up language that says it is English.
fn translation(count: usize) -> (tempfile::TempDir, Play) {
    let dir = tempfile::tempdir().unwrap();
    let mut dice = Dice(21);
    let mut original: Vec<String> = (0..count).map(|_| dice.passage().join(" ")).collect();
    original[count / 2] += " The soviets elected soviets, and the soviets of workers met.";
    let backwards = |word: &str| -> String {
        let end = if word.ends_with('.') { "." } else { "" };
        word.trim_end_matches('.').to_lowercase().chars().rev().collect::<String>() + end
    };
    let translated = |passage: &String| passage.split(' ').map(backwards).collect::<Vec<_>>().join(" ");
    let write = |name: &str, language: &str, passages: &[String]| {
        let words = format!("---\nlanguage: {language}\n---\n\n{}\n", passages.join("\n\n"));
        fs::write(dir.path().join(name), words).unwrap();
    };
    write("left.md", "de", &original);
    write("right.md", "en", &original.iter().map(translated).collect::<Vec<_>>());
    let play = open(dir.path(), "left.md", "right.md");
    (dir, play)
}

#[test]
fn two_languages_are_said_and_a_topic_of_one_is_followed_by_the_place() {
    let (_dir, mut play) = translation(120);
    let head = play.screen()[..2].join("\n");
    assert!(head.contains("German") && head.contains("English"), "{head}");
    play.keys("s");
    assert_eq!(play.app.hinge.sync(), Sync::Topic);
    play.keys("1 0 G t");
    assert!(play.screen().join("\n").contains("Its terms are English"), "{}", play.screen().join("\n"));
    play.keys("\"the_soviets\" enter");
    let places = [Side::Left, Side::Right].map(|side| play.passage(side));
    assert_eq!(places, [61, 61], "{}", play.footer());
    assert!(!play.screen().join("\n").contains("ilent"), "{}", play.screen().join("\n"));
    play.keys("w");
    let why = play.screen().join("\n");
    assert!(why.contains("German and English") && why.contains("same place"), "{why}");
}
