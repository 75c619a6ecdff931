//! What programs for coding texts know of a topic besides its words: a GUID, a colour, the code it stands under, and
//! the sets it is in.
//!
//! In topics.toml these are `guid`, `color` and `under` of a topic, and `[[set]]` tables. Diptych keeps them for the way
//! back ([`super::qdc`]); nothing in the reader depends on them.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::codebook::TopicId;
use super::guid::Guid;

/// What a topic is as a code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Code {
    /// As another program named it; `None` where it was made here ([`Guid::derived`] names it then).
    pub guid: Option<Guid>,
    /// Its colour in that program.
    pub color: Option<Color>,
    /// The topic it is a part of.
    pub under: Option<TopicId>,
}

/// A group of topics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// As shown to the reader; no two sets of a codebook share it.
    pub name: String,
    /// What it is about, in a sentence; may be empty.
    pub about: String,
    /// As another program named it.
    pub guid: Option<Guid>,
    /// Its topics.
    pub topics: Vec<TopicId>,
}

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Reads `#46AA00` or `#4A0`.
    pub fn parse(written: &str) -> Option<Self> {
        let digits = written.trim().strip_prefix('#')?;
        let values: Option<Vec<u8>> = digits.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect();
        match *values?.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r, r2, g, g2, b, b2] => Some(Self([r << 4 | r2, g << 4 | g2, b << 4 | b2])),
            _ => None,
        }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02X}{g:02X}{b:02X}")
    }
}

/// What stands under what, from pairs of a topic and the one it names, in the order of the file.
#[derive(Debug, Default)]
pub struct Tree<'a> {
    children: HashMap<&'a TopicId, Vec<&'a TopicId>>,
    roots: Vec<&'a TopicId>,
}

impl<'a> Tree<'a> {
    /// The tree of these topics. A topic that names none of them, or that stands under itself, is a root.
    pub fn of(topics: impl IntoIterator<Item = (&'a TopicId, Option<&'a TopicId>)>) -> Self {
        let all: Vec<_> = topics.into_iter().collect();
        let known: HashSet<&TopicId> = all.iter().map(|(id, _)| *id).collect();
        let mut tree = Self::default();
        for (id, under) in &all {
            match under.filter(|u| known.contains(u)) {
                Some(under) => tree.children.entry(under).or_default().push(id),
                None => tree.roots.push(id),
            }
        }
        // Whatever no root leads to goes round in a circle: the first of each circle becomes a root.
        let mut reached: HashSet<&TopicId> = tree.preorder().into_iter().map(|(id, _)| id).collect();
        for (id, under) in &all {
            if !reached.contains(id) {
                if let Some(siblings) = under.and_then(|u| tree.children.get_mut(u)) {
                    siblings.retain(|sibling| sibling != id);
                }
                tree.roots.push(id);
                reached.extend(tree.below(id).into_iter().map(|(id, _)| id));
            }
        }
        tree
    }

    /// The topics that stand under none.
    pub fn roots(&self) -> &[&'a TopicId] {
        &self.roots
    }

    /// Whether any topic stands under this one.
    pub(super) fn is_parent(&self, id: &TopicId) -> bool {
        self.children.get(id).is_some_and(|c| !c.is_empty())
    }

    /// Every topic with its depth (0 for a root), each before those under it.
    pub fn preorder(&self) -> Vec<(&'a TopicId, usize)> {
        self.roots.iter().flat_map(|root| self.below(root)).collect()
    }

    /// A topic and all that is under it. (With a stack of its own: codebooks come from files.)
    fn below(&self, root: &'a TopicId) -> Vec<(&'a TopicId, usize)> {
        let mut found = Vec::new();
        let mut stack = vec![(root, 0)];
        while let Some((id, depth)) = stack.pop() {
            found.push((id, depth));
            let children = self.children.get(id).map_or(&[][..], Vec::as_slice);
            stack.extend(children.iter().rev().map(|child| (*child, depth + 1)));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_short_or_long() {
        let cases = [("#46aa00", Some("#46AA00")), ("#4A0", Some("#44AA00")), ("46AA00", None), ("#12", None)];
        for (written, expected) in cases {
            assert_eq!(Color::parse(written).map(|c| c.to_string()).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn circles_and_strangers_are_roots_and_nothing_is_lost() {
        let ids = ["a", "b", "c", "d", "e", "x"].map(TopicId::new);
        let [root, b, c, d, leaf, own] = ids.each_ref();
        let under = [(root, None), (b, Some(d)), (c, Some(b)), (d, Some(c)), (leaf, Some(root)), (own, Some(own))];
        let tree = Tree::of(under);
        let order: Vec<String> = tree.preorder().iter().map(|(id, depth)| format!("{id}{depth}")).collect();
        assert_eq!(order, ["a0", "e1", "b0", "c1", "d2", "x0"]);
        assert!(tree.is_parent(root) && !tree.is_parent(leaf) && !tree.is_parent(own));
        let lost = TopicId::new("lost");
        assert_eq!(Tree::of([(root, Some(&lost))]).roots(), [root]);
    }
}
