//! The texts that the leader of a room shows, found here by their content.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::import::watch::Meter;
use crate::library::load::Waiting;
use crate::library::request::Source;
use crate::library::{Library, embedded};
use crate::model::address::{address_of, path_of};
use crate::text::clean::Clean;

/// Find a text of this content: under the name that it has where the leader is, among those that come with the program, in
/// the folder that one is in. There only a few are looked at, those of its name first: in a big folder, too, the reader is to
/// hear soon that it is not here.
#[derive(Debug)]
pub struct FindLed {
    /// The hash of the content, as the leader sent it.
    pub hash: String,
    /// What opens it where the leader is.
    pub named: String,
}

/// What was found.
#[derive(Debug)]
pub enum FoundHere {
    /// The text: this opens it here.
    This(String),
    /// This file has its name, and other words.
    Otherwise(Clean),
    /// Nothing.
    Nothing,
}

impl Work for FindLed {
    /// The hash, and what was found.
    type Answer = (String, FoundHere);
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let waiting = Waiting { watch: Meter::default(), stopped: &|| !reply.is_wanted() };
        // Standard input and pipes are there once, and not for this session; who named them may be anybody.
        let is_kept = |named: &String| {
            let source = library.request(named).map(|request| request.source);
            matches!(source, Ok(Source::File(_) | Source::Embedded(_)))
        };
        let named = Some(&self.named).filter(|named| is_kept(named)).cloned();
        let bundled = embedded::TEXTS.iter().map(embedded::EmbeddedText::id);
        let folder = library.root().map(std::path::Path::to_path_buf).or_else(|| std::env::current_dir().ok());
        let path = path_of(&self.named).unwrap_or_default();
        let beside = folder.iter().flat_map(|folder| library.text_files_like(folder, &path));
        let all = named.into_iter().chain(bundled).chain(beside.map(|path| address_of(&path)));
        let mut otherwise = None;
        for what in all {
            let Ok(open) = library.peek(&what, &waiting) else { continue };
            if format!("{:016x}", open.text.hash()) == self.hash {
                let found = library.request(&what).map_or(FoundHere::Nothing, |it| FoundHere::This(it.lasting()));
                return reply.say((self.hash, found));
            }
            if otherwise.is_none() && is_called_alike(&what, &self.named) {
                otherwise = Some(library.at_home(&path_of(&what).map_or(what, |path| path.display().to_string())));
            }
        }
        reply.say((self.hash, otherwise.map_or(FoundHere::Nothing, FoundHere::Otherwise)));
    }

    fn heard(app: &mut App, (hash, found): Self::Answer) {
        app.led.led_text_found(&mut app.out, hash, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let hash = self.hash.clone();
        move |app: &mut App, why: &Clean| {
            app.led.led_text_found(&mut app.out, hash, FoundHere::Nothing);
            app.out.tell(format!("{why}; what the leader shows travels along"));
        }
    }
}

/// Whether two texts have one name: that of their files, whatever the folders.
fn is_called_alike(one: &str, other: &str) -> bool {
    let name = |text: &str| path_of(text).and_then(|path| path.file_name().map(std::ffi::OsStr::to_os_string));
    one == other || name(one).is_some_and(|of_one| name(other) == Some(of_one))
}
