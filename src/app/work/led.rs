//! The texts that the leader of a room shows, found here by their content.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::import::watch::Meter;
use crate::library::load::Waiting;
use crate::library::request::Source;
use crate::library::{Library, embedded};
use crate::model::address::address_of;
use crate::text::clean::Clean;

/// Texts of a folder that are looked at.
const MOST: usize = 200;

/// Find a text of this content: under the name that it has where the leader is, among those that come with the program, in
/// the folder that one is in.
#[derive(Debug)]
pub struct FindLed {
    /// The hash of the content, as it was said.
    pub hash: String,
    /// What opens it where the leader is.
    pub named: String,
}

impl Work for FindLed {
    /// The hash, and what opens the text here.
    type Answer = (String, Option<String>);
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let waiting = Waiting { watch: Meter::default(), stopped: &|| !reply.is_wanted() };
        // Standard input and pipes are there once, and not for this session; who named them may be anybody.
        let is_kept = |named: &String| {
            let source = library.request(named).map(|request| request.source);
            matches!(source, Ok(Source::File(_) | Source::Embedded(_)))
        };
        let named = Some(self.named).filter(is_kept);
        let bundled = embedded::TEXTS.iter().map(embedded::EmbeddedText::id);
        let folder = library.root().map(std::path::Path::to_path_buf).or_else(|| std::env::current_dir().ok());
        let beside = folder.into_iter().flat_map(|folder| library.text_files_in(&folder)).take(MOST);
        let mut all = named.into_iter().chain(bundled).chain(beside.map(|path| address_of(&path)));
        let is_it = |what: &String| {
            let read = library.peek(what, &waiting);
            read.is_ok_and(|open| format!("{:016x}", open.text.hash()) == self.hash)
        };
        let found = all.find(is_it).and_then(|what| library.request(&what).ok()).map(|request| request.lasting());
        reply.say((self.hash, found));
    }

    fn heard(app: &mut App, (hash, found): Self::Answer) {
        app.led.led_text_found(&mut app.out, hash, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let hash = self.hash.clone();
        move |app: &mut App, _: &Clean| app.led.led_text_missing(hash)
    }
}
