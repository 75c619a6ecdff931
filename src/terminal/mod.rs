//! The terminal: its modes, the event loop, the workers, and the performing of effects.
//!
//! One thread owns the session and the screen. It sleeps until the terminal, a worker or a signal has something to say,
//! takes in all there is, lets the session update, performs what that asks for, and draws once. Everything slow runs on
//! worker threads, which answer with messages.

mod browser;
mod clipboard;
mod ground;
mod guard;
mod input;
pub(crate) mod jobs;
mod lines;
mod output;
mod outside;
mod precedence;
mod screen;
mod signals;
mod sized;
mod speaker;
mod spoken;
mod wake;
mod watch;
mod workers;

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use self::browser::Browser;
use self::clipboard::{Clipboard, to_tmux};
use self::ground::Listener;
use self::guard::{Environment, Face, Guard, WHO, mouse_mode};
use self::input::{Arrival, Input};
use self::lines::LinearOutput;
use self::output::Output;
use self::precedence::Precedence;
use self::screen::Screen;
use self::signals::Signals;
use self::speaker::Speaker;
use self::spoken::{Leader, Spoken};
use self::wake::{Wake, Woken};
use self::watch::{FileChange, FileWatch};
use self::workers::{FromWorker, Workers};
use crate::app::App;
use crate::app::message::{Copied, Effect, Msg, Terminal, Timer};
use crate::app::room::Role;
use crate::app::work::load::{Answer, Load};
use crate::library::Library;
use crate::library::said::io_words;
use crate::model::notes::Draft;
use crate::text::clean::{Clean, clean_text};
use crate::wire::client::Client;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The reader left, or the terminal went away.
    Left,
    /// A signal asked for it.
    Signalled(i32),
}

/// What a session keeps besides the session itself.
struct Session<'g> {
    screen: Screen,
    /// What is told in lines, where it is read or spoken so.
    lines: Option<LinearOutput>,
    guard: &'g mut Guard,
    wake: Wake,
    signals: Signals,
    workers: Workers,
    precedence: Precedence,
    watch: FileWatch,
    input: Input,
    listener: Listener,
    spoken: Spoken,
    /// The session that this one follows.
    leader: Option<Leader>,
    deadlines: Vec<(Instant, Msg)>,
    /// Whether the session was woken by nothing but the beginning of a sequence from the terminal.
    has_only_begun: bool,
    /// When the session began.
    begun: Instant,
}

/// Runs a session in the terminal until the reader leaves. What the session wants kept has been kept when this returns,
/// whatever ended it; the terminal is as it was. What could not be kept is handed to `tell`, after the screen has been
/// given back.
pub(crate) fn run(app: App, library: Library, tell: impl Fn(&Clean)) -> Result<Ending> {
    run_led(app, library, None, tell)
}

/// The same for one that follows another session, which it does not let others do in turn.
pub(crate) fn run_led(
    mut app: App,
    library: Library,
    leader: Option<(Client, Role)>,
    tell: impl Fn(&Clean),
) -> Result<Ending> {
    let library = Arc::new(library);
    let wake = Wake::new().context("no pipe can be opened")?;
    let signals = Signals::listen(&wake).context("signals cannot be listened for")?;
    let output = Output::new().context("the terminal cannot be written to")?;
    let face = if app.settings.lines { Face::Lines } else { Face::Screen };
    let mut guard =
        Guard::enter(face, app.settings.mouse, output.clone()).context("the terminal cannot be set up for reading")?;
    let ended = catch_unwind(AssertUnwindSafe(|| {
        let (mut session, effects) =
            Session::begin(&mut app, &library, (wake, signals), Screen::new(output), &mut guard)?;
        session.join_room(&mut app, leader)?;
        session.read(&mut app, effects)
    }));
    library.close();
    guard.leave();
    let interrupted = jobs::keep_all(&library, &mut app, ended.is_ok(), &tell);
    match ended {
        Ok(ending) => Ok(interrupted.map_or(ending?, Ending::Signalled)),
        Err(panic) => resume_unwind(panic),
    }
}

