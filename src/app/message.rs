//! What comes into the session, and what it asks to have done.
//!
//! The session itself touches no disk, no clock and no terminal: a [`Msg`] goes in, [`Effect`]s come out, one kind for
//! each who performs them. What workers answer comes back as a message too, and is told apart in [`super::work`].

use std::time::Duration;

use super::key::Key;
use super::room::Heard;
use super::work::{Answer as Worked, Job};
use crate::link::Side;
use crate::link::sides::Sides;
use crate::model::notes::Draft;
use crate::text::clean::Clean;
use crate::wire::message::{Answer, Request};

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// Letters that were typed one after the other before the screen could show the first of them.
    Typed(String),
    /// The mouse did something at a cell, counted from 0.
    Mouse {
        /// What it did.
        act: MouseAct,
        /// Column.
        column: u16,
        /// Row.
        row: u16,
    },
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// A worker has something to say.
    Answer(Worked),
    /// The clock of the session shows this: the time since it began.
    Clock(Duration),
    /// Scrolling has settled, if this is still the last number.
    Settled(u64),
    /// What is typed should be kept aside now.
    DraftsDue,
    /// Where the reader is should be kept now.
    PlaceDue,
    /// Words were given to the clipboard.
    Copied {
        /// What they are.
        what: String,
        /// Who has them.
        by: Copied,
    },
    /// The reader's own editor has ended.
    Outside {
        /// The draft as it was.
        draft: Box<Draft>,
        /// The words, or one line that says why there was no editor.
        result: Result<String, Clean>,
    },
    /// A file that is open has changed on disk.
    Changed {
        /// Which pane.
        side: Side,
    },
    /// What could not be kept is to be tried again.
    KeepDue,
    /// The topics files have changed.
    TopicsChanged,
    /// The files of notes have changed.
    NotesChanged,
    /// Files of what the reader makes have changed on disk.
    MadeElsewhere,
    /// Another program asks for something.
    Asked {
        /// Whom to answer.
        who: u64,
        /// What it asks for.
        request: Request,
    },
    /// Something was heard of the session that this one follows.
    Led(Heard),
    /// The terminal draws letters larger than a cell where it is asked to.
    TextSizing,
    /// Something to tell the reader.
    Notice(Clean),
}

/// Who is known to have words that were copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// A terminal that says it gives them to the clipboard.
    ToClipboard,
    /// A terminal that does not say what it does with them.
    ToTerminal,
    /// tmux, which gives them to its terminal too.
    ToTmux,
    /// tmux, for pasting within it.
    ToTmuxAlone,
    /// Nobody.
    Nowhere,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseAct {
    /// The left button was pressed.
    Click,
    /// It was moved while the left button was held.
    Drag,
    /// The button was let go.
    Release,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// Something to be done outside the session.
#[derive(Debug)]
pub enum Effect {
    /// By the workers, the one that has the disk among them.
    Work(Job),
    /// By the terminal.
    Terminal(Terminal),
    /// By the clock, after a while.
    Later(Duration, Timer),
}

/// What the terminal is to do.
#[derive(Debug)]
pub enum Terminal {
    /// Put words on the clipboard, and answer with [`Msg::Copied`].
    Copy {
        /// The words.
        words: String,
        /// What they are, for telling.
        what: String,
    },
    /// Turn mouse reporting on or off.
    Mouse(bool),
    /// Look out for changes in the files of these texts, and of what belongs to them.
    Watch(Sides<Option<String>>),
    /// Have a draft written in the reader's own editor, and answer with [`Msg::Outside`].
    Outside(Box<Draft>),
    /// Answer another program that has asked for something.
    Answer(u64, Answer),
    /// Ask the session that this one follows for something.
    Ask(Request),
    /// Have an address opened in the reader's browser.
    Browse(String),
    /// Give itself back to the shell until the reader returns.
    Suspend,
    /// End.
    Quit,
}

/// What the clock is to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// [`Msg::Settled`] with this number.
    Settled(u64),
    /// [`Msg::Clock`].
    Clock,
    /// [`Msg::DraftsDue`].
    Drafts,
    /// [`Msg::PlaceDue`].
    Place,
    /// [`Msg::KeepDue`].
    Keep,
}
