//! The terms of many topics together, made ready for matching: their words, and which words may follow which.
//!
//! Every distinct word of a term is a *probe*; a word of a text satisfies some probes, mostly none. Terms are paths of
//! probes from the root of a tree, so that ten thousand terms that begin alike are walked together.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use crate::word::fold::fold;
use crate::word::hash::WordMap;
use crate::word::language::Language;
use crate::word::stem::Stemmer;

use super::codebook::Topic;
use super::term::{Term, TermWord};

/// A word longer than this, in bytes, is no word of prose and matches nothing.
pub(super) const LONGEST_WORD: usize = 256;
/// How many words are remembered before the memory is emptied.
const REMEMBERED: usize = 1 << 16;
/// The tree's root.
pub(super) const ROOT: u32 = 0;

/// The number of a distinct word of a term.
pub(super) type Probe = u32;
/// The probes that a word of a text satisfies, sorted.
pub(super) type Probes = Rc<[Probe]>;

/// The terms of some topics, in one language. Made for one pass over one text; remembers the words of it.
pub(super) struct Lexicon<'t> {
    stemmer: Stemmer,
    by_stem: WordMap<String, Probe>,
    /// Beginnings (of `*` terms) in every form in which they are looked for.
    by_prefix: WordMap<String, Vec<Probe>>,
    /// These beginnings, keyed by all forms of one in one string.
    prefixes: WordMap<String, Probe>,
    probes: u32,
    /// Probes that some term goes on with.
    later: HashSet<Probe>,
    nodes: Vec<Node>,
    children: WordMap<u64, u32>,
    remembered: WordMap<&'t str, Probes>,
    none: Probes,
}

/// A place in the tree: the terms that end here.
#[derive(Default)]
struct Node {
    ends: Vec<End>,
    has_children: bool,
}

/// Where in a term a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InTerm {
    First,
    /// The first word of a term that has no other.
    Alone,
    Later,
}

/// The end of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// Index of the topic among those of the lexicon.
    pub topic: u32,
    /// The topic's term; `None` for a term that cancels.
    pub term: Option<u32>,
}

impl<'t> Lexicon<'t> {
    pub(super) fn new(topics: &[Arc<Topic>], language: Language) -> Self {
        let mut lexicon = Self {
            stemmer: Stemmer::new(language),
            by_stem: WordMap::default(),
            by_prefix: WordMap::default(),
            prefixes: WordMap::default(),
            probes: 0,
            later: HashSet::new(),
            nodes: vec![Node::default()],
            children: WordMap::default(),
            remembered: WordMap::default(),
            none: Rc::new([]),
        };
        for (at, topic) in topics.iter().enumerate() {
            for term in &topic.not {
                lexicon.add(term, End { topic: at as u32, term: None });
            }
            for (nth, term) in topic.terms.iter().enumerate() {
                lexicon.add(term, End { topic: at as u32, term: Some(nth as u32) });
            }
        }
        lexicon
    }

    fn add(&mut self, term: &Term, end: End) {
        let mut node = ROOT;
        for word in term.words() {
            let probe = self.probe(word);
            if node != ROOT {
                self.later.insert(probe);
            }
            let next = self.nodes.len() as u32;
            let child = *self.children.entry(step(node, probe)).or_insert(next);
            if child == next {
                self.nodes.push(Node::default());
                self.nodes[node as usize].has_children = true;
            }
            node = child;
        }
        self.nodes[node as usize].ends.push(end);
    }

    fn probe(&mut self, word: &TermWord) -> Probe {
        let fresh = self.probes;
        let probe = if word.prefix {
            let forms = prefix_forms(&word.text, self.stemmer.language());
            let probe = *self.prefixes.entry(forms.join("\n")).or_insert(fresh);
            if probe == fresh {
                for form in forms {
                    self.by_prefix.entry(form).or_default().push(fresh);
                }
            }
            probe
        } else {
            *self.by_stem.entry(self.stemmer.stem(&word.text)).or_insert(fresh)
        };
        self.probes += u32::from(probe == fresh);
        probe
    }

    /// The probes that `word`, one token of the text, satisfies.
    pub(super) fn probes_of(&mut self, word: &'t str) -> Probes {
        if let Some(known) = self.remembered.get(word) {
            return Rc::clone(known);
        }
        let found = self.look_up(word);
        if self.remembered.len() >= REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(word, Rc::clone(&found));
        found
    }

    fn look_up(&self, word: &str) -> Probes {
        if word.len() > LONGEST_WORD {
            return Rc::clone(&self.none);
        }
        let language = self.stemmer.language();
        let folded = fold(word, language);
        let mut found: Vec<Probe> = self.by_stem.get(&self.stemmer.stem_folded(&folded)).copied().into_iter().collect();
        if !self.by_prefix.is_empty() {
            let mut collect = |form: &str| {
                for (at, c) in form.char_indices() {
                    if let Some(probes) = self.by_prefix.get(&form[..at + c.len_utf8()]) {
                        found.extend(probes);
                    }
                }
            };
            collect(&folded);
            if language == Language::English {
                // As written, so that `nationaliz*` and `coloure*` mean what they say.
                collect(&fold(word, Language::Other));
            }
        }
        if found.is_empty() {
            return Rc::clone(&self.none);
        }
        found.sort_unstable();
        found.dedup();
        found.into()
    }

    /// The node that `probe` leads to from `node`.
    pub(super) fn child(&self, node: u32, probe: Probe) -> Option<u32> {
        self.children.get(&step(node, probe)).copied()
    }

    /// The terms that end at `node`.
    pub(super) fn ends(&self, node: u32) -> &[End] {
        &self.nodes[node as usize].ends
    }

    /// Whether longer terms go on from `node`.
    pub(super) fn goes_on(&self, node: u32) -> bool {
        self.nodes[node as usize].has_children
    }

    /// The words with which terms begin, of which they are made, or with which they go on: their stems, and for `*`
    /// words their beginnings.
    pub(super) fn forms(&self, place: InTerm) -> Vec<&str> {
        let here = |p: &Probe| match place {
            InTerm::First => self.child(ROOT, *p).is_some(),
            InTerm::Alone => self.child(ROOT, *p).is_some_and(|node| !self.ends(node).is_empty()),
            InTerm::Later => self.later.contains(p),
        };
        let stems = self.by_stem.iter().filter(|(_, p)| here(p)).map(|(s, _)| s.as_str());
        let prefixes = self.by_prefix.iter().filter(|(_, l)| l.iter().any(here)).map(|(s, _)| s.as_str());
        stems.chain(prefixes).collect()
    }

    /// The language of the words.
    pub(super) fn language(&self) -> Language {
        self.stemmer.language()
    }
}

fn step(node: u32, probe: Probe) -> u64 {
    u64::from(node) << 32 | u64::from(probe)
}

/// The forms in which the beginning of a word is looked for: as written, and in English also in the one spelling.
pub(super) fn prefix_forms(prefix: &str, language: Language) -> Vec<String> {
    let mut forms = vec![fold(prefix, language)];
    if language == Language::English {
        let written = fold(prefix, Language::Other);
        // `organiz*` is cut off before the ending by which folding knows the `-ize`.
        if let Some(root) = written.strip_suffix('z').filter(|r| r.ends_with(['i', 'y'])) {
            forms.push(format!("{root}s"));
        }
        forms.push(written);
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}