impl<'g> Session<'g> {
    /// Shows the first screen; everything that it does not need comes after. Answers with what is left to be done.
    fn begin(
        app: &mut App,
        library: &Arc<Library>,
        (wake, signals): (Wake, Signals),
        mut screen: Screen,
        guard: &'g mut Guard,
    ) -> Result<(Self, Vec<Effect>)> {
        let listener = Listener::new(&app.settings, &Environment::now());
        let (columns, rows) = screen::size()?;
        let due = app.update(Msg::Resize(columns, rows));
        let effects = read_at_once(due, app, library);
        if !app.settings.lines {
            let theme = listener.theme(app.settings.theme, app.screens.is_presenting());
            screen.draw(app, &theme, listener.takes_links)?;
            // Only now: the first screen waits for no answer.
            if let Some(question) = listener.question(app.settings.theme) {
                screen.tell(question)?;
            }
            screen.tell(WHO)?;
        }
        let precedence = Precedence::default();
        let workers = Workers::start(Arc::clone(library), wake.waker(), &precedence);
        let lines = LinearOutput::of(app, speaker(app, library, &workers), listener.signs());
        let watch = FileWatch::new(wake.waker());
        let (input, deadlines, begun) = (Input::default(), Vec::new(), Instant::now());
        let (spoken, leader) = (Spoken::default(), None);
        let session = Self {
            screen,
            lines,
            guard,
            wake,
            signals,
            workers,
            precedence,
            watch,
            input,
            listener,
            spoken,
            leader,
            deadlines,
            has_only_begun: false,
            begun,
        };
        Ok((session, effects))
    }

    /// Follows a session, else listens for other programs.
    fn join_room(&mut self, app: &mut App, leader: Option<(Client, Role)>) -> Result<()> {
        if let Some((client, role)) = leader {
            self.leader = Some(Leader::follow(client, role == Role::Speaker, self.wake.waker())?);
        } else {
            let state = self.workers.library().folders().map(|folders| folders.state.clone());
            self.spoken = Spoken::listen(state.as_deref(), app.settings.listen, self.wake.waker());
        }
        Ok(())
    }

    fn read(&mut self, app: &mut App, effects: Vec<Effect>) -> Result<Ending> {
        if let Some(ending) = self.perform(effects, app)? {
            return Ok(ending);
        }
        if self.lines.is_some() {
            self.show(app, false)?;
        }
        loop {
            let mut messages = Vec::new();
            let was_owed = self.screen.waits_for().is_some();
            if let Some(ending) = self.wait(app, &mut messages)? {
                return Ok(ending);
            }
            // Esc comes as the beginning of a sequence: a frame for that would be the one that is shown.
            let is_as_shown = self.has_only_begun && messages.is_empty() && !was_owed;
            app.led.it_is(&mut app.screens, self.begun.elapsed());
            let pressed = messages.iter().any(|message| matches!(message, Msg::Key(_)));
            let mut messages = VecDeque::from(messages);
            while let Some(message) = messages.pop_front() {
                let message = app.with_typed(message, &mut messages);
                #[cfg(debug_assertions)]
                if let Msg::Key(key) = &message {
                    jobs::fail_if_asked("session");
                    jobs::fail_if_asked(&format!("session at {}", key.shown()));
                }
                let effects = app.update(message);
                if let Some(ending) = self.perform(effects, app)? {
                    return Ok(ending);
                }
            }
            if !is_as_shown {
                self.show(app, pressed)?;
            }
            self.spoken.show(app);
            self.precedence.release();
        }
    }

    /// Shows the session as it is now.
    fn show(&mut self, app: &App, pressed: bool) -> io::Result<()> {
        if let Some(lines) = &mut self.lines {
            let bytes = lines.tell(app, pressed);
            if lines.are_written() {
                return if bytes.is_empty() { Ok(()) } else { self.screen.tell(&bytes) };
            }
        }
        if app.screens.is_presenting()
            && let Some(question) = self.listener.question_of_sizes()
        {
            self.screen.ask(question)?;
            self.input.await_cursor();
        }
        let theme = self.listener.theme(app.settings.theme, app.screens.is_presenting());
        self.screen.draw(app, &theme, self.listener.takes_links)
    }

