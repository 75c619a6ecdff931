//! How it looks: themes as files, signs in ASCII, and the settings printed as the file one would write.

use std::fs;
use std::path::{Path, PathBuf};

use diptych::model::own_theme::{OwnTheme, ThemeFile};
use diptych::model::settings::ThemeName;
use diptych::view;
use diptych::view::colour::Colours;
use diptych::view::signs::Signs;
use diptych::view::theme::{Depth, Ground, Theme};
use diptych::view::theme_file::{built_in, print, read};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use crate::cli::{err, out, printed, program, run};
use crate::drafts::wait;
use crate::play::Play;
use crate::terminal::{Terminal, home_with_config};

/// A theme of one file.
fn own(base: ThemeName, source: &str) -> OwnTheme {
    let file = ThemeFile { path: PathBuf::from("mine.toml"), source: source.to_owned() };
    OwnTheme { name: "mine".to_owned(), base, files: vec![file] }
}

#[test]
fn every_theme_reads_back_as_it_was_printed() {
    for name in ThemeName::BUILT_IN {
        for (ground, depth) in [
            (Ground::Dark, Depth::Many),
            (Ground::Light, Depth::Many),
            (Ground::Dark, Depth::Sixteen),
            (Ground::Light, Depth::Sixteen),
        ] {
            let theme = built_in(name, ground, depth);
            let printed = print(&theme);
            // Whatever it is laid over.
            for base in [ThemeName::Mono, ThemeName::ProjectorLight] {
                let (again, faults) = read(&own(base, &printed), Ground::Dark, Colours::True);
                assert_eq!((again, faults), (theme.clone(), vec![]), "{name:?}\n{printed}");
            }
        }
    }
}

#[test]
fn a_theme_begins_with_another_names_colours_and_fits_the_terminal() {
    let base = ThemeFile {
        path: PathBuf::from("base.toml"),
        source: "lead = \"sky\"\ntopic = \"gold\"\n[palette]\nsky = 110\ngold = \"#d7af5f\"\n".to_owned(),
    };
    let mut mine = own(
        ThemeName::Light,
        "inherits = \"base\"\ntopic = { fg = \"gold\", bg = \"black\", modifiers = [\"bold\", \"italic\"] }\n\
         ground = { fg = 16, bg = \"#ffffff\" }\nthreads = [\"sky\", \"red\"]\n[palette]\nsky = \"#0087ff\"\n",
    );
    mine.files.insert(0, base);
    let (theme, faults) = read(&mine, Ground::Dark, Colours::True);
    assert_eq!(faults, []);
    let bold = Modifier::BOLD | Modifier::ITALIC;
    assert_eq!(theme.topic, Style::new().fg(Color::Rgb(0xd7, 0xaf, 0x5f)).bg(Color::Black).add_modifier(bold));
    assert_eq!(theme.lead, Style::new().fg(Color::Indexed(110)), "as it was named there");
    assert_eq!(theme.threads[2], Style::new().fg(Color::Rgb(0, 0x87, 0xff)), "in turn");
    assert_eq!(theme.faint, built_in(ThemeName::Light, Ground::Dark, Depth::Many).faint, "what is left out");
    let (theme, _) = read(&mine, Ground::Dark, Colours::Of(Depth::Many));
    assert_eq!((theme.topic.fg, theme.ground.unwrap().1), (Some(Color::Indexed(179)), Color::Indexed(231)));
    let (theme, _) = read(&mine, Ground::Dark, Colours::Of(Depth::Sixteen));
    assert_eq!(theme.ground, Some((Color::Black, Color::White)));
    let (theme, _) = read(&mine, Ground::Dark, Colours::Of(Depth::Mono));
    assert_eq!(theme, Theme::new(Ground::Dark, Depth::Mono), "without colours nothing is told by them");
}

#[test]
fn all_mistakes_of_a_theme_are_told_with_their_line_and_the_rest_holds() {
    let source = "mentoin = \"red\"\nlead = \"golf\"\nacross = { fg = \"red\", weight = 3 }\ntopic = { modifiers = [\"loud\"] }\n\
                  hit = { bg = true }\nground = \"white\"\nthreads = []\ninherits = 3\nfaint = \"light-red\"\n[palette]\ngold = \"#d7af5\"\n";
    let (theme, faults) = read(&own(ThemeName::Dark, source), Ground::Dark, Colours::True);
    let lines: Vec<u32> = faults.iter().map(|fault| fault.at.0).collect();
    assert_eq!(lines, [11, 1, 2, 3, 4, 5, 6, 7, 8], "{faults:#?}");
    assert!(faults[1].message.contains("did you mean `mention`?"), "{faults:#?}");
    assert_eq!(theme.faint, Style::new().fg(Color::LightRed));
    let dark = built_in(ThemeName::Dark, Ground::Dark, Depth::Many);
    assert_eq!((theme.lead, theme.across, theme.topic), (dark.lead, dark.across, dark.topic));
    let (theme, faults) = read(&own(ThemeName::Dark, "lead = \n"), Ground::Dark, Colours::True);
    assert!(faults[0].message.starts_with("not TOML"), "{faults:?}");
    assert_eq!(theme, dark);
}

