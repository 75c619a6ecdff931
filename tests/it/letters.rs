//! Letters of every kind in the real program: whatever a terminal thinks of their width, the border stays in its column.

use std::time::{Duration, Instant};

use crate::terminal::{PATIENCE, Terminal};

/// Reads the paragraphs from their first to their last page beside an ordinary text, and looks at where the terminal has
/// put the hinge on every row. The terminal has its own opinion of how wide a letter is.
fn letters_leave_the_border_in_its_column(paragraphs: &[String]) {
    let home = tempfile::tempdir().unwrap();
    let end = "The end of the letters.";
    std::fs::write(home.path().join("letters.txt"), format!("{}\n\n{end}", paragraphs.join("\n\n"))).unwrap();
    let mut terminal = Terminal::at_home(home, &["letters.txt", "power-from-below"], "xterm-256color");
    terminal.until_at("", 1);
    terminal.settle();
    let columns = |screen: &vt100::Screen, row: u16| -> Vec<u16> {
        (0..120).filter(|x| screen.cell(row, *x).is_some_and(|c| c.contents() == "┊")).collect()
    };
    let expected = columns(terminal.parser.screen(), 5);
    assert_eq!(expected.len(), 1, "{}", terminal.parser.screen().contents());
    loop {
        let before = terminal.parser.screen().contents();
        for row in 2..34 {
            assert_eq!(columns(terminal.parser.screen(), row), expected, "row {row} of\n{before}");
        }
        if before.contains(end) {
            break;
        }
        terminal.keys(" ");
        let begin = Instant::now();
        while terminal.parser.screen().contents() == before {
            assert!(begin.elapsed() < PATIENCE, "stuck at\n{before}");
            terminal.read(Duration::from_millis(50));
        }
        while let Ok(bytes) = terminal.bytes.recv_timeout(Duration::from_millis(15)) {
            terminal.parser.process(&bytes);
        }
    }
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn no_letter_moves_the_border_in_the_terminal() {
    let letters = [
        "e\u{301}\u{301} a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308} n\u{303} \u{301}alone",
        "日本語のテキスト、ｶﾀｶﾅ ＡＢＣ 한국어 ᄀᄀᄀ각ᆨᆨ 각",
        "👩‍👩‍👧‍👦 👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪🇫🇷🇩 👍🏿 ❤️ ❤ ✋🏼 1️⃣ ☎︎ ☎️ 🧑‍🤝‍🧑 🫱🏻‍🫲🏿 🏳️‍🌈",
        "עברית: שלום עולם, العربية: مرحبا بالعالم ﷽ لا",
        "क्षि ക്ഷ བོད་ ᠮᠣᠩᠭᠣᠯ 𐍈 𝄞 𠀀",
        "tab\tafter\ttab soft\u{ad}hyphen zero\u{200b}width\u{200d}joined\u{2060} \u{fe0f} ﬁ ⸻ … ‰",
        "\u{1b}[31mred\u{1b}[0m \u{202e}reversed\u{2066} \u{e0041} nul:\0 bell:\u{7} del:\u{7f} c1:\u{9b}31m",
    ];
    let sized = |n: usize| letters.iter().map(move |l| format!("{l} ").repeat(n));
    letters_leave_the_border_in_its_column(&sized(1).chain(sized(4)).collect::<Vec<_>>());
}

/// Debian's `unicode-data` has the lists: `UNICODE_DATA=/usr/share/unicode cargo test --test it -- --ignored unicode`.
#[test]
#[ignore = "reads the lists of the package unicode-data"]
fn no_letter_of_the_lists_of_unicode_moves_the_border() {
    let folder = std::env::var("UNICODE_DATA").unwrap_or_else(|_| "/usr/share/unicode".to_owned());
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let letters = |line: &str| -> String {
        let codes = line.split(|c: char| !c.is_ascii_hexdigit()).filter_map(|code| u32::from_str_radix(code, 16).ok());
        codes.filter_map(char::from_u32).collect()
    };
    let breaks = read("auxiliary/GraphemeBreakTest.txt");
    let breaks = breaks.lines().filter_map(|l| l.split('#').next()).filter(|l| !l.trim().is_empty());
    let emoji = read("emoji/emoji-test.txt");
    let emoji = emoji.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split(';').next());
    let all: Vec<String> = breaks.chain(emoji.filter(|l| !l.trim().is_empty())).map(letters).collect();
    assert!(all.len() > 5000, "{} lines", all.len());
    let paragraphs: Vec<String> = all.chunks(60).map(|c| c.join(" x ").replace(['\n', '\r'], " ")).collect();
    letters_leave_the_border_in_its_column(&paragraphs);
}