    /// Sleeps until something happens, and collects all that did.
    fn wait(&mut self, app: &mut App, messages: &mut Vec<Msg>) -> Result<Option<Ending>> {
        let now = Instant::now();
        let held = self.input.deadline();
        let next = self.deadlines.iter().map(|(at, _)| *at).chain(held).min();
        let woken = self.wake.sleep(next.map(|at| at.saturating_duration_since(now)), self.screen.waits_for())?;
        if woken.contains(Woken::GONE) {
            return Ok(Some(Ending::Left));
        }
        if let Some(ending) = self.take_signals(app, messages)? {
            return Ok(Some(ending));
        }
        let mut arrivals = Vec::new();
        if woken.contains(Woken::TERMINAL) {
            self.precedence.claim();
            let mut bytes = [0; 1 << 14];
            let count = self.wake.read(&mut bytes)?;
            if count == 0 {
                return Ok(Some(Ending::Left));
            }
            self.input.take(&bytes[..count], Instant::now(), &mut arrivals);
        }
        self.input.give_up(Instant::now(), &mut arrivals);
        self.has_only_begun = woken == Woken::TERMINAL && arrivals.is_empty();
        for arrival in arrivals {
            match arrival {
                Arrival::Message(message) => messages.push(message),
                Arrival::Answer(answer) => self.listener.hear(&answer),
            }
        }
        if self.listener.hears_of_sizes() {
            messages.push(Msg::TextSizing);
        }
        if self.listener.has_kitty {
            let on = self.guard.has_kitty();
            self.screen.tell(on)?;
        }
        let mut heard = false;
        for said in self.workers.said() {
            heard = true;
            match said {
                FromWorker::Message(message) => messages.push(message),
                FromWorker::Watched(files) => self.watch.only(files),
            }
        }
        if heard {
            // The first note that is kept makes its folder, maybe after it was said what is to be watched.
            self.watch.attend_to_new();
        }
        messages.extend(self.spoken.asked());
        messages.extend(self.leader.iter().flat_map(Leader::heard));
        for change in self.watch.changed() {
            // An editor writes in several steps: look when it is done.
            match change {
                FileChange::Text(side) => self.at(SETTLED, Msg::Changed { side }),
                FileChange::Notes => {
                    // The folder itself may be new.
                    self.watch.attend();
                    self.at(SETTLED, Msg::NotesChanged);
                }
                FileChange::Topics => self.at(SETTLED, Msg::TopicsChanged),
                FileChange::Made => self.at(SETTLED, Msg::MadeElsewhere),
            }
        }
        let now = Instant::now();
        let due = self.deadlines.extract_if(.., |(at, _)| *at <= now);
        messages.extend(due.map(|(_, message)| message));
        Ok(None)
    }

    fn take_signals(&mut self, app: &mut App, messages: &mut Vec<Msg>) -> Result<Option<Ending>> {
        if let Some(signal) = self.signals.ending() {
            return Ok(Some(Ending::Signalled(signal)));
        }
        if self.signals.stopping() {
            let effects = self.suspend(app)?;
            if let Some(ending) = self.perform(effects, app)? {
                return Ok(Some(ending));
            }
        }
        if self.signals.resized() {
            let (columns, rows) = screen::size()?;
            messages.push(Msg::Resize(columns, rows));
        }
        Ok(None)
    }