/// A home with these files in the configuration folder.
pub fn home(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, source) in files {
        let path = dir.path().join("home/.config/diptych").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source).unwrap();
    }
    dir
}

#[test]
fn a_theme_of_ones_own_is_chosen_by_its_file_and_its_mistakes_stop_nothing() {
    let dir = home(&[
        ("config.toml", "theme = \"mine\"\n"),
        ("themes/mine.toml", "inherits = \"warm\"\nlaed = 3\n"),
        ("themes/warm.toml", "inherits = \"light\"\nlead = \"#112233\"\n"),
        ("themes/round.toml", "inherits = \"round\"\n"),
    ]);
    let folder = dir.path();
    assert!(printed(folder, &["theme"]).contains("mono\nmine  in force\nround\nwarm\n"));
    let told = run(folder, &["theme", "--print"]);
    assert!(out(&told).contains("lead = \"#112233\"") && err(&told).contains("themes/mine.toml:2:1"), "{told:?}");
    assert!(
        out(&run(folder, &["check", "embedded:"]))
            .contains("mine.toml:2:1: nothing on the screen is called `laed`; did you mean `lead`?")
    );
    for (name, why) in
        [("round", "begins with itself"), ("none", "there is no theme \"none\""), ("../x", "is not a name for a theme")]
    {
        let told = run(folder, &["theme", "--print", name]);
        assert!(err(&told).contains(why) && told.status.code() == Some(1), "{name}: {told:?}");
    }
    // In the reader: the colour of the lead is on the screen, and the mistake is told.
    let real = tempfile::tempdir().unwrap();
    let config = real.path().join(".config");
    fs::create_dir_all(&config).unwrap();
    fs::rename(folder.join("home/.config/diptych"), config.join("diptych")).unwrap();
    let mut terminal = Terminal::with(real, &[], &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]);
    terminal.until("mine.toml:2:1");
    terminal.until_at("Power from Below", 1);
    assert!(String::from_utf8_lossy(&terminal.seen).contains("38;2;17;34;51"), "the lead has its colour");
    terminal.keys("zc");
    terminal.until("theme: auto");
    terminal.keys("zczczczczczc");
    terminal.until("theme: mine");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn the_settings_are_printed_as_a_file_that_says_the_same() {
    let dir = home(&[("config.toml", "measure = 60\n[commands.word]\nrun = [\"dict\"]\nkey = \"D\"\n")]);
    let default = printed(dir.path(), &["config", "--print-default"]);
    assert!(default.contains("measure = 72\n") && default.contains("# run = ["), "{default}");
    let own = printed(dir.path(), &["config"]);
    assert!(
        own.contains("measure = 60\n") && own.contains("[commands.word]\nrun = [\"dict\"]\nkey = \"D\"\n"),
        "{own}"
    );
    for source in [default, own] {
        fs::write(dir.path().join("home/.config/diptych/config.toml"), source).unwrap();
        assert!(printed(dir.path(), &["check", "embedded:"]).contains("nothing is wrong"));
    }
}

const LEFT: &str = "---\nauthor: Anna Berg\n---\n# Left\n\n## Bread\n\nBread was dear that winter in the capital, and the \
    bakers said so.[^1]\n\n> They wrote that no power on earth could make them give back what they had taken with their hands.\n\n\
    - one\n- two\n\n1. first\n2. second\n\n    code of it\n\n| a | b |\n|---|---|\n| c | d |\n\nNothing here is about it.\n\n[^1]: So the minutes.\n";
const RIGHT: &str = "# Right\n\nThe price of bread in the capital rose all winter, the bakers said.\n\n\
    They wrote that no power on earth could make them give back what they had taken with their hands.\n\nIn the end they went home.\n";
const TOPICS: &str = "bundled = false\n[[topic]]\nid = \"bread\"\nname = \"Bread\"\nterms = [\"bread\"]\n\
    [[topic]]\nid = \"moon\"\nname = \"The moon\"\nterms = [\"moon\"]\n";

fn drawn(play: &Play, (columns, rows): (u16, u16), signs: Signs) -> Vec<String> {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    view::draw(&play.app, &Theme { signs, ..Theme::new(Ground::Dark, Depth::Many) }, &mut buffer);
    let marked = buffer.content.iter().any(|cell| cell.modifier.contains(Modifier::RAPID_BLINK));
    assert!(!marked, "no mark of the drawing reaches the terminal");
    let row = |y| (0..columns).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
    (0..rows).map(row).collect()
}

