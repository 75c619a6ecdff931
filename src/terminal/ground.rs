//! Whether the terminal's ground is dark or light, and how many colours it has.
//!
//! The ground is asked of the terminal after the first screen (OSC 11); a terminal that never answers delays nothing.

use super::guard::Environment;
use crate::model::own_theme::OwnTheme;
use crate::model::settings::{Settings, SignsName, ThemeName};
use crate::view::colour::Colours;
use crate::view::signs::Signs;
use crate::view::theme::{Depth, Ground, Theme};
use crate::view::theme_file;

/// Writes a blank of two by two cells at the start of the second row, and asks where the cursor is then (kitty's text sizing
/// protocol, Detecting if the terminal supports it). On the first row the answer would be that of a key.
const SIZES: &[u8] = b"\x1b7\x1b[2;1H\x1b]66;s=2; \x07\x1b[6n\x1b8";

/// Listens for the terminal's answer, and knows the theme.
#[derive(Debug)]
pub(super) struct Listener {
    colours: Colours,
    ground: Ground,
    signs: Signs,
    /// The reader's own theme, on a dark ground and on a light one, and whether it asks for the ground.
    own: Option<([Theme; 2], bool)>,
    /// Whether it said that it has the kitty keyboard protocol.
    pub has_kitty: bool,
    /// Whether it said that it gives words to the clipboard.
    pub has_clipboard: bool,
    /// Whether letters may lead to addresses (OSC 8).
    pub takes_links: bool,
    /// What is known of letters larger than a cell.
    sizes: Sizes,
}

/// What is known of letters larger than a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sizes {
    /// Nobody has asked yet.
    Unasked,
    /// The terminal was asked.
    Asked,
    /// It has said that it draws them.
    Said,
    /// The session knows it.
    Known,
}

impl Listener {
    /// What settings and environment say, until the terminal says more.
    pub(super) fn new(settings: &Settings, environment: &Environment) -> Self {
        let colours = colours(environment);
        let read = |own: &OwnTheme, ground| theme_file::read(own, ground, colours).0;
        let own = settings.own_theme.as_deref();
        let own =
            own.map(|own| ([Ground::Dark, Ground::Light].map(|ground| read(own, ground)), own.base == ThemeName::Auto));
        let signs = match settings.signs {
            SignsName::Auto => signs(environment),
            SignsName::Unicode => Signs::Unicode,
            SignsName::Ascii => Signs::Ascii,
        };
        Self {
            colours,
            ground: ground(environment),
            signs,
            own,
            has_kitty: false,
            has_clipboard: false,
            takes_links: takes_links(environment),
            sizes: Sizes::Unasked,
        }
    }

    /// The signs that are drawn.
    pub(super) fn signs(&self) -> Signs {
        self.signs
    }

    /// The question after the terminal's ground, where the theme depends on it.
    pub(super) fn question(&self, theme: ThemeName) -> Option<&'static [u8]> {
        let asks = match theme {
            ThemeName::Auto => true,
            ThemeName::Own => self.own.as_ref().is_some_and(|(_, asks)| *asks),
            _ => false,
        };
        (asks && self.colours.depth() != Depth::Mono).then_some(b"\x1b]11;?\x1b\\")
    }

    /// The theme for a setting. What is presented to a room is always in the colours for a projector.
    pub(super) fn theme(&self, setting: ThemeName, presented: bool) -> Theme {
        let depth = self.colours.depth();
        let ground = match setting {
            ThemeName::Auto | ThemeName::Own | ThemeName::Mono => self.ground,
            ThemeName::Dark | ThemeName::ProjectorDark => Ground::Dark,
            ThemeName::Light | ThemeName::ProjectorLight => Ground::Light,
        };
        let theme = match (setting, &self.own) {
            (ThemeName::Mono, _) => Theme::new(ground, Depth::Mono),
            _ if presented => Theme::projector(ground, depth),
            (ThemeName::Own, Some((own, _))) => own[usize::from(ground == Ground::Light)].clone(),
            _ => theme_file::built_in(setting, ground, depth),
        };
        Theme { signs: self.signs, ..theme }
    }

    /// The question whether it draws letters larger than a cell, the first time that they are wanted. A terminal without
    /// kitty's keyboard protocol has none of kitty's others.
    pub(super) fn question_of_sizes(&mut self) -> Option<&'static [u8]> {
        let asks = self.has_kitty && self.sizes == Sizes::Unasked;
        asks.then(|| {
            self.sizes = Sizes::Asked;
            SIZES
        })
    }

    /// Whether it has just said that it draws them.
    pub(super) fn hears_of_sizes(&mut self) -> bool {
        let said = self.sizes == Sizes::Said;
        if said {
            self.sizes = Sizes::Known;
        }
        said
    }

    /// Takes in what the terminal has answered.
    pub(super) fn hear(&mut self, answer: &str) {
        // A blank of two cells has moved the cursor from the first column to the third.
        if self.sizes == Sizes::Asked && answer == "2;3R" {
            self.sizes = Sizes::Said;
        }
        if let Some(ground) = answer.strip_prefix("11;rgb:").and_then(brightness) {
            self.ground = ground;
        }
        // `?1u`: the parts of the protocol that are on. `?62;22;52c`: what the terminal has, the clipboard by 52.
        if let Some(said) = answer.strip_prefix('?') {
            self.has_kitty |= said.ends_with('u');
            self.has_clipboard |= said.strip_suffix('c').is_some_and(|has| has.split(';').any(|one| one == "52"));
        }
    }
}

