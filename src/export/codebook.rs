//! `diptych topics export`: topics as a REFI-QDA codebook (`.qdc`), which QualCoder, ATLAS.ti, MAXQDA and NVivo read.
//!
//! The format is that of <https://www.qdasoftware.org>, version 1.0. What it has no place for (terms, ids) stands in the
//! descriptions: see [`crate::topic::described`]. [`crate::topic::qdc`] reads all of it back.

use std::collections::HashMap;
use std::io::{self, Write};

use super::xml::Xml;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::described::describe;
use crate::topic::guid::Guid;

/// What wrote the file, as its `origin` says.
pub(super) const ORIGIN: &str = concat!("Diptych ", env!("CARGO_PKG_VERSION"));

/// The GUID of a topic: the one it came with, else the one its id has.
pub(crate) fn guid_of(topic: &Topic) -> Guid {
    topic.code.guid.unwrap_or_else(|| Guid::derived("topic", topic.id.as_str()))
}

/// Writes the topics as a codebook. (The format has none without a code: whoever calls has at least one.)
pub(crate) fn write_qdc(out: &mut dyn Write, book: &Codebook) -> io::Result<()> {
    let mut xml = Xml::begin(out)?;
    xml.open("CodeBook", &[("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", ORIGIN)])?;
    xml.open("Codes", &[])?;
    write_codes(&mut xml, book)?;
    xml.close("Codes")?;
    write_sets(&mut xml, book, "guid")?;
    xml.close("CodeBook")?;
    xml.end()
}

/// Writes a `Code` for each topic, each around those that stand under it.
pub(super) fn write_codes(xml: &mut Xml<'_>, book: &Codebook) -> io::Result<()> {
    let topics: HashMap<&TopicId, &Topic> = book.topics().iter().map(|t| (&t.id, &**t)).collect();
    let mut open = 0;
    for (id, depth) in book.tree().preorder() {
        for _ in depth..open {
            xml.close("Code")?;
        }
        open = depth + 1;
        if let Some(topic) = topics.get(id) {
            begin_code(xml, topic)?;
        }
    }
    (0..open).try_for_each(|_| xml.close("Code"))
}

fn begin_code(xml: &mut Xml<'_>, topic: &Topic) -> io::Result<()> {
    let guid = guid_of(topic).to_string();
    let color = topic.code.color.map(|c| c.to_string());
    // What has no terms is a heading over others.
    let codable = if topic.terms.is_empty() { "false" } else { "true" };
    let mut attributes = vec![("guid", guid.as_str()), ("name", &topic.name), ("isCodable", codable)];
    attributes.extend(color.as_deref().map(|c| ("color", c)));
    xml.open("Code", &attributes)?;
    xml.words("Description", &describe(topic))
}

/// Writes the sets. `member` is the attribute that names a code: `guid` in a codebook, `targetGUID` in a project.
pub(super) fn write_sets(xml: &mut Xml<'_>, book: &Codebook, member: &str) -> io::Result<()> {
    if book.sets().is_empty() {
        return Ok(());
    }
    xml.open("Sets", &[])?;
    for set in book.sets() {
        let guid = set.guid.unwrap_or_else(|| Guid::derived("set", &set.name)).to_string();
        xml.open("Set", &[("guid", &guid), ("name", &set.name)])?;
        xml.words("Description", &set.about)?;
        let mut members: Vec<Guid> = Vec::new();
        for topic in set.topics.iter().filter_map(|id| book.get(id.as_str())).map(|topic| guid_of(topic)) {
            // Two that were merged are one member.
            if !members.contains(&topic) {
                xml.empty("MemberCode", &[(member, &topic.to_string())])?;
                members.push(topic);
            }
        }
        xml.close("Set")?;
    }
    xml.close("Sets")
}

#[cfg(test)]
mod tests;
