//! How far an import is, told while it works: so that whoever waits sees it move, and whoever limits it sees it live.

use std::fmt;

/// Whom to tell how far an import is; by default nobody.
#[derive(Clone, Copy, Default)]
pub struct Meter<'a>(Option<&'a (dyn Fn(usize, usize) + Sync)>);

impl<'a> Meter<'a> {
    /// Tells `tell` how many parts (pages, chapters) are done, and of how many; of 0 where that is not known.
    pub fn new(tell: &'a (dyn Fn(usize, usize) + Sync)) -> Self {
        Self(Some(tell))
    }

    /// `done` parts of `of` have been read. Cheap enough to be said of every page.
    pub fn tell(&self, done: usize, of: usize) {
        if let Some(tell) = self.0 {
            tell(done, of);
        }
    }
}

impl fmt::Debug for Meter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Meter(somebody)" } else { "Meter(nobody)" })
    }
}
