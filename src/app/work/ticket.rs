//! Tickets: an answer is wanted as long as its ticket is held.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The session's half of a question: the answer is wanted as long as this is held.
#[derive(Debug, Clone)]
pub(crate) struct Ticket(Arc<Held>);

/// The worker's end of a question.
#[derive(Debug, Clone)]
pub(crate) struct Wanted(Option<Arc<AtomicBool>>);

#[derive(Debug)]
struct Held(Arc<AtomicBool>);

impl Ticket {
    /// A ticket for a new question.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Held(Arc::new(AtomicBool::new(true)))))
    }

    /// The worker's end of it.
    pub(in crate::app) fn wanted(&self) -> Wanted {
        Wanted(Some(Arc::clone(&self.0.0)))
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}

impl Wanted {
    /// For a question that is answered in any case.
    pub(crate) fn always() -> Self {
        Self(None)
    }

    /// Whether the session still waits.
    pub(crate) fn is_wanted(&self) -> bool {
        self.0.as_ref().is_none_or(|wanted| wanted.load(Ordering::Relaxed))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_wanted_as_long_as_somebody_holds_the_ticket() {
        let ticket = Ticket::new();
        let (wanted, again) = (ticket.wanted(), ticket.clone());
        drop(ticket);
        assert!(wanted.is_wanted());
        drop(again);
        assert!(!wanted.clone().is_wanted());
        assert!(Wanted::always().is_wanted());
    }
}
