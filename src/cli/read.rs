//! `diptych [LEFT [RIGHT]]`: starts a reading session from the arguments and what is remembered.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::CommandFactory as _;

use super::args::Cli;
use super::ending::{Ending, Usage, say};
use super::keys;
use super::meant::{BUNDLED, Meant};
use super::pair_url;
use super::remote;
use super::texts::once;
use crate::app::App;
use crate::app::areas::Arrangement;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::room::Role;
use crate::library::error::LoadError;
use crate::library::request::{Request, Source};
use crate::library::said::shown;
use crate::library::{Library, embedded, shelf};
use crate::link::Side;
use crate::model::address::address_of;
use crate::model::open::Shelved;
use crate::model::snapshot::Snapshot;
use crate::model::touring::Touring;
use crate::terminal;
use crate::text::clean::Clean;
use crate::wire::client::WireError;
use crate::word::nearest::nearest;

/// Runs a session until the reader leaves.
pub(super) fn read(library: Library, texts: &[String], (linear, lines): (bool, bool)) -> Result<Ending> {
    // Which library it is says where to begin; a text that is named is opened wherever one is.
    let bundled = embedded::first_two();
    let of_url = match texts {
        [one] => pair_url::texts_of(one).transpose()?,
        _ => None,
    };
    if of_url.is_some() && remote::is_any(&library) {
        match remote::open(&library, texts) {
            // A session that is stopped, or ends just now, opens nothing: it is read here.
            Err(error) if error.downcast_ref::<WireError>().is_some() => {}
            opened => return opened,
        }
    }
    let texts = of_url.as_deref().unwrap_or(texts);
    let (left, right) = match texts {
        [] => {
            Meant::here(&library);
            (None, None)
        }
        [one] if one == BUNDLED => (Some(bundled[0].as_str()), Some(bundled[1].as_str())),
        [one] if Meant::named(&library, one).is_some() => (None, None),
        [left] => (Some(left.as_str()), None),
        [left, right] => (Some(left.as_str()), Some(right.as_str())),
        [first, ..] => return Err(too_many(&library, first, texts.len()).into()),
    };
    if let Some(first) = left.filter(|first| is_missing(&library, first))
        && let Some(near) = near_command(first)
    {
        return Err(misspelt(first, &near).into());
    }
    once(&library, &[left, right].into_iter().flatten().collect::<Vec<_>>())?;
    refuse_without_terminal(|| lines || library.settings_as_written().0.lines)?;
    let mut app = session(&library, left, right)?;
    app.settings.lines |= lines;
    if linear || app.settings.lines {
        app.halves.arrange(Arrangement::Linear);
    }
    Ok(ended(terminal::run(app, library, say)?))
}

/// Presents a tour, from a stop on that is counted from 0.
pub(super) fn present(library: Library, touring: Touring, from: usize) -> Result<Ending> {
    refuse_without_terminal(|| false)?;
    let texts: Vec<&str> = touring.requests.values().map(String::as_str).take(2).collect();
    let mut app = session(&library, texts.first().copied(), texts.get(1).copied())?;
    // What is presented is for a room to see.
    app.settings.lines = false;
    app.present_tour(touring, from);
    Ok(ended(terminal::run(app, library, say)?))
}

/// Reads along with a session that another terminal leads.
pub(super) fn follow(library: Library, socket: Option<&str>) -> Result<Ending> {
    led(library, socket, Role::Follower)
}

/// The second screen of who presents.
pub(super) fn speak(library: Library, socket: Option<&str>) -> Result<Ending> {
    led(library, socket, Role::Speaker)
}

fn led(library: Library, socket: Option<&str>, role: Role) -> Result<Ending> {
    refuse_without_terminal(|| false)?;
    let client = remote::leader(&library, socket)?;
    let library = library.keeping_apart();
    let (settings, of_settings) = library.settings();
    let (keymap, _) = keys::in_force(&library, &settings.commands);
    let mut app = App::new(keymap, settings, Arc::default());
    app.out.notice = told(&of_settings.iter().map(|m| Clean::line(&m.to_string())).collect::<Vec<_>>()).map(Into::into);
    // There is no pair of one's own that lines could tell of.
    app.settings.lines = false;
    app.led.lead_by(&mut app.screens, &mut app.out, role);
    Ok(ended(terminal::run_led(app, library, Some((client, role)), say)?))
}

