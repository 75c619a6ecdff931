//! A tour on paper: the leader's sheet, and the handout that everyone takes home.
//!
//! [`text`] is for the leader, in columns of a terminal: remarks, times, both passages in short. [`html`] and [`markdown`] are
//! for the room: both passages whole, side by side or one below the other, with remarks only where they are asked for.

pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod text;

use crate::text::Text;
use crate::word::counted::counted;

/// A tour as it is printed.
#[derive(Debug, Clone, Default)]
pub struct TourSheet<'t> {
    /// What it is called; empty where it has no name.
    pub title: String,
    /// Its stops, in order.
    pub stops: Vec<SheetStop<'t>>,
    /// The texts it goes through, each as a source is named.
    pub sources: Vec<String>,
}

/// A stop.
#[derive(Debug, Clone, Default)]
pub struct SheetStop<'t> {
    /// What it is about.
    pub name: String,
    /// How long it is meant to take.
    pub minutes: Option<u32>,
    /// Who added it.
    pub author: Option<String>,
    /// What the leader wants to say.
    pub remark: String,
    /// The passage of each side; `None` where that text is silent.
    pub passages: [Option<SheetPassage<'t>>; 2],
    /// What opens it in Diptych.
    pub address: Option<String>,
}

/// A passage of a stop.
#[derive(Debug, Clone, Default)]
pub struct SheetPassage<'t> {
    /// The title of its text.
    pub title: String,
    /// Its number: `¶14`; empty where that is not known.
    pub locator: String,
    /// Its words, with what they announce; those it had, where it is not in its text any more.
    pub words: String,
    /// Where it stands in its text; `None` where it is not in it any more.
    pub block: Option<(&'t Text, usize)>,
    /// What became of it since, where that matters: "not in the text any more".
    pub state: Option<String>,
}

impl TourSheet<'_> {
    /// What the tour is called, on a page that needs a title.
    pub fn called(&self) -> &str {
        if self.title.is_empty() { "Tour" } else { &self.title }
    }

    /// `3 stops, 20 min`.
    fn extent(&self) -> String {
        let minutes: u64 = self.stops.iter().map(SheetStop::planned).sum();
        let count = counted(self.stops.len(), "stop");
        if minutes > 0 { format!("{count}, {minutes} min") } else { count }
    }

    /// The stops, each with the minutes it is to begin and end at: `6–10 min`; empty where no time is planned.
    fn timed(&self) -> impl Iterator<Item = (&SheetStop<'_>, String)> {
        let mut begun = 0;
        self.stops.iter().map(move |stop| {
            let time = stop.minutes.map_or_else(String::new, |m| format!("{begun}–{} min", begun + u64::from(m)));
            begun += stop.planned();
            (stop, time)
        })
    }
}

impl SheetStop<'_> {
    fn planned(&self) -> u64 {
        self.minutes.map_or(0, u64::from)
    }
}

impl SheetPassage<'_> {
    /// Its number, as it follows the title of its text; what stands `between` only where there is one.
    fn number(&self, between: &str) -> String {
        if self.locator.is_empty() { String::new() } else { format!("{between}{}", self.locator) }
    }

    /// What became of it, as it follows its number: `, changed since`.
    fn since(&self) -> String {
        self.state.as_ref().map_or_else(String::new, |state| format!(", {state}"))
    }
}

#[cfg(test)]
mod tests;
