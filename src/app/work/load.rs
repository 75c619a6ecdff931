//! A text for a pane: its beginning at once where it is long, then the whole.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::import::watch::Meter;
use crate::library::Library;
use crate::library::load::Waiting;
use crate::model::open::Loaded;
use crate::text::clean::Clean;

/// Read a text.
#[derive(Debug, Clone)]
pub struct Load {
    /// The number of the request.
    pub request: u64,
    /// A path or the id of a text, with a passage after a colon where one is meant.
    pub what: String,
    /// Whether its pages are to stand as in the file from now on, or as the import finds; `None` leaves that as it is.
    pub as_in_file: Option<bool>,
    /// Whether its beginning is shown already.
    pub begun: bool,
    /// Whether a file named it, and not the reader: what is outside the library is asked about first.
    pub by_file: bool,
}

/// What is heard of a text that is read.
#[derive(Debug)]
pub enum Answer {
    /// So many of its pages or chapters, of so many; of 0 where that is not known.
    Part {
        /// The number of the request.
        request: u64,
        /// Read.
        done: usize,
        /// There are.
        of: usize,
    },
    /// It is outside the library, and only a file wants it opened.
    Outside {
        /// The number of the request.
        request: u64,
    },
    /// Its beginning, or the whole, or one line that says why there is none.
    Read {
        /// The number of the request.
        request: u64,
        /// The text.
        result: Result<Box<Loaded>, Clean>,
    },
}

impl Work for Load {
    type Answer = Answer;
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Self { request, what, as_in_file, begun, by_file } = self;
        if by_file && library.is_outside(&what) {
            return reply.say(Answer::Outside { request });
        }
        let read = |result: Result<Loaded, Clean>| reply.say(Answer::Read { request, result: result.map(Box::new) });
        if let Some(Err(e)) = as_in_file.map(|as_in_file| library.keep_pages(&what, as_in_file)) {
            return read(Err(e.line()));
        }
        if !begun && let Ok(Some(beginning)) = library.load_prefix(&what) {
            let whole = !beginning.open.provisional;
            read(Ok(beginning));
            if whole {
                return;
            }
        }
        let tell = |done, of| reply.say(Answer::Part { request, done, of });
        let waiting = Waiting { watch: Meter::new(&tell), stopped: &|| !reply.is_wanted() };
        match library.load_whole_while(&what, &waiting) {
            Err(e) if e.is_stopped() => {}
            result => read(result.map_err(|e| e.line())),
        }
    }

    fn heard(app: &mut App, answer: Answer) {
        match answer {
            Answer::Part { request, done, of } => app.halves.reading_goes_on(request, done, of),
            Answer::Outside { request } => {
                app.halves.ask_to_open(&mut app.screens, &mut app.intent, &mut app.out, request);
            }
            Answer::Read { request, result } => app.loaded(request, result),
        }
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let (request, what) = (self.request, self.what.clone());
        move |app: &mut App, why: &Clean| app.loaded(request, Err(Clean::line(&format!("{what}: {why}"))))
    }
}