    fn perform(&mut self, effects: Vec<Effect>, app: &mut App) -> Result<Option<Ending>> {
        let mut due = VecDeque::from(effects);
        while let Some(effect) = due.pop_front() {
            match effect {
                Effect::Work(job) => self.workers.give(job),
                Effect::Later(after, Timer::Settled(number)) => self.at(after, Msg::Settled(number)),
                Effect::Later(after, Timer::Drafts) => self.at(after, Msg::DraftsDue),
                Effect::Later(after, Timer::Clock) => self.at(after, Msg::Clock(self.begun.elapsed() + after)),
                Effect::Later(after, Timer::Place) => self.at(after, Msg::PlaceDue),
                Effect::Later(after, Timer::Keep) => self.at(after, Msg::KeepDue),
                Effect::Terminal(Terminal::Copy { words, what }) => due.extend(self.copy(&words, what, app)?),
                // A terminal that is written to in lines has the mouse for itself.
                Effect::Terminal(Terminal::Mouse(_)) if self.writes_lines() => {}
                Effect::Terminal(Terminal::Mouse(on)) => self.screen.tell(mouse_mode(on))?,
                Effect::Terminal(Terminal::Watch(texts)) => self.workers.watch(texts),
                Effect::Terminal(Terminal::Outside(draft)) => due.extend(self.write_outside(*draft, app)?),
                Effect::Terminal(Terminal::Answer(who, answer)) => self.spoken.answer(who, answer),
                Effect::Terminal(Terminal::Ask(request)) => {
                    if let Some(leader) = &self.leader {
                        leader.ask(request);
                    }
                }
                Effect::Terminal(Terminal::Browse(address)) => due.extend(self.browse(&address, app)?),
                Effect::Terminal(Terminal::Suspend) => due.extend(self.suspend(app)?),
                Effect::Terminal(Terminal::Quit) => return Ok(Some(Ending::Left)),
            }
        }
        Ok(None)
    }

    /// Gives words to the clipboard. Who has them then is told, by tmux a little later.
    fn copy(&mut self, words: &str, what: String, app: &mut App) -> Result<Vec<Effect>> {
        // A shell runs what is pasted into it.
        let words = clean_text(words).into_owned();
        let clipboard = Clipboard::now();
        if clipboard == Clipboard::Tmux {
            self.workers.aside(move || Msg::Copied { by: to_tmux(&words), what });
            return Ok(Vec::new());
        }
        self.screen.tell(&clipboard.sequence(&words)?)?;
        let is_known = clipboard == Clipboard::Terminal && self.listener.has_clipboard;
        let by = if is_known { Copied::ToClipboard } else { Copied::ToTerminal };
        Ok(app.update(Msg::Copied { what, by }))
    }

    /// Has a message come after a while; one that is overtaken by a later one of its kind need not come.
    fn at(&mut self, after: Duration, message: Msg) {
        self.deadlines.retain(|(_, before)| match (before, &message) {
            (Msg::Changed { side: before }, Msg::Changed { side }) => before != side,
            (before, message) => std::mem::discriminant(before) != std::mem::discriminant(message),
        });
        self.deadlines.push((Instant::now() + after, message));
    }

    /// Gives the terminal to the reader's own editor until that ends. Answers with what is left to be done.
    fn write_outside(&mut self, mut draft: Draft, app: &mut App) -> Result<Vec<Effect>> {
        jobs::remember(self.workers.library(), app.snapshot());
        self.guard.leave();
        let written = outside::write(&mut draft, self.workers.library(), &mut self.wake, &self.signals);
        let result = written.map(|()| draft.body.clone());
        let mut effects = app.update(Msg::Outside { draft: Box::new(draft), result });
        effects.extend(self.come_back(app)?);
        Ok(effects)
    }

