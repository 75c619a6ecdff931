//! The reader's own files: settings in config.toml, keys in keymap.toml. A mistake costs no more than its line.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize as _;
use toml_edit::{Document, Item, Table};

use super::disk::{Disk, Spot};
use super::hooks;
use super::said::{io_words, shown};
use super::themes;
use crate::model::own_theme::OwnTheme;
use crate::model::settings::{MEASURES, Settings, ThemeName};
use crate::text::clean::Clean;
use crate::topic::fault::line_column;
use crate::word::nearest::nearest;

/// What a reader writes by hand is shorter.
const LONGEST: u64 = 1 << 20;

/// A mistake in a file that a reader writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub path: PathBuf,
    /// Line and column, both from 1; `None` where the whole file is meant.
    pub at: Option<(u32, u32)>,
    /// What is wrong, and what to write instead.
    pub message: Clean,
}

/// A file of the reader's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// Where it is, as short as the reader would write it.
    pub path: PathBuf,
    /// What it says.
    pub source: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", shown(&self.path))?;
        if let Some((line, column)) = self.at {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The settings: what the reader's file says, and the defaults for the rest.
pub fn settings(disk: &dyn Disk, path: &Path) -> (Settings, Vec<Mistake>) {
    match read(disk, path) {
        Ok(Some(source)) => {
            let folder = path.with_file_name("themes");
            parse_settings(&source, path, &|name| themes::theme(disk, &folder, name))
        }
        Ok(None) => (Settings::default(), Vec::new()),
        Err(mistake) => (Settings::default(), vec![mistake]),
    }
}

/// The file as a string; `None` where there is none.
pub fn read(disk: &dyn Disk, path: &Path) -> Result<Option<String>, Mistake> {
    let whole = |message: &str| Mistake { path: path.to_owned(), at: None, message: Clean::line(message) };
    match disk.read(&Spot::own(path), LONGEST) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(source) => Ok(Some(source)),
            Err(_) => Err(whole("is not UTF-8 text, and was left aside; save it as UTF-8")),
        },
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(whole(&format!("cannot be read ({}), and was left aside", io_words(&e)))),
    }
}

/// Finds a theme of the reader's own by its name.
type FindTheme<'a> = &'a dyn Fn(&str) -> Result<Option<OwnTheme>, String>;

