//! The reader's own commands as config.toml has them: `[commands.NAME]`. A mistake costs no more than its command.

use std::path::Path;

use toml_edit::{Item, Key, TableLike};

use crate::model::hook::{Hook, SECONDS};
use crate::text::clean::{Clean, is_clean};
use crate::topic::fault::line_column;
use crate::word::nearest::nearest;

/// What can be said of a command.
const FIELDS: [&str; 4] = ["run", "key", "about", "seconds"];

/// The longest that a program may run, in seconds.
const LONGEST: i64 = 600;

/// The longest name of a command, in letters.
const LONGEST_NAME: usize = 40;

/// A mistake: at which byte of the file, and what it is.
type Wrong = (usize, String);

/// The commands of the table `commands`, which stands in `source`.
pub(super) fn parse(commands: &Item, (source, path): (&str, &Path)) -> (Vec<Hook>, Vec<Wrong>) {
    let (mut hooks, mut wrong) = (Vec::new(), Vec::new());
    let at_item = |item: &Item| item.span().map_or(0, |span| span.start);
    let Some(table) = commands.as_table_like() else {
        return (
            hooks,
            vec![(at_item(commands), "`commands` holds a table for each, as [commands.dictionary]".into())],
        );
    };
    for (name, item) in table.iter() {
        let at = table.key(name).and_then(Key::span).or_else(|| item.span()).map_or(0, |span| span.start);
        let read = check_name(name).map_err(|why| (at, why)).and_then(|()| match item.as_table_like() {
            Some(fields) => command(name, fields, at),
            None => Err((at, format!("`{name}` must be a table with `run`, as [commands.{name}]"))),
        });
        match read {
            Ok(hook) => hooks.push(Hook { at: (path.to_owned(), line_column(source, at)), ..hook }),
            Err(mistake) => wrong.push(mistake),
        }
    }
    (hooks, wrong)
}

fn check_name(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let good = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain);
    if good && name.len() <= LONGEST_NAME {
        return Ok(());
    }
    Err(format!("`{name}` is not a name for a command: small letters, digits and - , at most {LONGEST_NAME}"))
}

fn command(name: &str, fields: &dyn TableLike, at: usize) -> Result<Hook, Wrong> {
    let place = |field: &str| fields.get(field).and_then(Item::span).map_or(at, |span| span.start);
    if let Some((field, _)) = fields.iter().find(|(field, _)| !FIELDS.contains(field)) {
        let hint = nearest(field, FIELDS.into_iter())
            .map_or_else(|| format!("it has {}", FIELDS.join(", ")), |near| format!("did you mean `{near}`?"));
        return Err((place(field), format!("a command has no `{field}`; {hint}")));
    }
    let words = |field: &str| match fields.get(field) {
        None => Ok(String::new()),
        Some(item) => match item.as_str() {
            Some(words) if is_clean(words) && !words.contains('\n') => Ok(words.to_owned()),
            _ => Err((place(field), format!("`{field}` must be words in quotation marks, on one line"))),
        },
    };
    let run = argv(fields.get("run")).map_err(|why| (place("run"), why))?;
    let seconds = match fields.get("seconds").map(Item::as_integer) {
        None => SECONDS,
        Some(Some(seconds)) if (1..=LONGEST).contains(&seconds) => seconds as u16,
        Some(_) => return Err((place("seconds"), format!("`seconds` must be a whole number from 1 to {LONGEST}"))),
    };
    let about = Clean::line(&words("about")?).as_str().to_owned();
    Ok(Hook { name: name.to_owned(), key: words("key")?, run, about, seconds, at: Default::default() })
}

/// The program and its arguments. A program is found by its name in `$PATH` or named in full: the current folder, which may
/// be a stranger's, is never searched.
fn argv(run: Option<&Item>) -> Result<Vec<String>, String> {
    let asked = "`run` is a list of words, the program first, as [\"dict\", \"-d\", \"wn\"]; no shell reads it";
    let list = run.and_then(Item::as_array).ok_or(asked)?;
    let words: Option<Vec<String>> = list.iter().map(|word| word.as_str().map(str::to_owned)).collect();
    let words = words.ok_or(asked)?;
    let program = words.first().filter(|program| !program.trim().is_empty()).ok_or(asked)?;
    if words.iter().any(|word| word.contains('\0')) {
        return Err(asked.to_owned());
    }
    check_program(program)?;
    Ok(words)
}

/// Whether a program is named so that it is the same one in every folder.
pub(super) fn check_program(program: &str) -> Result<(), String> {
    if program.trim().is_empty() || program.contains('/') && !program.starts_with('/') && !program.starts_with("~/") {
        return Err(format!("`{program}`: name the program alone, or in full from / or ~/"));
    }
    Ok(())
}