    /// Gives an address to the reader's browser; to one that is read in the terminal, the terminal too.
    fn browse(&mut self, address: &str, app: &mut App) -> Result<Vec<Effect>> {
        let browsers = match Browser::named(address) {
            Ok(browsers) => browsers,
            Err(line) => return Ok(app.update(Msg::Notice(line))),
        };
        let mut left = &browsers[..];
        let (mut failed, mut effects) = (None, Vec::new());
        while let Some(first) = left.first() {
            if !first.needs_terminal() {
                let beside = left.iter().take_while(|browser| !browser.needs_terminal()).count();
                match browser::start(&left[..beside]) {
                    Ok((child, at)) => {
                        let started = left[at..beside].to_vec();
                        self.workers.aside(move || Msg::Notice(browser::tend(child, &started)));
                        return Ok(effects);
                    }
                    Err(line) => failed = Some(line),
                }
                left = &left[beside..];
                continue;
            }
            jobs::remember(self.workers.library(), app.snapshot());
            self.guard.leave();
            let ran = outside::run(&mut first.command(), &mut self.wake, &self.signals);
            effects.extend(self.come_back(app)?);
            let Err(e) = ran else { return Ok(effects) };
            // That it is not there is told only where no other one is.
            failed = Some(Clean::line(&format!("the browser: {}", io_words(&e))));
            left = if e.kind() == io::ErrorKind::NotFound { &left[1..] } else { &[] };
        }
        effects.extend(failed.into_iter().flat_map(|line| app.update(Msg::Notice(line))));
        Ok(effects)
    }

    /// Takes the terminal back from another program. Answers with what is left to be done.
    fn come_back(&mut self, app: &mut App) -> Result<Vec<Effect>> {
        // What was meant for the other program was not meant for the reader; what was sent meanwhile is still to be heard.
        self.signals.forget_interrupt();
        self.wake.waker().wake();
        if self.signals.ending().is_some() { Ok(Vec::new()) } else { self.enter_again(app) }
    }

    fn enter_again(&mut self, app: &mut App) -> Result<Vec<Effect>> {
        self.guard.enter_again(app.settings.mouse)?;
        // Lines that are still to be written are not drawn again.
        if !self.writes_lines() {
            self.screen.clear();
        }
        let (columns, rows) = screen::size()?;
        Ok(app.update(Msg::Resize(columns, rows)))
    }

    fn writes_lines(&self) -> bool {
        self.lines.as_ref().is_some_and(LinearOutput::are_written)
    }

    /// Gives the terminal back to the shell until the reader returns. Answers with what is left to be done.
    fn suspend(&mut self, app: &mut App) -> Result<Vec<Effect>> {
        let lost = jobs::remember(self.workers.library(), app.snapshot());
        self.guard.leave();
        signals::stop();
        let mut effects = lost.map_or_else(Vec::new, |lost| app.update(Msg::Notice(lost)));
        effects.extend(self.enter_again(app)?);
        Ok(effects)
    }
}

/// The program that speaks, where the settings name one.
fn speaker(app: &App, library: &Library, workers: &Workers) -> Option<Speaker> {
    let (program, arguments) = app.settings.speak.split_first()?;
    let named = (library.program(program), arguments.to_vec());
    Some(Speaker::begin(named, library.errands_from(), workers.telling()))
}

/// Reads what the panes show first, while nothing else runs yet, and answers with what is left to be done.
fn read_at_once(due: Vec<Effect>, app: &mut App, library: &Library) -> Vec<Effect> {
    let mut left = Vec::new();
    for effect in due {
        let Effect::Work(job) = effect else {
            left.push(effect);
            continue;
        };
        let Some(Load { request, what, as_in_file, by_file, .. }) =
            job.work::<Load>().cloned().filter(|load| !load.by_file)
        else {
            left.push(Effect::Work(job));
            continue;
        };
        let loaded = library.load_at_once(&what);
        let begun = loaded.is_some();
        let whole = loaded.as_ref().is_some_and(|loaded| !loaded.open.provisional);
        // Asked for before the first text is shown, so that the work its ticket stands for goes on.
        let rest = (!whole).then(|| Effect::Work(job.with(Load { request, what, as_in_file, begun, by_file })));
        if let Some(loaded) = loaded {
            left.extend(app.update(job.answer::<Load>(Answer::Read { request, result: Ok(Box::new(loaded)) })));
        }
        left.extend(rest);
    }
    left
}

/// How long a file that is being saved is given to be whole again.
const SETTLED: Duration = Duration::from_millis(150);
