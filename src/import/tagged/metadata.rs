//! What the head of a document says of it, by the paths of the elements that say it.

use crate::import::xml::{Token, Xml, attribute, name};
use crate::text::clean::Clean;

/// Longer than this is no title, no name and no date.
const LONGEST: usize = 400;

/// How many of a kind are read.
const MOST: usize = 32;

/// What was said under each path.
#[derive(Debug, Default)]
pub(super) struct PathValues {
    all: Vec<(usize, String)>,
    paths: Vec<&'static str>,
    /// The language that the first element with one is in.
    pub language: Option<String>,
}

impl PathValues {
    /// Reads what stands under `paths` (`title-info/book-title`: an element of the second name in one of the first) until an
    /// element named in `ends` begins or ends. Letters within elements named in `without` are left out.
    pub(super) fn of(source: &str, paths: &[&'static str], ends: &[&str], without: &[&str]) -> Self {
        let mut said = Self { paths: paths.to_vec(), ..Self::default() };
        let mut open: Vec<String> = Vec::new();
        // The paths that are open: which, how deep, and what was read so far.
        let mut heard: Vec<(usize, usize, String)> = Vec::new();
        for token in Xml::new(source) {
            match token {
                Token::Open(tag) => {
                    let name = name(&tag).to_owned();
                    if said.language.is_none() {
                        said.language = attribute(&tag, "lang").and_then(|tag| language(&tag));
                    }
                    if ends.contains(&name.as_str()) {
                        break;
                    }
                    if open.len() < 64 {
                        open.push(name);
                    }
                    for (.., letters) in &mut heard {
                        letters.push(' ');
                    }
                    for (number, path) in paths.iter().enumerate() {
                        if ends_with(&open, path) {
                            heard.push((number, open.len(), String::new()));
                        }
                    }
                }
                Token::Letters(letters) => {
                    if !open.iter().any(|name| without.contains(&name.as_str())) {
                        let room = |heard: &String| heard.len() < LONGEST * 4;
                        heard.iter_mut().filter(|(.., h)| room(h)).for_each(|(.., heard)| heard.push_str(&letters));
                    }
                }
                Token::Close(closed) => {
                    let Some(at) = open.iter().rposition(|name| *name == closed) else { continue };
                    for (.., letters) in &mut heard {
                        letters.push(' ');
                    }
                    while heard.last().is_some_and(|(_, depth, _)| *depth > at) {
                        if let Some((number, _, letters)) = heard.pop() {
                            said.take(number, &letters);
                        }
                    }
                    open.truncate(at);
                    if ends.contains(&closed.as_str()) {
                        break;
                    }
                }
            }
        }
        said
    }

    fn take(&mut self, number: usize, letters: &str) {
        let line = line(letters);
        if !line.is_empty() && line.len() <= LONGEST && self.all.iter().filter(|(n, _)| *n == number).count() < MOST {
            self.all.push((number, line));
        }
    }

    /// Everything that was said under the first of these paths that anything was said under.
    pub(super) fn all(&self, paths: &[&str]) -> Vec<&str> {
        let under = |path: &&str| -> Vec<&str> {
            let number = self.paths.iter().position(|p| p == path);
            self.all.iter().filter(|(n, _)| Some(*n) == number).map(|(_, said)| said.as_str()).collect()
        };
        paths.iter().map(under).find(|said| !said.is_empty()).unwrap_or_default()
    }

    /// The first that was said under one of these paths.
    pub(super) fn first(&self, paths: &[&str]) -> Option<String> {
        self.all(paths).first().map(|said| (*said).to_owned())
    }

    /// Names as one.
    pub(super) fn names(&self, paths: &[&str]) -> Option<String> {
        let mut names = self.all(paths);
        names.dedup();
        match names.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            [most @ .., last] => Some(format!("{} and {last}", most.join(", "))),
        }
    }
}

fn ends_with(open: &[String], path: &str) -> bool {
    let mut names = open.iter().rev();
    path.rsplit('/').all(|step| names.next().is_some_and(|name| name == step))
}

/// One clean line with single blanks.
pub(in crate::import) fn line(letters: &str) -> String {
    let clean = Clean::line(letters);
    clean.as_str().split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
}

/// A language as BCP 47 has it.
pub(in crate::import) fn language(said: &str) -> Option<String> {
    let tag = said.trim().replace('_', "-");
    let fits = (2..=12).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then_some(tag)
}
