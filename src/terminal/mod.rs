//! The terminal: its modes, the event loop, the workers, and the performing of effects.
//!
//! One thread owns the session and the screen. It sleeps until the terminal, a worker or a signal has something to say,
//! takes in all there is, lets the session update, performs what that asks for, and draws once. Everything slow runs on
//! worker threads, which answer with messages.

mod effects;
mod ground;
mod guard;
mod input;
pub mod jobs;
mod screen;
mod signals;
mod wake;
mod watch;
mod workers;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use self::effects::Outcome;
use self::ground::Listener;
use self::guard::Guard;
use self::input::{Arrival, Input};
use self::screen::Screen;
use self::signals::Signals;
use self::wake::{Wake, Woken};
use self::watch::{Change, Watch};
use self::workers::Workers;
use crate::app::App;
use crate::app::message::Msg;
use crate::library::Library;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The reader left, or the terminal went away.
    Left,
    /// A signal asked for it.
    Signalled(i32),
}

/// What a session keeps besides the session itself.
struct Session {
    screen: Screen,
    guard: Guard,
    wake: Wake,
    signals: Signals,
    workers: Workers,
    watch: Watch,
    input: Input,
    listener: Listener,
    deadlines: Vec<(Instant, Msg)>,
}

/// Runs a session in the terminal until the reader leaves. What the session wants kept has been kept when this returns,
/// whatever ended it; the terminal is as it was.
pub fn run(mut app: App, library: Library) -> Result<Ending> {
    let wake = Wake::new().context("this system gives no pipes")?;
    let signals = Signals::listen(&wake).context("signals cannot be watched")?;
    let workers = Workers::start(library, wake.waker());
    let watch = Watch::new(wake.waker());
    let guard = Guard::enter(app.settings.mouse).context("the terminal cannot be set up for reading")?;
    let screen = Screen::new();
    let listener = Listener::new(app.settings.theme, guard.environment());
    let mut session = Session {
        screen,
        guard,
        wake,
        signals,
        workers,
        watch,
        input: Input::default(),
        listener,
        deadlines: Vec::new(),
    };
    let ended = catch_unwind(AssertUnwindSafe(|| session.read(&mut app)));
    session.guard.leave();
    session.workers.remember(&app.snapshot());
    match ended {
        Ok(ending) => ending,
        Err(panic) => resume_unwind(panic),
    }
}

impl Session {
    fn read(&mut self, app: &mut App) -> Result<Ending> {
        let (columns, rows) = self.screen.size()?;
        let mut effects = app.take_effects();
        effects.extend(app.update(Msg::Resize(columns, rows)));
        if let Some(ending) = self.perform(effects, app)? {
            return Ok(ending);
        }
        let mut asked_ground = false;
        loop {
            let theme = self.listener.theme(app.settings.theme);
            self.screen.draw(app, &theme)?;
            if !asked_ground {
                // Only now: the first screen waits for no answer.
                self.listener.ask(app.settings.theme)?;
                asked_ground = true;
            }
            let mut messages = Vec::new();
            if let Some(ending) = self.wait(app, &mut messages)? {
                return Ok(ending);
            }
            for message in messages {
                self.attend(&message);
                let effects = app.update(message);
                if let Some(ending) = self.perform(effects, app)? {
                    return Ok(ending);
                }
            }
        }
    }

    /// Sleeps until something happens, and collects all that did.
    fn wait(&mut self, app: &mut App, messages: &mut Vec<Msg>) -> Result<Option<Ending>> {
        let now = Instant::now();
        let held = self.input.deadline();
        let next = self.deadlines.iter().map(|(at, _)| *at).chain(held).min();
        let woken = self.wake.sleep(next.map(|at| at.saturating_duration_since(now)))?;
        if woken.contains(Woken::GONE) {
            return Ok(Some(Ending::Left));
        }
        if let Some(ending) = self.take_signals(app, messages)? {
            return Ok(Some(ending));
        }
        let mut arrivals = Vec::new();
        if woken.contains(Woken::TERMINAL) {
            let mut bytes = [0; 1 << 14];
            let count = self.wake.read(&mut bytes)?;
            if count == 0 {
                return Ok(Some(Ending::Left));
            }
            self.input.take(&bytes[..count], &mut arrivals);
        }
        self.input.give_up(Instant::now(), &mut arrivals);
        for arrival in arrivals {
            match arrival {
                Arrival::Message(message) => messages.push(message),
                Arrival::Answer(answer) => self.listener.hear(&answer),
            }
        }
        messages.extend(self.workers.answers());
        for change in self.watch.changed() {
            // An editor writes in several steps: look when it is done.
            match change {
                Change::Text(side) => self.at(SETTLED, Msg::Changed { side }),
                Change::Topics => messages.extend(self.workers.topics_again()),
            }
        }
        let now = Instant::now();
        let due = self.deadlines.extract_if(.., |(at, _)| *at <= now);
        messages.extend(due.map(|(_, message)| message));
        Ok(None)
    }

    /// Watches the files that a text that has just been read came from.
    fn attend(&mut self, message: &Msg) {
        if let Msg::Loaded { side, result: Ok(loaded), .. } = message {
            self.watch.text(*side, self.workers.library().file_of(&loaded.open.request));
            self.watch.topics(self.workers.library().topics_files());
        }
    }

    fn take_signals(&mut self, app: &mut App, messages: &mut Vec<Msg>) -> Result<Option<Ending>> {
        if let Some(signal) = self.signals.ending() {
            return Ok(Some(Ending::Signalled(signal)));
        }
        if self.signals.stopping() {
            self.suspend(app)?;
        }
        if self.signals.resized() {
            let (columns, rows) = self.screen.size()?;
            messages.push(Msg::Resize(columns, rows));
        }
        Ok(None)
    }

    fn perform(&mut self, effects: Vec<crate::app::message::Effect>, app: &mut App) -> Result<Option<Ending>> {
        for effect in effects {
            match effects::perform(effect, &mut self.workers, &mut self.screen)? {
                Outcome::Done => {}
                Outcome::Later(after, message) => self.at(after, message),
                Outcome::Mouse(on) => self.guard.mouse(on)?,
                Outcome::Suspend => self.suspend(app)?,
                Outcome::Quit => return Ok(Some(Ending::Left)),
            }
        }
        Ok(None)
    }

    /// Has a message come after a while; one that is overtaken by a later one of its kind need not come.
    fn at(&mut self, after: Duration, message: Msg) {
        self.deadlines.retain(|(_, before)| match (before, &message) {
            (Msg::Changed { side: before }, Msg::Changed { side }) => before != side,
            (before, message) => std::mem::discriminant(before) != std::mem::discriminant(message),
        });
        self.deadlines.push((Instant::now() + after, message));
    }

    /// Gives the terminal back to the shell until the reader returns.
    fn suspend(&mut self, app: &mut App) -> Result<()> {
        self.workers.remember(&app.snapshot());
        self.guard.leave();
        signals::stop();
        self.guard.enter_again(app.settings.mouse)?;
        self.screen.clear();
        let (columns, rows) = self.screen.size()?;
        let effects = app.update(Msg::Resize(columns, rows));
        for effect in effects {
            effects::perform(effect, &mut self.workers, &mut self.screen)?;
        }
        Ok(())
    }
}

/// How long a file that is being saved is given to be whole again.
const SETTLED: Duration = Duration::from_millis(150);

/// The error of a terminal call, for `?`.
type Io<T> = io::Result<T>;