fn ended(ending: terminal::Ending) -> Ending {
    match ending {
        terminal::Ending::Left => Ending::Done,
        terminal::Ending::Signalled(signal) => Ending::Signalled(signal),
    }
}

/// What is wrong with more than two words: the first is often a command misspelt.
fn too_many(library: &Library, first: &str, count: usize) -> Usage {
    if !is_missing(library, first) {
        return Usage(format!("{count} texts were given, and two can be read side by side; see `diptych --help`"));
    }
    match near_command(first) {
        Some(near) => misspelt(first, &near),
        None => Usage(format!(
            "{first} is neither a text nor a command; give one or two texts, or begin with one of {}",
            commands().join(", ")
        )),
    }
}

fn misspelt(first: &str, near: &str) -> Usage {
    Usage(format!("{first} is neither a text nor a command; did you mean `diptych {near}`?"))
}

fn is_missing(library: &Library, written: &str) -> bool {
    matches!(library.request(written), Err(LoadError::Missing { .. }))
}

fn commands() -> Vec<String> {
    let mut cli = Cli::command();
    cli.build();
    cli.get_subcommands().map(|c| c.get_name().to_owned()).collect()
}

/// The command that is nearest to a word, or that it is the beginning of.
fn near_command(word: &str) -> Option<String> {
    let all = commands();
    let begins = || all.iter().find(|name| word.chars().count() > 1 && name.starts_with(word)).map(String::as_str);
    nearest(word, all.iter().map(String::as_str)).or_else(begins).map(str::to_owned)
}

/// The session before its first screen: settings, keys, topics, and which texts to open.
pub(super) fn session(library: &Library, left: Option<&str>, right: Option<&str>) -> Result<App, LoadError> {
    let (settings, of_settings) = library.settings();
    let (keymap, of_keys) = keys::in_force(library, &settings.commands);
    let of_theme = settings.own_theme.as_deref().map_or_else(Vec::new, super::settings::faults);
    let (mut snapshot, of_state) = library.recall();
    // Of a folder that has no pair of its own: one that was read elsewhere may have moved here.
    let texts = match library.root() {
        Some(folder) if left.is_none() && library.last_pair_in(folder, &snapshot.last_read()).is_none() => {
            library.text_files_in(folder)
        }
        _ => Vec::new(),
    };
    let meant: Vec<String> = match left {
        Some(left) => [Some(left), right]
            .into_iter()
            .flatten()
            .filter_map(|t| library.request(t).ok())
            .map(|r| r.lasting())
            .collect(),
        None => texts.iter().map(|path| address_of(path)).collect(),
    };
    library.follow_moved(&mut snapshot, &meant);
    let mut notices: Vec<Clean> =
        of_settings.iter().chain(&of_theme).chain(&of_keys).map(|m| library.at_home(m)).chain(of_state).collect();
    let pair = match (left, library.root()) {
        (Some(left), _) => asked(library, left, right)?,
        (None, Some(folder)) => last_in(library, folder, &snapshot, &texts)?,
        (None, None) => remembered(library, &snapshot, &mut notices),
    };
    let requests: Vec<&Request> = pair.iter().map(|(_, request)| request).collect();
    let topics = library.begin_soon(&requests);
    let are_read = topics.is_some();
    let (codebook, of_topics) = topics.unwrap_or_default();
    notices.extend(of_topics);
    let (named, refused) = library.whose(&requests, library.root());
    notices.extend(refused);
    let newcomer = left.is_none() && library.root().is_none() && snapshot.is_of_a_newcomer();
    let mut app = App::new(keymap, settings, codebook);
    app.memory.recall(snapshot);
    app.shelf.invite(newcomer.then(introduction).flatten());
    if let (Some(_), None, Some((_, beside))) = (left, right, pair.get(1)) {
        notices.extend(notices.is_empty().then(|| beside_it(&app, beside)));
    }
    notices.extend(if notices.is_empty() { named } else { Vec::new() });
    for (side, (written, _)) in [Side::Left, Side::Right].into_iter().zip(&pair) {
        app.open_text(side, written);
    }
    if !are_read {
        app.out.read_topics();
    }
    app.out.look_for_drafts();
    if pair.is_empty() {
        app.begin_at_shelf();
    } else {
        app.out.look_for_texts(pair.iter().map(|(_, request)| request.lasting()).collect());
    }
    app.out.notice = told(&notices).map(Into::into);
    Ok(app)
}

