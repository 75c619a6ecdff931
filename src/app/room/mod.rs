//! The room: a session is spoken to ([`obey`]), says what it shows ([`shown`]), and follows another one, as the screen of
//! the leader ([`led`]) or with the reader's own texts ([`following`]).

mod following;
pub(crate) mod led;
mod obey;
pub(crate) mod rows;
mod shown;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::link::Side;
use crate::link::sides::Sides;
use crate::text::clean::Clean;
use crate::wire::message::Shown;

/// What this session is in a room that another one leads.
#[derive(Debug, Default)]
pub struct Led {
    role: Option<Role>,
    /// What the leader shows, and when that came, by the clock of this session.
    shown: Option<(Arc<Shown>, Duration)>,
    now: Duration,
    /// Why nothing more comes.
    gone: Option<Clean>,
    /// Rows scrolled out at the top, at most what [`rows`] allows.
    pub scrolled: usize,
    /// What is looked at while the leader goes on without this reader; `None` while he or she follows.
    apart: Option<Arc<Shown>>,
    /// What opens the leader's texts here, by their content.
    texts: BTreeMap<String, OwnCopy>,
    /// Where the reader was taken last.
    at: Option<Arrival>,
    /// What was asked for to show the leader's texts.
    opening: Sides<Option<String>>,
}

/// What one is in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who leads, at a second screen.
    Speaker,
    /// Who reads along.
    Follower,
}

/// Something that was heard of the leader.
#[derive(Debug)]
pub enum Heard {
    /// What is shown now.
    Shown(Arc<Shown>),
    /// What was asked was not done, and why.
    Refused(Clean),
    /// Nothing more comes, and why.
    Gone(Clean),
}

/// Whether this reader has a text that the leader shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum OwnCopy {
    /// It is being looked for.
    Sought,
    /// It is here: this opens it.
    Here(String),
    /// It is not here, but this file of its name, with other words.
    Otherwise(Clean),
    /// It is not here.
    Missing,
}

/// Where the leader was followed to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Arrival {
    texts: Sides<Option<(String, Option<u32>)>>,
    topic: Option<String>,
    leads: String,
}

/// What a side is called in messages.
fn side_name(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
