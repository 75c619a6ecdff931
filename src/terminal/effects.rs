//! Performing what the session asks for: slow things go to the workers, the terminal's to the terminal.

use std::time::Duration;

use super::Io;
use super::screen::Screen;
use super::workers::Workers;
use crate::app::message::{Effect, Msg};
use crate::model::notes::Draft;

/// What is left for the loop to do.
pub enum Outcome {
    /// Nothing.
    Done,
    /// Send a message after a while.
    Later(Duration, Msg),
    /// Tell the session the time after a while.
    Clock(Duration),
    /// Turn the mouse on or off.
    Mouse(bool),
    /// Give the terminal to the shell for a while.
    Suspend,
    /// Give the terminal to the reader's own editor for a while.
    Outside(Box<Draft>),
    /// End.
    Quit,
}

/// Performs one effect.
pub fn perform(effect: Effect, workers: &mut Workers, screen: &mut Screen) -> Io<Outcome> {
    match effect {
        Effect::Settle(number, after) => return Ok(Outcome::Later(after, Msg::Settled(number))),
        Effect::Clock(after) => return Ok(Outcome::Clock(after)),
        Effect::Copy(text) => screen.copy(&text)?,
        Effect::Mouse(on) => return Ok(Outcome::Mouse(on)),
        Effect::Suspend => return Ok(Outcome::Suspend),
        Effect::DraftsIn(after) => return Ok(Outcome::Later(after, Msg::DraftsDue)),
        Effect::Outside(draft) => return Ok(Outcome::Outside(draft)),
        Effect::Quit => return Ok(Outcome::Quit),
        other => workers.give(other),
    }
    Ok(Outcome::Done)
}