/// What is said of a text that was not asked for.
fn beside_it(app: &App, text: &Request) -> Clean {
    let title = shelf::title_of(text);
    let key = app.keys.keymap().first_key(Context::Reading, command!("open-text"));
    Clean::line(&match key {
        Some(key) => format!("beside it: {title} ({key} opens another)"),
        None => format!("beside it: {title}"),
    })
}

/// The text that teaches the reader by using it.
fn introduction() -> Option<Shelved> {
    shelf::embedded().into_iter().find(|text| text.request == embedded::INTRODUCTION.id())
}

/// The texts that were asked for; beside a single one, the next of its folder. What cannot be opened is said now, where
/// it can still be said in the shell.
fn asked(library: &Library, left: &str, right: Option<&str>) -> Result<Vec<(String, Request)>, LoadError> {
    let mut pair = vec![probed(library, left)?];
    match right {
        Some(right) => pair.push(probed(library, right)?),
        None => pair.extend(next_on_shelf(library, &pair[0].1)),
    }
    Ok(pair)
}

fn probed(library: &Library, written: &str) -> Result<(String, Request), LoadError> {
    let request = library.request(written)?;
    if request.source == Source::Stdin && io::stdin().is_terminal() {
        return Err(LoadError::NothingPiped);
    }
    library.probe(&request)?;
    Ok((written.to_owned(), request))
}

/// How many of the texts beside a single one are tried, in case they are empty or no texts.
const TRIED: usize = 8;

fn next_on_shelf(library: &Library, text: &Request) -> Option<(String, Request)> {
    library.others_after(text).take(TRIED).find_map(|other| probed(library, &other).ok())
}

/// The pair of a folder that was read last; where none was, its only two texts, or its only one; else the reader chooses.
fn last_in(
    library: &Library,
    folder: &Path,
    snapshot: &Snapshot,
    texts: &[PathBuf],
) -> Result<Vec<(String, Request)>, LoadError> {
    if let Some([left, right]) = library.last_pair_in(folder, &snapshot.last_read()) {
        return Ok(vec![probed(library, &left)?, probed(library, &right)?]);
    }
    match texts {
        // What it has by links alone is asked about on the shelf.
        [] if library.told_of_links_out(folder).is_some() => Ok(Vec::new()),
        [] => Err(LoadError::NoTexts { what: shown(folder) }),
        [_] | [_, _] => texts.iter().map(|path| probed(library, &address_of(path))).collect(),
        _ => Ok(Vec::new()),
    }
}

/// The pair of the last session, else the first two embedded texts.
fn remembered(library: &Library, snapshot: &Snapshot, notices: &mut Vec<Clean>) -> Vec<(String, Request)> {
    let last = [&snapshot.left, &snapshot.right].map(|text| text.as_deref().filter(|t| *t != "-"));
    if let [Some(left), Some(right)] = last {
        match (probed(library, left), probed(library, right)) {
            (Ok(left), Ok(right)) => return vec![left, right],
            (Err(e), _) | (_, Err(e)) => notices.push(e.line()),
        }
    }
    embedded::first_two().iter().filter_map(|text| probed(library, text).ok()).collect()
}

/// One line for all that is wrong: the first, and how to see the rest.
fn told(notices: &[Clean]) -> Option<Clean> {
    let first = notices.first()?;
    Some(match notices.len() - 1 {
        0 => first.clone(),
        more => Clean::line(&format!("{first} (and {more} more: `diptych check`)")),
    })
}

/// Lines can be written to every terminal, a screen not.
fn refuse_without_terminal(lines: impl Fn() -> bool) -> Result<()> {
    let instead = "`diptych compare LEFT RIGHT` and `diptych passages TEXT` print";
    if !io::stdout().is_terminal() {
        bail!("standard output is not a terminal to read in; {instead} into pipes and files");
    }
    if std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb") && !lines() {
        bail!(
            "this terminal cannot place text on its screen (TERM is dumb or not set); `diptych --lines` reads here, {instead} too"
        );
    }
    Ok(())
}
