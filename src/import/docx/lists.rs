//! Lists: which paragraphs are items, and their numbers. A document does not nest its lists; it gives every item a list and a
//! level, and counts as it goes.

use std::collections::HashMap;

use crate::import::flow::{Container, ContainerId, Nest};
use crate::import::xml::{Token, Xml, attribute, name};

/// Levels of a list, as the format has them.
const LEVELS: usize = 9;

/// A level of a list: the number of its first item, or bullets.
type Level = Option<u32>;

/// The lists that a document defines.
#[derive(Debug, Default)]
pub(super) struct Numberings {
    abstracts: HashMap<u32, [Level; LEVELS]>,
    /// For each list the definition that it follows, and the levels that begin elsewhere.
    lists: HashMap<u32, (u32, HashMap<u8, u32>)>,
}

impl Numberings {
    pub(super) fn read(source: &str) -> Self {
        let mut all = Self::default();
        let (mut definition, mut list, mut level) = (None, None, 0usize);
        for token in Xml::new(source) {
            let Token::Open(tag) = token else { continue };
            let number = |key| attribute(&tag, key).and_then(|v| v.parse::<u32>().ok());
            match name(&tag) {
                "abstractNum" => {
                    definition = number("abstractNumId");
                    list = None;
                    all.abstracts.extend(definition.map(|d| (d, [None; LEVELS])));
                }
                "num" => list = number("numId"),
                "abstractNumId" => {
                    if let (Some(list), Some(of)) = (list, number("val")) {
                        all.lists.insert(list, (of, HashMap::new()));
                    }
                }
                "lvl" | "lvlOverride" => level = number("ilvl").unwrap_or(0) as usize,
                "startOverride" => {
                    if let (Some((_, starts)), Some(start)) = (list.and_then(|l| all.lists.get_mut(&l)), number("val"))
                    {
                        starts.insert(level as u8, start);
                    }
                }
                "start" if list.is_none() => {
                    if let Some(at) = all.level(definition, level) {
                        *at = Some(number("val").unwrap_or(1));
                    }
                }
                "numFmt" if list.is_none() => {
                    let format = attribute(&tag, "val").unwrap_or_default();
                    if let Some(at) = all.level(definition, level) {
                        let plain = matches!(format.as_str(), "bullet" | "none");
                        *at = if plain { None } else { Some(at.unwrap_or(1)) };
                    }
                }
                _ => {}
            }
        }
        all
    }

    fn level(&mut self, definition: Option<u32>, level: usize) -> Option<&mut Level> {
        self.abstracts.get_mut(&definition?)?.get_mut(level)
    }

    /// The number of the first item of a list's level, where its items are numbered.
    fn first(&self, list: u32, level: u8) -> Level {
        let (of, starts) = self.lists.get(&list)?;
        let first = self.abstracts.get(of)?.get(usize::from(level)).copied().flatten()?;
        Some(starts.get(&level).copied().unwrap_or(first))
    }
}

/// The lists that are open where the reading is.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Level, list, its container, and the container of its last item.
    open: Vec<(u8, u32, ContainerId, ContainerId)>,
    /// How many items each list's levels have had.
    counts: HashMap<u32, [u32; LEVELS]>,
}

impl Lists {
    /// The container of a further item.
    pub(super) fn item(
        &mut self,
        numberings: &Numberings,
        (list, level): (u32, u8),
        nest: &mut Nest,
        base: ContainerId,
    ) -> ContainerId {
        let level = level.min(LEVELS as u8 - 1);
        let number = numberings.first(list, level).map(|first| first.saturating_add(self.count(list, level)));
        while self.open.last().is_some_and(|(l, id, ..)| *l > level || (*l == level && *id != list)) {
            self.open.pop();
        }
        let around = self.open.last().map(|(.., item)| *item);
        let within = match self.open.last() {
            Some((l, _, container, _)) if *l == level => *container,
            _ => nest.open(Container::List, around.unwrap_or(base)),
        };
        let item = nest.open(Container::Item(number), within);
        match self.open.last_mut() {
            Some(innermost) if innermost.0 == level => innermost.3 = item,
            _ => self.open.push((level, list, within, item)),
        }
        item
    }

    /// What is no item ends the lists; they count on when they are taken up again.
    pub(super) fn end(&mut self) {
        self.open.clear();
    }

    /// How many items the level has had before this one; deeper levels begin again.
    fn count(&mut self, list: u32, level: u8) -> u32 {
        let counts = self.counts.entry(list).or_default();
        let at = usize::from(level);
        let before = counts[at];
        counts[at] = before.saturating_add(1);
        counts[at + 1..].fill(0);
        before
    }
}
