//! `diptych remote`: speaks to a session from the shell. The requests are in [`crate::wire::message`].

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::args::room::{Remote, RemoteCommand};
use super::ending::{Ending, Usage};
use super::pair_url;
use super::print::to_stdout;
use crate::library::Library;
use crate::text::clean::Clean;
use crate::wire::client::{Client, WireError};
use crate::wire::folder::SocketFolder;
use crate::wire::message::{Answer, Request, Shown, ShownText, Where, line_of};

/// Runs it.
pub(super) fn run(library: &Library, asked: &Remote) -> Result<Ending> {
    let socket = asked.socket.socket.as_deref();
    let request = match &asked.command {
        RemoteCommand::List => return list(library),
        RemoteCommand::Watch { remarks } => return watch(connect(library, socket)?, *remarks),
        RemoteCommand::State { remarks } => Request::State { remarks: *remarks },
        RemoteCommand::Go { left, right } => {
            Request::Go { left: place(left)?, right: right.as_deref().map(place).transpose()?.flatten() }
        }
        RemoteCommand::Topic { topic } => Request::Topic { topic: topic.clone() },
        RemoteCommand::Stop { stop } => Request::Stop { stop: *stop },
        RemoteCommand::Next => Request::Next,
        RemoteCommand::Back => Request::Back,
        RemoteCommand::Return => Request::Return,
        RemoteCommand::Open { left, right } => {
            let texts: Vec<&str> = [Some(left.as_str()), right.as_deref()].into_iter().flatten().collect();
            opening(library, &texts)?
        }
        RemoteCommand::Say { words } => Request::Say { words: words.join(" ") },
    };
    ask(&mut connect(library, socket)?, &request)
}

/// Opens texts in the session that was begun last.
pub(super) fn open(library: &Library, texts: &[String]) -> Result<Ending> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let request = opening(library, &texts)?;
    ask(&mut connect(library, None)?, &request)
}

/// Whether there is a session that can be spoken to.
pub(super) fn is_any(library: &Library) -> bool {
    !live(library).is_empty()
}

/// The session that is meant: by its socket or its number, else the one that was begun last.
pub(super) fn connect(library: &Library, socket: Option<&str>) -> Result<Client> {
    match socket {
        Some(socket) => Ok(Client::connect(&path_of(library, socket))?),
        None => match live(library).first() {
            Some(path) => Ok(Client::connect(path)?),
            None => bail!(nobody()),
        },
    }
}

/// The session to follow: one that presents, else the one that was begun last.
pub(super) fn leader(library: &Library, socket: Option<&str>) -> Result<Client> {
    if socket.is_some() {
        return connect(library, socket);
    }
    let live = live(library);
    let presents = |path: &&PathBuf| matches!(shown(path), Ok(shown) if shown.present.is_some());
    match live.iter().find(presents).or(live.first()) {
        Some(path) => Ok(Client::connect(path)?),
        None => bail!(nobody()),
    }
}

fn nobody() -> &'static str {
    "no session is there to be spoken to; one listens as soon as `diptych` reads in another terminal, unless `listen = false` is \
     in its config.toml"
}

fn folders(library: &Library) -> Vec<SocketFolder> {
    let state = library.folders().map(|folders| folders.state.as_path());
    SocketFolder::all_here(state)
}

fn live(library: &Library) -> Vec<PathBuf> {
    SocketFolder::live(&folders(library))
}

fn path_of(library: &Library, socket: &str) -> PathBuf {
    let Ok(number) = socket.parse::<u32>() else { return PathBuf::from(socket) };
    let sockets: Vec<PathBuf> = folders(library).iter().map(|folder| folder.socket_of(number)).collect();
    sockets.iter().find(|socket| socket.exists()).or(sockets.first()).cloned().unwrap_or_default()
}

fn shown(path: &Path) -> Result<Shown, WireError> {
    match Client::connect(path)?.ask(&Request::State { remarks: false })? {
        Answer::Shown(shown) => Ok(*shown),
        Answer::Done | Answer::Refused { .. } => Ok(Shown::default()),
    }
}

