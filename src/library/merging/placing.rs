//! Decides which texts of several folders are the same, and what each is called in the merged folder.
//!
//! What reads the same is one text, whatever its file is called; what is called alike and reads otherwise is two, and
//! both are kept. What is there already keeps its name. The order of the folders does not count.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::anchor::TextId;
use crate::model::address::name_within;
use crate::text::clean::{Clean, is_clean};

/// A text of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shelved {
    /// Its path from the folder.
    pub below: PathBuf,
    /// What its words amount to: texts with the same number read the same.
    pub content: u64,
}

/// What a text is to be called, and what was it before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    /// Its path from the folder where all are put together.
    pub below: PathBuf,
    /// Where it is copied from: a folder, by its place among them, and a path below it; `None` where it is there.
    pub from: Option<(usize, PathBuf)>,
    /// The path that it would have, had not another text that name.
    pub instead_of: Option<PathBuf>,
    /// The folders that have it.
    pub in_folders: BTreeSet<usize>,
}

/// Places the texts of some folders, which go by `labels`, beside those that are `there`; by their content.
pub(super) fn place(there: &[Shelved], folders: &[(&str, &[Shelved])]) -> BTreeMap<u64, Placed> {
    let mut placed: BTreeMap<u64, Placed> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for text in there {
        taken.insert(folded(&text.below));
        let new = Placed { below: text.below.clone(), from: None, instead_of: None, in_folders: BTreeSet::new() };
        placed
            .entry(text.content)
            .and_modify(|known| known.below = known.below.clone().min(new.below.clone()))
            .or_insert(new);
    }
    for (content, having) in by_content(folders) {
        let in_folders: BTreeSet<usize> = having.iter().map(|(folder, _)| *folder).collect();
        if let Some(known) = placed.get_mut(&content) {
            known.in_folders = in_folders;
            continue;
        }
        let below = usual(&having);
        let mut from = having.iter().filter(|(_, path)| **path == below).map(|(folder, _)| *folder);
        let first = from.by_ref().min_by_key(|folder| folders[*folder].0).unwrap_or(0);
        let wanted = harmless(&below);
        let is_free = !taken.contains(&folded(&wanted));
        let name = if is_free { wanted.clone() } else { beside(&wanted, folders[first].0, &taken) };
        taken.insert(folded(&name));
        let instead_of = (!is_free).then_some(wanted);
        placed.insert(content, Placed { below: name, from: Some((first, below)), instead_of, in_folders });
    }
    placed
}

/// What a text is called in the folder that it is below.
pub(super) fn name_of(below: &Path) -> TextId {
    // A name within a folder does not depend on which folder it is.
    let folder = Path::new("/");
    TextId(name_within(folder, &folder.join(below)).unwrap_or_default())
}