/// Whether a row is a part of a title in letters made of blocks; in ASCII these are spaced letters in one row.
fn is_of_blocks(row: &str) -> bool {
    let is_block = |c: char| c == ' ' || ('\u{2580}'..='\u{259f}').contains(&c);
    !row.trim().is_empty() && row.chars().all(is_block)
}

#[test]
fn every_screen_is_drawn_in_ascii_where_it_has_to_be() {
    let dir = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(dir.path()).unwrap();
    let path = |name: &str, source: &str| {
        fs::write(folder.join(name), source).unwrap();
        folder.join(name).to_str().unwrap().to_owned()
    };
    let (left, right) = (path("left.md", LEFT), path("right.md", RIGHT));
    path("topics.toml", TOPICS);
    let version = path("version.md", &LEFT.replace("Nothing here", "Nearly nothing here").replace("- two\n", ""));
    let screens: &[&str] = &[
        "",
        "enter",
        "t \"bread\" enter",
        "t",
        "t \"bre\"",
        "t \"moon\" enter enter",
        "w",
        "?",
        "? \"sign\"",
        ":",
        "g",
        "1 2",
        "m",
        "c",
        "f",
        "o",
        "g b",
        "g a",
        "/ \"bread\"",
        "/ \"bread\" enter",
        "g /",
        "v",
        "v } y",
        "V",
        "+",
        "+ enter",
        "g l",
        "-",
        "g q",
        "g q enter",
        "g c",
        "a",
        "a \"words\" ctrl-s",
        "a \"words\" esc",
        "g n",
        "A",
        "i",
        "z n",
        "T",
        "T \"x\" enter",
        "g t",
        "g T",
        "t \"bread\" enter g s",
        "t \"bread\" enter g s j enter",
        "g m",
        "g m j l",
        "g m space",
        "g L",
        "g L j n",
        "P",
        "P g r",
        "P g r e",
        "g p",
        "P g p",
        "P g p s",
        "P g p c",
        "P g p B",
        "z o",
        "z s",
        "z l",
        "z l t",
        "s s",
        "g v",
        "] ]",
        "x",
        "g W",
        "g e",
        "ctrl-x",
        "G",
        "g g",
    ];
    for (other, sync) in [(&right, ""), (&version, "s s")] {
        let mut play = Play::new(120, 35, &left, other);
        play.keys(sync);
        for keys in screens {
            play.resize(120, 35).keys("esc esc esc esc").keys(keys);
            for size in [(120, 35), (80, 24), (200, 55), (40, 12)] {
                play.resize(size.0, size.1);
                let both = [Signs::Ascii, Signs::Unicode].map(|signs| drawn(&play, size, signs));
                for (ascii, unicode) in both[0].iter().zip(&both[1]) {
                    assert!(ascii.is_ascii(), "{size:?} after {sync} {keys}:\n{ascii}\n{unicode}");
                    let is_blank = |row: &str| row.trim().is_empty();
                    let same = is_blank(ascii) == is_blank(unicode) || is_of_blocks(unicode);
                    assert!(same, "{size:?} after {sync} {keys}:\n{ascii}\n{unicode}");
                }
            }
        }
    }
}

#[test]
fn the_texts_keep_their_own_letters_in_ascii() {
    let dir = tempfile::tempdir().unwrap();
    let left = fs::canonicalize(dir.path()).unwrap().join("left.md");
    fs::write(&left, "# Left\n\n“Größe” — so Marx · 1867… ¶ ⇄ ◆\n").unwrap();
    let mut play = Play::new(120, 35, left.to_str().unwrap(), "embedded:power-from-below");
    let words = "“Größe” — so Marx · 1867… ¶ ⇄ ◆";
    for keys in ["", "enter", "z s", "z l J", "t"] {
        let screen = drawn(play.keys(keys), (120, 35), Signs::Ascii).join("\n");
        assert!(screen.contains(words) || keys == "t", "after {keys}:\n{screen}");
        assert!(!screen.replace(words, "").contains(['◆', '┊', '⇄']), "{screen}");
    }
}

#[test]
fn the_console_is_drawn_on_in_ascii_by_itself() {
    for environment in [&[("TERM", "linux"), ("LANG", "en_US.UTF-8")], &[("TERM", "xterm-256color"), ("LC_ALL", "C")]] {
        let mut terminal = Terminal::with(tempfile::tempdir().unwrap(), &[], environment);
        terminal.until("Power from Below");
        terminal.until("#1/35");
        assert!(!terminal.shown().join("").contains(['◆', '┊', '▌']), "{:?}", terminal.shown());
        terminal.keys("q");
        assert_eq!(terminal.ends(), 0);
    }
}