/// The ground of a colour `rrrr/gggg/bbbb`, by its luma (ITU-R BT.601 weights).
fn brightness(color: &str) -> Option<Ground> {
    let mut parts = color.split('/').map(|p| {
        let most = 16_u32.checked_pow(p.len() as u32)?.checked_sub(1).filter(|m| *m > 0)?;
        Some(f64::from(u32::from_str_radix(p, 16).ok()?) / f64::from(most))
    });
    let (r, g, b) = (parts.next()??, parts.next()??, parts.next()??);
    Some(if 0.299 * r + 0.587 * g + 0.114 * b > 0.5 { Ground::Light } else { Ground::Dark })
}

fn depth(environment: &Environment) -> Depth {
    let term = environment.term.as_str();
    if environment.no_color || term.ends_with("-m") || term.starts_with("vt1") || term.starts_with("vt2") {
        Depth::Mono
    } else if !environment.color_term.is_empty()
        || term.contains("256")
        || term.contains("direct")
        || term.contains("kitty")
    {
        Depth::Many
    } else {
        Depth::Sixteen
    }
}

/// Whether any red, green and blue can be shown: by what terminals say of that (<https://github.com/termstandard/colors>).
fn colours(environment: &Environment) -> Colours {
    match depth(environment) {
        Depth::Many if matches!(environment.color_term.as_str(), "truecolor" | "24bit") => Colours::True,
        depth => Colours::Of(depth),
    }
}

/// The Linux console has few signs in its fonts; a locale that says it is none of Unicode has fewer. One that says nothing is
/// no reason to draw less.
fn signs(environment: &Environment) -> Signs {
    let locale = environment.locale.to_ascii_lowercase();
    let is_unicode = locale.is_empty() || locale.contains("utf-8") || locale.contains("utf8");
    if environment.term == "linux" || !is_unicode { Signs::Ascii } else { Signs::Unicode }
}

/// Terminals take what they do not know for nothing, but for those that print it: consoles, old terminals, and GNOME's
/// before 0.50, which fell over it.
fn takes_links(environment: &Environment) -> bool {
    let term = environment.term.as_str();
    let prints_it = ["", "dumb", "linux", "cons25", "unknown"].contains(&term)
        || ["vt", "screen", "eterm", "sun", "con"].iter().any(|begin| term.starts_with(begin));
    let falls_over = environment.vte.parse::<u32>().is_ok_and(|version| version < 5_000);
    (!prints_it || environment.in_tmux) && !falls_over
}