/// For each content the folders that have it and their paths to it: what most have first, so that it keeps its name.
fn by_content<'f>(folders: &[(&str, &'f [Shelved])]) -> Vec<(u64, Vec<(usize, &'f PathBuf)>)> {
    let mut by_content: BTreeMap<u64, Vec<(usize, &PathBuf)>> = BTreeMap::new();
    for (nth, (_, texts)) in folders.iter().enumerate() {
        for text in *texts {
            by_content.entry(text.content).or_default().push((nth, &text.below));
        }
    }
    let mut all: Vec<_> = by_content.into_iter().collect();
    all.sort_by_cached_key(|(content, having)| (usize::MAX - having.len(), usual(having), *content));
    all
}

/// The path that most have it at; of several the least.
fn usual(having: &[(usize, &PathBuf)]) -> PathBuf {
    let mut counts: BTreeMap<&PathBuf, usize> = BTreeMap::new();
    for (_, path) in having {
        *counts.entry(path).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or(0);
    counts.into_iter().find(|(_, count)| *count == most).map_or_else(PathBuf::new, |(path, _)| path.clone())
}

/// The same path without what a terminal would take for orders: a new file is not to have that in its name.
pub(super) fn harmless(below: &Path) -> PathBuf {
    let harmless = |part: &OsStr| match part.to_str() {
        Some(name) if is_clean(name) && !name.contains(['\n', '\t']) => part.to_owned(),
        _ => match Clean::line(&part.to_string_lossy()).as_str() {
            hidden if hidden.is_empty() || hidden.starts_with('.') => format!("text{hidden}").into(),
            name => name.into(),
        },
    };
    below.iter().map(harmless).collect()
}

/// A free name beside this one, by whose it is: `a-bert.md`.
fn beside(below: &Path, label: &str, taken: &BTreeSet<String>) -> PathBuf {
    let stem = below.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let ending = below.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
    let label: String = label.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(40).collect();
    let numbers = std::iter::once(String::new()).chain((2..=taken.len() + 2).map(|n| format!("-{n}")));
    let mut names = numbers.map(|number| below.with_file_name(format!("{stem}-{label}{number}{ending}")));
    names.find(|name| !taken.contains(&folded(name))).unwrap_or_else(|| below.to_owned())
}

/// As a disk compares names that knows no case.
fn folded(below: &Path) -> String {
    name_of(below).as_str().to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shelf() -> impl Strategy<Value = Vec<Shelved>> {
        let name = prop::sample::select(vec!["a.md", "b.md", "A.md", "in/a.md"]);
        prop::collection::btree_map(name, 1..5_u64, 0..4).prop_map(|texts| {
            texts.into_iter().map(|(name, content)| Shelved { below: PathBuf::from(name), content }).collect()
        })
    }

    /// What is in the folder afterwards.
    fn after(there: &[Shelved], placed: &BTreeMap<u64, Placed>) -> Vec<Shelved> {
        let new = placed.iter().filter(|(_, p)| p.from.is_some());
        let new = new.map(|(content, p)| Shelved { below: p.below.clone(), content: *content });
        there.iter().cloned().chain(new).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn every_text_is_kept_once_and_nothing_is_written_over(there in shelf(), one in shelf(), other in shelf()) {
            let placed = place(&there, &[("one", &one), ("other", &other)]);
            for text in there.iter().chain(&one).chain(&other) {
                prop_assert!(placed.contains_key(&text.content));
            }
            let all = after(&there, &placed);
            prop_assert!(there.iter().all(|text| all.contains(text)));
            let names: BTreeSet<String> = all.iter().map(|t| folded(&t.below)).collect();
            let before: BTreeSet<String> = there.iter().map(|t| folded(&t.below)).collect();
            prop_assert_eq!(names.len() - before.len(), all.len() - there.len());
            let turned = place(&there, &[("other", &other), ("one", &one)]);
            prop_assert_eq!(after(&there, &turned), after(&there, &placed), "the order does not count");
            let again = place(&all, &[("one", &one), ("other", &other)]);
            prop_assert!(again.values().all(|p| p.from.is_none()), "nothing comes twice");
            for text in one.iter().chain(&other) {
                prop_assert_eq!(&again[&text.content].below, &placed[&text.content].below);
            }
        }
    }

    #[test]
    fn what_most_have_keeps_the_name_and_the_same_words_are_one_text() {
        let shelf = |texts: &[(&str, u64)]| -> Vec<Shelved> {
            texts.iter().map(|(name, content)| Shelved { below: PathBuf::from(name), content: *content }).collect()
        };
        let (anna, bert, cem) =
            (shelf(&[("a.md", 1)]), shelf(&[("a.md", 2), ("b.md", 3)]), shelf(&[("a.md", 2), ("own.md", 3)]));
        let placed = place(&[], &[("anna", &anna), ("bert", &bert), ("cem", &cem)]);
        let names: Vec<_> = placed.values().map(|p| p.below.to_str().unwrap()).collect();
        assert_eq!(names, ["a-anna.md", "a.md", "b.md"]);
        let odd = shelf(&[("in\n\u{1b}]0;x\u{7}/e\u{202e}.md", 7), ("\u{202e}.md", 8), ("\u{202d}.md", 9)]);
        let copied: Vec<_> = place(&[], &[("odd", &odd)]).into_values().map(|p| (p.below, p.from)).collect();
        for ((name, from), own) in copied.iter().zip(&odd) {
            assert!(is_clean(name.to_str().unwrap()) && !name.to_str().unwrap().contains('\n'), "{name:?}");
            assert_eq!(from.as_ref().unwrap().1, own.below, "it is copied from where it is");
        }
        assert_eq!(copied[1].0, Path::new("\u{fffd}-odd.md"), "one of two that are called alike now");
        assert_eq!(placed[&1].instead_of.as_deref(), Some(Path::new("a.md")));
    }
}