fn parse_settings(source: &str, path: &Path, theme: FindTheme<'_>) -> (Settings, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let mut wrong = |at: usize, message: String| {
        let at = Some(line_column(source, at));
        mistakes.push(Mistake { path: path.to_owned(), at, message: Clean::line(&message) });
    };
    let (mut settings, mut own_theme) = (Settings::default(), None);
    let document = match Document::parse(source) {
        Ok(document) => document,
        Err(e) => {
            wrong(e.span().map_or(0, |s| s.start), format!("not TOML: {}; the defaults hold", e.message()));
            return (settings, mistakes);
        }
    };
    for (name, item) in document.iter() {
        let key_at = document.key(name).and_then(toml_edit::Key::span).or_else(|| item.span()).map_or(0, |s| s.start);
        let value_at = item.span().map_or(key_at, |s| s.start);
        if name == "commands" {
            let (commands, faults) = hooks::parse(item, (source, path));
            settings.commands = commands;
            for (at, message) in faults {
                wrong(at, message);
            }
            continue;
        }
        if name == "theme"
            && let Some(own) = item.as_str().filter(|own| ThemeName::of(own).is_none() && themes::is_name(own))
        {
            match theme(own) {
                Ok(Some(own)) => own_theme = Some(own),
                Ok(None) => {
                    let built_in = table_of(&settings).map(|known| with(known, name, item));
                    let why = built_in.and_then(Result::err).unwrap_or_default();
                    wrong(value_at, format!("`{name}`: {why}, or a file of your own in themes/"));
                }
                Err(why) => wrong(value_at, format!("`{name}`: {why}")),
            }
            continue;
        }
        let Some(known) = table_of(&settings) else { break };
        if !known.contains_key(name) {
            let hint = nearest(name, known.keys().map(String::as_str)).map_or_else(
                || format!("the settings are {}", known.keys().map(String::as_str).collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            wrong(key_at, format!("`{name}` is not a setting; {hint}"));
            continue;
        }
        let next = with(known, name, item)
            .and_then(|next| next.speak.first().map_or(Ok(()), |program| hooks::check_program(program)).map(|()| next));
        match next {
            Ok(next) if !MEASURES.contains(&next.measure) => {
                let (least, most) = (MEASURES.start(), MEASURES.end());
                wrong(value_at, format!("`{name}` must be from {least} to {most} cells"));
            }
            Ok(next) if !next.says_where_to_keep() => {
                wrong(value_at, format!("`{name}` is \"beside\", or a folder that begins with / or ~/"));
            }
            Ok(next) if next.linked_folders().is_none() => {
                wrong(value_at, format!("`{name}` is a list of folders that begin with / or ~/"));
            }
            Ok(next) => settings = Settings { commands: std::mem::take(&mut settings.commands), ..next },
            Err(message) => wrong(value_at, format!("`{name}`: {message}")),
        }
    }
    if let Some(own) = own_theme {
        settings.theme = ThemeName::Own;
        settings.own_theme = Some(Arc::new(own));
    }
    (settings, mistakes)
}

/// The settings as a table, every one of them in it.
fn table_of(settings: &Settings) -> Option<toml::Table> {
    toml::Table::try_from(settings).ok()
}

/// `known` with one setting changed to what the reader wrote.
fn with(mut known: toml::Table, name: &str, item: &Item) -> Result<Settings, String> {
    let mut one = Table::new();
    one.insert(name, item.clone());
    let written: toml::Table = one.to_string().parse().map_err(|e: toml::de::Error| e.message().to_owned())?;
    known.extend(written);
    Settings::deserialize(toml::Value::Table(known)).map_err(|e| in_words(e.message()))
}

/// What the deserializer says, as advice: ``unknown variant `drk`, expected one of `dark`, `light` ``.
fn in_words(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((wrong, names)) if message.starts_with("unknown variant") => {
            let near = nearest(wrong, names.iter().copied());
            let hint = near.map_or(String::new(), |n| format!("did you mean \"{n}\"? "));
            let names: Vec<String> = names.iter().map(|n| format!("\"{n}\"")).collect();
            format!("\"{wrong}\" is not among its values; {hint}they are {}", names.join(", "))
        }
        _ => {
            let said = message.replace("invalid type: ", "wrong type: ").replace("invalid value: ", "wrong value: ");
            said.replace("u16", "a whole number")
                .replace("a boolean", "true or false")
                .replace("a sequence", "a list")
                .replace("a string", "words in quotation marks")
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::settings::{EXPLAINED, Sync, ThemeName};

    #[test]
    fn a_mistake_costs_its_line_only() {
        let path = Path::new("config.toml");
        let default = Settings::default;
        let cases: &[(&str, Settings, &[&str])] = &[
            ("", default(), &[]),
            (
                "theme = \"light\" # mine\nmeasure = 66\nmouse = false\nsync = \"off\"\nlinear = true\nmeaning = \"~/m\"\n",
                Settings {
                    theme: ThemeName::Light,
                    measure: 66,
                    mouse: false,
                    sync: Sync::Off,
                    linear: true,
                    meaning: "~/m".to_owned(),
                    ..default()
                },
                &[],
            ),
            ("keep = \"~/made\"", Settings { keep: "~/made".to_owned(), ..default() }, &[]),
            ("linked = [\"~/a\"]", Settings { linked: vec!["~/a".to_owned()], ..default() }, &[]),
            (
                "linked = [\"a\"]",
                default(),
                &["config.toml:1:10: `linked` is a list of folders that begin with / or ~/"],
            ),
            ("keep = \"besides\"", default(), &["config.toml:1:8: `keep` is \"beside\", or a folder"]),
            (
                "theme = \"drak\"\nmeasure = 60\n",
                Settings { measure: 60, ..default() },
                &["config.toml:1:9: `theme`: \"drak\" is not among its values; did you mean \"dark\"?"],
            ),
            (
                "\n  mesure = 60\nsync = \"scroll\"\n[reading]\n",
                Settings { sync: Sync::Scroll, ..default() },
                &[
                    "config.toml:2:3: `mesure` is not a setting; did you mean `measure`?",
                    "config.toml:4:2: `reading` is no",
                ],
            ),
            ("measure = 5", default(), &["config.toml:1:11: `measure` must be from 20 to 200 cells"]),
            (
                "measure = -5\nmouse = 1",
                default(),
                &[
                    "config.toml:1:11: `measure`: wrong value: integer `-5`, expected a whole number",
                    "config.toml:2:9: `mouse`: wrong type: integer `1`, expected true or false",
                ],
            ),
            (
                "theme = \"aubergine\"",
                default(),
                &["config.toml:1:9: `theme`: \"aubergine\" is not among its values; they are \"auto\", \"dark\","],
            ),
            ("theme = \n", default(), &["config.toml:1:"]),
        ];
        for (source, expected, lines) in cases {
            let (settings, mistakes) = parse_settings(source, path, &|_| Ok(None));
            assert_eq!(settings, *expected, "{source}");
            let said: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            assert_eq!(said.len(), lines.len(), "{said:?}");
            for (said, line) in said.iter().zip(*lines) {
                assert!(said.starts_with(line), "{said}");
            }
        }
    }

    #[test]
    fn all_settings_are_printed_with_a_word_on_each_and_read_back() {
        let path = Path::new("config.toml");
        let default = Settings::default();
        let printed = default.to_toml();
        assert_eq!(parse_settings(&printed, path, &|_| Ok(None)), (default.clone(), Vec::new()), "{printed}");
        let mut explained: Vec<&str> = EXPLAINED.iter().map(|(name, _)| *name).collect();
        explained.sort_unstable();
        let known = table_of(&default).unwrap();
        let mut known: Vec<&str> = known.keys().map(String::as_str).collect();
        known.sort_unstable();
        assert_eq!(explained, known);
        // And so are others, commands among them.
        let source =
            "theme = \"mine\"\nspeak = [\"say\", \"-v\"]\n[commands.word]\nrun = [\"a\", \"b \\\"c\"]\nkey = \"D\"\n";
        let find = |name: &str| Ok(Some(OwnTheme { name: name.to_owned(), base: ThemeName::Auto, files: Vec::new() }));
        let (settings, mistakes) = parse_settings(source, path, &find);
        assert_eq!((settings.theme_name(), settings.commands.len(), mistakes.len()), ("mine", 1, 0));
        let (mut again, mistakes) = parse_settings(&settings.to_toml(), path, &find);
        again.commands[0].at = settings.commands[0].at.clone();
        assert_eq!((again, mistakes), (settings, Vec::new()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_settings_file_is_too_odd(source in r#"((theme|measure|mouse|a b|"x\\y") ?[=.] ?(1|-7|"dark"|\[|\{|é|99999)?\n?){0,4}"#) {
            let (settings, mistakes) = parse_settings(&source, Path::new("config.toml"), &|_| Ok(None));
            prop_assert!(MEASURES.contains(&settings.measure));
            let lines = source.lines().count().max(1) as u32;
            prop_assert!(mistakes.iter().all(|m| m.at.is_some_and(|(line, column)| line <= lines + 1 && column >= 1)));
        }
    }
}