fn list(library: &Library) -> Result<Ending> {
    let sockets = live(library);
    if sockets.is_empty() {
        bail!(nobody());
    }
    let lines = sockets.iter().map(|path| {
        let number = path.file_stem().unwrap_or_default().to_string_lossy();
        let at = match shown(path) {
            Ok(shown) => said(&shown),
            Err(error) => error.to_string(),
        };
        format!("{number}  {}  {at}", path.display())
    });
    let lines: Vec<String> = lines.collect();
    to_stdout(|out| lines.iter().try_for_each(|line| writeln!(out, "{}", Clean::line(line))))?;
    Ok(Ending::Done)
}

/// What a session shows, in a line.
fn said(shown: &Shown) -> String {
    let number = |text: &Option<ShownText>| {
        text.as_ref().and_then(|t| t.passage).map_or_else(|| "–".to_owned(), |passage| format!("¶{passage}"))
    };
    let presents = if shown.present.is_some() { "presents: " } else { "" };
    format!("{presents}{}  {} ⇄ {}", shown.title, number(&shown.left), number(&shown.right))
}

fn ask(client: &mut Client, request: &Request) -> Result<Ending> {
    match client.ask(request)? {
        Answer::Done => Ok(Ending::Done),
        Answer::Refused { why } => bail!("{}", Clean::line(&why)),
        shown @ Answer::Shown(_) => {
            print(&shown)?;
            Ok(Ending::Done)
        }
    }
}

fn watch(mut client: Client, remarks: bool) -> Result<Ending> {
    client.say(&Request::Subscribe { remarks })?;
    loop {
        match client.hear(None) {
            Ok(shown @ Answer::Shown(_)) => print(&shown)?,
            Ok(Answer::Refused { why }) => bail!("{}", Clean::line(&why)),
            Ok(Answer::Done) => {}
            // It has ended, as every session does.
            Err(WireError::Gone(_)) => return Ok(Ending::Done),
            Err(error) => return Err(error.into()),
        }
    }
}

fn print(answer: &Answer) -> Result<()> {
    to_stdout(|out| out.write_all(&line_of(answer)))
}

/// A place as it is typed.
fn place(typed: &str) -> Result<Option<Where>, Usage> {
    if typed == "-" {
        return Ok(None);
    }
    let (passage, line) = match typed.strip_prefix("line:") {
        Some(line) => (None, Some(line.parse())),
        None => (Some(typed.trim_start_matches('¶').parse()), None),
    };
    let wrong = |_| {
        let typed = Clean::line(typed);
        Usage(format!("{typed}: a place is the number of a passage (14), a line of the file (line:120), or - for none"))
    };
    let (passage, line) = (passage.transpose().map_err(wrong)?, line.transpose().map_err(wrong)?);
    Ok(Some(Where { text: None, passage, line }))
}

/// The request to open texts as they are named here, which have to be there.
fn opening(library: &Library, texts: &[&str]) -> Result<Request> {
    let of_url = match texts {
        [one] => pair_url::texts_of(one).transpose()?,
        _ => None,
    };
    let texts: Vec<&str> = of_url.as_ref().map_or(texts.to_vec(), |of_url| of_url.iter().map(String::as_str).collect());
    let [left, rest @ ..] = texts.as_slice() else { bail!(Usage("name one text or two".to_owned())) };
    let right = match rest {
        [] => None,
        [right] => Some(*right),
        _ => bail!(Usage("name one text or two".to_owned())),
    };
    let named = |written: &str| -> Result<Option<Where>> {
        if written == "-" {
            return Ok(None);
        }
        let request = library.request(written)?;
        library.probe(&request)?;
        Ok(Some(Where { text: Some(request.lasting()), passage: request.passage.map(|p| p.0), line: None }))
    };
    Ok(Request::Open { left: named(left)?, right: right.map(named).transpose()?.flatten() })
}
