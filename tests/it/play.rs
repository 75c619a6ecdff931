//! A session played without a terminal: keys go in, the screen comes out as rows of text.

use std::collections::VecDeque;
use std::sync::mpsc::channel;

use diptych::app::App;
use diptych::app::key::Chord;
use diptych::app::message::{Copied, Effect, Msg, Terminal, Timer};
use diptych::app::pane::Pane;
use diptych::app::room::Role;
use diptych::app::work::{Desk, Job};
use diptych::library::Library;
use diptych::link::Side;
use diptych::model::notes::Draft;
use diptych::model::snapshot::Snapshot;
use diptych::view;
use diptych::view::theme::{Depth, Ground, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// A session being played.
pub struct Play {
    pub app: App,
    pub library: Library,
    /// What was put on the clipboard.
    pub copied: Vec<String>,
    /// What was given to the reader's own editor.
    pub outside: Vec<Draft>,
    /// Addresses that a browser was asked to open.
    pub browsed: Vec<String>,
    /// Whether the session has ended.
    pub ended: bool,
    /// Which jobs are not done but kept in `held`.
    pub hold_back: Option<fn(&Job) -> bool>,
    /// The jobs that were held back.
    pub held: Vec<Job>,
    columns: u16,
    rows: u16,
}

impl Play {
    /// A session on a screen of this size, with these texts open.
    pub fn new(columns: u16, rows: u16, left: &str, right: &str) -> Self {
        Self::resumed(Snapshot::default(), columns, rows, left, right)
    }

    /// A session that knows what an earlier one kept.
    pub fn resumed(kept: Snapshot, columns: u16, rows: u16, left: &str, right: &str) -> Self {
        let (library, mut app) = crate::stage::empty();
        app.memory.recall(kept);
        Self::of(library, app, (columns, rows), left, right)
    }

    /// A session that keeps what is made where this library keeps it.
    pub fn keeping(library: Library, left: &str, right: &str) -> Self {
        let (_, mut app) = crate::stage::empty();
        app.settings.author = library.settings().0.author;
        let mut play = Self::of(library, app, (120, 35), left, right);
        play.app.out.notice = None;
        play
    }

    fn of(library: Library, app: App, (columns, rows): (u16, u16), left: &str, right: &str) -> Self {
        let mut play = Self {
            app,
            library,
            copied: Vec::new(),
            outside: Vec::new(),
            browsed: Vec::new(),
            ended: false,
            hold_back: None,
            held: Vec::new(),
            columns,
            rows,
        };
        play.tell(Msg::Resize(columns, rows));
        for (side, what) in [(Side::Left, left), (Side::Right, right)] {
            if !what.is_empty() {
                play.app.open_text(side, what);
            }
        }
        let effects = play.app.out.take_effects();
        play.perform(effects);
        play
    }

    /// The bundled pair on 120×35.
    pub fn bundled() -> Self {
        Self::new(120, 35, "embedded:the-party-as-instrument", "embedded:power-from-below")
    }

    /// Sends a message and performs what comes of it, until all is quiet.
    pub fn tell(&mut self, message: Msg) -> &mut Self {
        if let Msg::Resize(columns, rows) = message {
            (self.columns, self.rows) = (columns, rows);
        }
        let effects = self.app.update(message);
        self.perform(effects);
        self
    }

    pub fn perform(&mut self, effects: Vec<Effect>) {
        let mut due: VecDeque<Effect> = effects.into();
        while let Some(effect) = due.pop_front() {
            let messages = match effect {
                Effect::Work(job) => self.answers(job),
                Effect::Later(_, Timer::Settled(number)) => vec![Msg::Settled(number)],
                Effect::Later(_, Timer::Drafts) => vec![Msg::DraftsDue],
                Effect::Later(_, Timer::Clock | Timer::Place | Timer::Keep) => Vec::new(),
                Effect::Terminal(asked) => self.take(asked),
            };
            for message in messages {
                due.extend(self.app.update(message));
            }
        }
    }

    fn take(&mut self, asked: Terminal) -> Vec<Msg> {
        match asked {
            Terminal::Copy { words, what } => {
                self.copied.push(words);
                return vec![Msg::Copied { what, by: Copied::ToClipboard }];
            }
            Terminal::Outside(draft) => self.outside.push(*draft),
            Terminal::Browse(address) => self.browsed.push(address),
            Terminal::Quit => self.ended = true,
            Terminal::Mouse(_) | Terminal::Watch(_) | Terminal::Suspend | Terminal::Answer(..) | Terminal::Ask(_) => {}
        }
        Vec::new()
    }

    /// What is answered to a job, at once; nothing yet where it is of a kind that is held back.
    fn answers(&mut self, job: Job) -> Vec<Msg> {
        if self.hold_back.is_some_and(|holds| holds(&job)) {
            self.held.push(job);
            return Vec::new();
        }
        self.work(job)
    }

    /// Does a job and answers with what comes of it.
    pub fn work(&self, job: Job) -> Vec<Msg> {
        answers_of(&self.library, job)
    }

    /// Does these jobs, and tells the session what comes of them.
    pub fn answer(&mut self, jobs: impl IntoIterator<Item = Job>) {
        for job in jobs {
            for message in self.work(job) {
                self.tell(message);
            }
        }
    }

    /// The session takes part in another one.
    pub fn lead_by(&mut self, role: Role) {
        self.app.led.lead_by(&mut self.app.screens, &mut self.app.out, role);
    }

    /// Opens a text in a pane, and performs what comes of it.
    pub fn open(&mut self, side: Side, what: &str) -> &mut Self {
        self.app.open_text(side, what);
        let effects = self.app.out.take_effects();
        self.perform(effects);
        self
    }

    /// Holds nothing back any more, and has what was held back answered.
    pub fn let_go(&mut self) {
        self.hold_back = None;
        let held = std::mem::take(&mut self.held);
        self.answer(held);
    }

    /// Presses keys as keymap.toml writes them, separated by spaces; `"text"` types letters.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            if let Some(text) = word.strip_prefix('"').and_then(|w| w.strip_suffix('"')) {
                for c in text.chars() {
                    self.tell(Msg::Key(diptych::app::key::Key::char(if c == '_' { ' ' } else { c })));
                }
                continue;
            }
            for key in word.parse::<Chord>().unwrap().keys() {
                self.tell(Msg::Key(*key));
            }
        }
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.tell(Msg::Resize(columns, rows))
    }

    pub fn pane(&self, side: Side) -> &Pane {
        self.app.halves.pane(side)
    }

    /// The number of a pane's current passage.
    pub fn passage(&self, side: Side) -> u32 {
        self.pane(side).current().map_or(0, |p| p.0)
    }

    pub fn buffer(&self) -> Buffer {
        self.buffer_in(Depth::Mono)
    }

    pub fn buffer_in(&self, depth: Depth) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.columns, self.rows));
        view::draw(&self.app, &Theme::new(Ground::Dark, depth), &mut buffer);
        buffer
    }

    /// The screen as rows of text.
    pub fn screen(&self) -> Vec<String> {
        let buffer = self.buffer();
        let row = |y| (0..self.columns).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
        (0..self.rows).map(|y| row(y).trim_end().to_owned()).collect()
    }

    /// The last row.
    pub fn footer(&self) -> String {
        self.screen().pop().unwrap_or_default()
    }

    /// The letters on screen that are drawn with this text style.
    pub fn styled(&self, modifier: Modifier) -> String {
        let buffer = self.buffer();
        let cells = buffer.content.iter().filter(|c| c.modifier.contains(modifier));
        cells.map(|c| c.symbol().to_owned()).collect()
    }

    /// Fails with the whole screen where `expected` is not on it.
    #[track_caller]
    pub fn shows(&self, expected: &str) -> &Self {
        let screen = self.screen().join("\n");
        assert!(screen.contains(expected), "not on the screen: {expected:?}\n{screen}");
        self
    }

    /// Fails with the whole screen where the head of a text does not say that it is at a passage.
    #[track_caller]
    pub fn shows_at(&self, title: &str, passage: u32) -> &Self {
        let screen = self.screen().join("\n");
        assert!(crate::stage::is_at(&screen, title, passage), "{title} is not at ¶{passage}\n{screen}");
        self
    }

    /// Fails with the whole screen where `unwanted` is on it.
    #[track_caller]
    pub fn hides(&self, unwanted: &str) -> &Self {
        let screen = self.screen().join("\n");
        assert!(!screen.contains(unwanted), "on the screen: {unwanted:?}\n{screen}");
        self
    }
}

/// What comes of a job that is done on this library.
pub fn answers_of(library: &Library, job: Job) -> Vec<Msg> {
    let (sender, answers) = channel();
    let desk = Desk::new(move |message| sender.send(message).unwrap(), || {});
    job.perform(library, &desk);
    drop(desk);
    answers.iter().collect()
}
