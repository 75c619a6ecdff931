//! A whole codebook joins a topics.toml, or becomes one.

use std::collections::HashMap;

use toml_edit::{Array, DocumentMut, Table, value};

use super::disk::{Disk, Spot};
use super::topics::{EditError, edit, push, table};
use crate::export::codebook::guid_of;
use crate::topic::code::Set;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::guid::Guid;

/// What became of topics that were to join those of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Joined {
    /// How many were written.
    pub added: usize,
    /// The ids of those that the file had already, by their id or their GUID; they stay as they are.
    pub known: Vec<String>,
}

/// Writes the topics and sets of `book` at the end of a topics file, which is made where there is none. What the file
/// has already stays as it is.
pub(crate) fn join(disk: &dyn Disk, file: &Spot, book: &Codebook) -> Result<Joined, EditError> {
    let mut joined = Joined::default();
    edit(disk, file, |document| {
        joined = join_document(document, book);
        true
    })?;
    Ok(joined)
}

/// The topics and sets of `book` as a topics file has them.
pub(crate) fn to_toml(book: &Codebook) -> String {
    let mut document = DocumentMut::new();
    join_document(&mut document, book);
    document.to_string().trim_start().to_owned()
}

fn join_document(document: &mut DocumentMut, book: &Codebook) -> Joined {
    let (there, _) = Codebook::parse(&document.to_string());
    let ids: HashMap<Guid, &str> = there.entries().iter().map(|t| (guid_of(t), t.id.as_str())).collect();
    let known = |topic: &Topic| there.entry(topic.id.as_str()).is_some() || ids.contains_key(&guid_of(topic));
    let mut joined = Joined::default();
    for topic in book.entries() {
        if known(topic) {
            joined.known.push(topic.id.to_string());
        } else if push(document, "topic", table(topic)) {
            joined.added += 1;
        }
    }
    for set in book.sets().iter().filter(|s| there.sets().iter().all(|t| t.name != s.name)) {
        push(document, "set", set_table(set));
    }
    joined
}

fn set_table(set: &Set) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table.insert("name", value(&set.name));
    if !set.about.is_empty() {
        table.insert("about", value(&set.about));
    }
    table.insert("topics", value(set.topics.iter().map(TopicId::as_str).collect::<Array>()));
    if let Some(guid) = &set.guid {
        table.insert("guid", value(guid.to_string()));
    }
    table
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::disk::Os;
    use crate::library::topics::{NAME, read};

    const FILE: &str = "# My topics.\n\n[[topic]] # first\nid = \"a\"\nterms = [\"alpha\"]\n\n\
                        [[topic]]\nid = \"b\"\nterms = [\n  \"beta\", # two\n]\n# the end\n";

    fn topic(id: &str, term: &str) -> Topic {
        Topic::of_terms(id, "A \"quoted\" name", &[term])
    }

    #[test]
    fn a_codebook_joins_what_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = Spot::within(dir.path(), NAME);
        fs::write(path.path(), format!("{FILE}\n[[set]] # mine\nname = \"old\"\ntopics = [\"a\"]\n")).unwrap();
        let mut same = topic("other-id", "x");
        same.code.guid = Some(Guid::derived("topic", "b"));
        let mut new = topic("new", "y");
        new.code.under = Some(TopicId::new("a"));
        new.code.color = crate::topic::code::Color::parse("#123456");
        new.code.guid = Some(Guid::derived("elsewhere", "new"));
        let set =
            |name: &str| Set { name: name.into(), about: String::new(), guid: None, topics: vec![new.id.clone()] };
        let book = Codebook::new([topic("a", "z"), same, new.clone()]).with_sets([set("old"), set("fresh")]);
        let joined = join(&Os, &path, &book).unwrap();
        assert_eq!((joined.added, joined.known), (1, vec!["a".to_owned(), "other-id".to_owned()]));
        let (after, faults) = read(&Os, &path);
        assert_eq!(faults, []);
        assert_eq!(**after.get("new").unwrap(), new);
        let sets: Vec<_> = after.sets().iter().map(|s| (s.name.as_str(), s.topics[0].as_str())).collect();
        assert_eq!(sets, [("old", "a"), ("fresh", "new")]);
        let source = fs::read_to_string(path.path()).unwrap();
        assert!(["# My topics.", "# two", "# the end", "# mine"].iter().all(|c| source.contains(c)), "{source}");
        assert_eq!(join(&Os, &path, &book).unwrap().added, 0);
        assert_eq!(Codebook::parse(&to_toml(&book)).0, book);
    }
}