/// `COLORFGBG` is `letters;ground`, by number; 7 and 15 are the light ones.
fn ground(environment: &Environment) -> Ground {
    match environment.color_fg_bg.rsplit(';').next() {
        Some("7" | "15") => Ground::Light,
        _ => Ground::Dark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_ground_from_an_answer() {
        let mut listener = Listener::new(&Settings::default(), &Environment::default());
        let cases = [
            ("11;rgb:1e1e/1e1e/1e1e", Ground::Dark),
            ("11;rgb:fdfd/f6f6/e3e3", Ground::Light),
            ("11;rgb:zz", Ground::Light),
            ("10;rgb:00/00/00", Ground::Light),
            ("11;rgb:0/0/0", Ground::Dark),
            ("11;rgb:ff/ff/ff", Ground::Light),
        ];
        for (answer, expected) in cases {
            listener.hear(answer);
            assert_eq!(listener.ground, expected, "{answer}");
        }
    }

    #[test]
    fn hears_what_the_terminal_has() {
        for (answer, kitty, clipboard) in
            [("?0u", true, false), ("?62;22c", false, false), ("?62;4;52c", false, true), ("11;?u", false, false)]
        {
            let mut listener = Listener::new(&Settings::default(), &Environment::default());
            listener.hear(answer);
            assert_eq!((listener.has_kitty, listener.has_clipboard), (kitty, clipboard), "{answer}");
        }
    }

    #[test]
    fn signs_by_the_terminal_and_the_locale() {
        for (term, locale, expected) in [
            ("xterm-256color", "", Signs::Unicode),
            ("xterm-256color", "de_DE.UTF-8", Signs::Unicode),
            ("xterm-256color", "C.utf8", Signs::Unicode),
            ("xterm-256color", "C", Signs::Ascii),
            ("xterm-256color", "de_DE.ISO-8859-1", Signs::Ascii),
            ("linux", "de_DE.UTF-8", Signs::Ascii),
        ] {
            let environment = Environment { term: term.into(), locale: locale.into(), ..Environment::default() };
            let listener = Listener::new(&Settings::default(), &environment);
            assert_eq!(listener.theme(ThemeName::Auto, false).signs, expected, "{term} {locale}");
            let set = Settings { signs: SignsName::Unicode, ..Settings::default() };
            assert_eq!(Listener::new(&set, &environment).theme(ThemeName::Dark, true).signs, Signs::Unicode);
        }
    }

    #[test]
    fn large_letters_are_asked_for_once_and_believed_only_then() {
        let mut listener = Listener::new(&Settings::default(), &Environment::default());
        assert_eq!(listener.question_of_sizes(), None, "no protocol of kitty's");
        listener.hear("?0u");
        listener.hear("2;3R");
        assert!(!listener.hears_of_sizes(), "nobody asked");
        assert!(listener.question_of_sizes().is_some() && listener.question_of_sizes().is_none());
        listener.hear("2;1R");
        assert!(!listener.hears_of_sizes());
        listener.hear("2;3R");
        assert!(listener.hears_of_sizes() && !listener.hears_of_sizes());
    }

    #[test]
    fn letters_lead_somewhere_only_where_the_terminal_prints_no_signs() {
        let environment = |term: &str, vte: &str, in_tmux| Environment {
            term: term.into(),
            vte: vte.into(),
            in_tmux,
            ..Environment::default()
        };
        for (term, vte, in_tmux, takes) in [
            ("xterm-256color", "", false, true),
            ("xterm-kitty", "", false, true),
            ("tmux-256color", "", true, true),
            ("screen-256color", "", true, true),
            ("screen", "", false, false),
            ("linux", "", false, false),
            ("vt220", "", false, false),
            ("", "", false, false),
            ("xterm-256color", "4602", false, false),
            ("xterm-256color", "7600", false, true),
        ] {
            assert_eq!(takes_links(&environment(term, vte, in_tmux)), takes, "{term} {vte}");
        }
    }

    #[test]
    fn colours_by_the_environment() {
        let environment = |no_color, color_term: &str, term: &str| Environment {
            no_color,
            color_term: color_term.into(),
            term: term.into(),
            ..Environment::default()
        };
        assert_eq!(depth(&environment(true, "truecolor", "xterm")), Depth::Mono);
        assert_eq!(depth(&environment(false, "truecolor", "xterm")), Depth::Many);
        assert_eq!(depth(&environment(false, "", "screen-256color")), Depth::Many);
        assert_eq!(depth(&environment(false, "", "linux")), Depth::Sixteen);
        assert_eq!(depth(&environment(false, "", "vt100")), Depth::Mono);
    }
}