/// A home in which a script writes down what it is given to say.
fn speaking(script: &str) -> tempfile::TempDir {
    home_with_config(&format!("speak = [\"sh\", \"-c\", {script:?}, \"said.txt\"]\n"))
}

/// Waits until the script was given words to say. A line that comes sooner would end it.
fn until_said(file: &Path, words: &str) {
    wait(&format!("{words:?} is said"), || fs::read_to_string(file).is_ok_and(|said| said.contains(words)));
}

#[test]
fn in_lines_each_key_prints_what_is_new_and_nothing_is_drawn_again() {
    let home = speaking("printf '%s\\n--\\n' \"$1\" >> \"$0\"");
    let said = home.path().join("said.txt");
    let texts = ["--lines", "embedded:the-party-as-instrument", "embedded:power-from-below"];
    let mut terminal = Terminal::with(home, &texts, &[("TERM", "dumb")]);
    terminal.until("Left, leading: The Party as Instrument, passage 1 of 35.");
    terminal.settle();
    terminal.seen.clear();
    terminal.keys("J");
    terminal.until("passage 2 of 35");
    until_said(&said, "Left, leading: The Party as Instrument, passage 2 of 35");
    terminal.settle();
    terminal.keys("t");
    terminal.until("Topics, ");
    until_said(&said, "Topics, ");
    // Both texts have been studied.
    // How many there are depends on whether some are proposed by now.
    terminal.until(": Democratic centralism. 2 left, 2 right. ");
    terminal.keys("soviets\r");
    terminal.until("Topic The soviets, treatment");
    terminal.until("Counterpart ");
    terminal.keys("/bread");
    terminal.until("Search for bread: ");
    terminal.keys("\x1b");
    terminal.settle();
    // The mouse is the terminal's own.
    terminal.keys("zmzm");
    terminal.settle();
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    let seen = String::from_utf8_lossy(&terminal.seen).into_owned();
    assert!(!seen.contains('\x1b'), "no escape is ever written: {seen:?}");
    assert!(!seen.contains(['┊', '│', '─']), "{seen}");
    let whole =
        |line: &str| line.starts_with("Left, leading: The Party as Instrument, passage 2 of 35") && line.len() > 200;
    assert!(seen.lines().any(whole), "label and words on one line: {seen}");
    assert!(terminal.is_cooked());
}

#[test]
fn the_next_line_ends_one_that_is_still_spoken_and_a_failure_is_told_once() {
    let home = speaking("trap 'echo ended >> \"$0\"; exit 0' TERM; echo begun >> \"$0\"; exec sleep 60");
    let said = home.path().join("said.txt");
    let mut terminal = Terminal::with(home, &["--linear"], &[("TERM", "xterm-256color")]);
    terminal.until("Left, leading");
    terminal.settle();
    for _ in 0..3 {
        terminal.keys("J");
        terminal.settle();
    }
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    assert!(fs::read_to_string(said).unwrap().matches("begun").count() > 2, "none waits for the one before");
    let home = home_with_config("speak = [\"no-such-speaker\"]\n");
    let mut terminal = Terminal::with(home, &["--linear"], &[("TERM", "xterm-256color")]);
    terminal.until("no-such-speaker does not speak");
    terminal.keys("J");
    terminal.settle();
    terminal.keys("J");
    terminal.settle();
    assert!(!terminal.shown().join("\n").contains("does not speak"), "{:?}", terminal.shown());
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn what_speaks_is_named_in_full_or_alone() {
    let dir = home(&[("config.toml", "speak = [\"./say\"]\nlines = 1\n")]);
    let told = program(Path::new(dir.path()), &["check", "embedded:"]).output().unwrap();
    assert!(out(&told).contains("config.toml:1:9: `speak`: `./say`: name the program alone"), "{told:?}");
    assert!(out(&told).contains("config.toml:2:9: `lines`: wrong type"), "{told:?}");
}

/// Every sign that is written into the code of the screen and of the session.
fn signs_of(folder: &Path, found: &mut Vec<(char, PathBuf)>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            signs_of(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        found.extend(code.flat_map(str::chars).filter(|c| !c.is_ascii()).map(|c| (c, path.clone())));
    }
}

#[test]
fn the_table_of_signs_has_all_that_are_drawn() {
    let mut found = Vec::new();
    for layer in ["view", "app", "model", "study"] {
        signs_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(layer), &mut found);
    }
    assert!(found.len() > 100);
    found.retain(|(sign, _)| view::signs::in_ascii(*sign).is_none());
    assert_eq!(found, []);
}
