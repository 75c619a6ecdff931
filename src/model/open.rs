//! Texts as they are opened: one that is open, one that was just read, one there is to open.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::address::{name_within, path_of};
use crate::anchor::TextId;
use crate::import::warning::Warning;
use crate::study::own::Called;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Codebook, TopicId};
use crate::word::letter::plain;
use crate::word::spots::Spots;

/// A text that is open in a pane.
#[derive(Debug)]
pub struct Open {
    /// What anchors call it within its home: its path in its library, else what opens it again.
    pub id: TextId,
    /// The folder that what is made for it is kept in; `None` for one that is in no folder.
    pub library: Option<PathBuf>,
    /// What the reader asked for to get it: a path, or the id of a text of the library.
    pub request: String,
    /// Its title, else the name of its file.
    pub name: Clean,
    /// The text.
    pub text: Arc<Text>,
    /// Distinguishes this text from any other one that was ever open, so that late answers are dropped.
    pub version: u64,
    /// Where its letters are written otherwise than they are typed, once it was searched.
    pub spots: Spots,
    /// Only the start of the file, shown until the whole is read.
    pub provisional: bool,
    /// What its import has told, with the name of its file.
    pub warnings: Vec<Warning>,
}

/// A text that was read for a pane.
#[derive(Debug)]
pub struct Loaded {
    /// The text.
    pub open: Open,
    /// The passage to go to, from a deep link.
    pub at: Option<PassageNo>,
    /// The last of several passages that it names.
    pub to: Option<PassageNo>,
    /// The topics that belong to the text's library, where they are not those in use.
    pub codebook: Option<Arc<Codebook>>,
}

/// A text there is to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// What to ask for.
    pub request: String,
    /// Its title, else its name.
    pub title: Clean,
    /// Author and position, or the folder it is in.
    pub about: Clean,
    /// Where it is in fact, if its folder has it only by a link that leads elsewhere: it is read when the reader has said so.
    pub leads_to: Option<Clean>,
}

/// A pair of texts that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadPair {
    /// What opens the texts, left and right.
    pub texts: [String; 2],
    /// What they are called.
    pub titles: [Clean; 2],
    /// Where it was left, and how much of it is read.
    pub place: String,
    /// The id of the topic it was left on.
    pub topic: Option<TopicId>,
    /// How many notes there are on either text.
    pub notes: usize,
    /// How many links join the two.
    pub links: usize,
}

impl Open {
    /// Whether its pages stand in another order than in the file.
    pub fn has_moved_pages(&self) -> bool {
        self.warnings.iter().any(Warning::is_of_moved_pages)
    }

    /// Its title, and what opens it.
    pub fn called(&self) -> (Clean, String) {
        (self.name.clone(), self.request.clone())
    }

    /// What it is called in the home it has together with another text: by its path in the folder that both have.
    pub fn name_beside(&self, other: &Self) -> TextId {
        if self.library == other.library {
            return self.id.clone();
        }
        let within = |folder: PathBuf| name_within(&folder, &path_of(&self.request)?);
        TextId(self.library_with(other).and_then(within).unwrap_or_else(|| self.request.clone()))
    }

    /// The folder that what is made for it together with another text is kept in: the outer one, where one is in the other.
    pub fn library_with(&self, other: &Self) -> Option<PathBuf> {
        let (one, two) = (self.library.as_ref()?, other.library.as_ref()?);
        let outer = if two.starts_with(one) { one } else { two };
        [one, two].iter().all(|folder| folder.starts_with(outer)).then(|| outer.clone())
    }
}

/// What texts are called beside each other: by their titles, and where two have one title, by their files as well.
///
/// `texts` are titles, and what opens the texts.
pub fn told_apart(texts: &[(Clean, String)]) -> Vec<Clean> {
    let titles: Vec<String> = texts.iter().map(|(title, _)| plain(title.as_str()).into_owned()).collect();
    let file = |request: &'_ str| request.rsplit(['/', ':']).next().unwrap_or_default().to_owned();
    // For each title, and for each title and file, what opens the texts that have it.
    let (mut of_title, mut of_both) = (HashMap::<_, HashSet<_>>::new(), HashMap::<_, HashSet<_>>::new());
    for (title, (_, request)) in titles.iter().zip(texts) {
        of_title.entry(title).or_default().insert(request);
        of_both.entry((title, file(request))).or_default().insert(request);
    }
    let name = |(title, (shown, request)): (&String, &(Clean, String))| {
        if of_title[title].len() < 2 {
            return shown.clone();
        }
        let file = file(request);
        let is_shared = of_both.get(&(title, file.clone())).is_some_and(|texts| texts.len() > 1);
        Clean::line(&format!("{shown} ({})", if is_shared { request } else { &file }))
    };
    titles.iter().zip(texts).map(name).collect()
}

/// Two texts with what the judgements of the pair call them.
pub fn called<'a>(left: &'a Open, right: &'a Open) -> [Called<'a>; 2] {
    let named = |open: &'a Open, other| Called { name: open.name_beside(other), text: &open.text };
    [named(left, right), named(right, left)]
}
