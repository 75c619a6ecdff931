//! Codebooks of other programs: REFI-QDA's exchange format (`.qdc`), read into topics.
//!
//! The format is that of <https://www.qdasoftware.org>, version 1.0: `CodeBook` holds `Codes` (nested `Code`s with
//! `guid`, `name`, `isCodable`, `color` and a `Description`) and `Sets` of them. QualCoder, ATLAS.ti, MAXQDA and NVivo
//! write it. The codebook within a project (`Project` around it) is read too. Elements that are not known are passed
//! over, whatever namespace a program writes.
//!
//! A code becomes a topic: its name makes the id and the first term, unless its description says otherwise
//! ([`super::described`]). No entity but XML's own five is ever resolved and no document type is accepted, so a file
//! can neither blow up nor have anything fetched.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::code::{Code, Color, Set};
use super::codebook::{Codebook, Topic, TopicId, id_of_name};
use super::described::{Described, one_line, read};
use super::fault::{Fault, line_column};
use super::guid::Guid;
use super::term::Term;

/// How many faults are told one by one.
const TOLD: usize = 50;
/// An id made of a parent's and a code's name is not longer than this.
const LONGEST_ID: usize = 64;

/// A code as it stands in the file.
#[derive(Debug, Default)]
struct RawCode {
    /// The byte at which it begins.
    at: usize,
    guid: Option<Guid>,
    name: String,
    codable: bool,
    color: Option<Color>,
    description: String,
    /// The code around it.
    under: Option<usize>,
}

#[derive(Debug, Default)]
struct RawSet {
    guid: Option<Guid>,
    name: String,
    description: String,
    /// The codes in it, and where they are named.
    members: Vec<(Guid, usize)>,
}

/// An element that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Project,
    CodeBook,
    Codes,
    Code(usize),
    Sets,
    Set(usize),
    CodeDescription(usize),
    SetDescription(usize),
    Unknown,
}

#[derive(Debug)]
struct Reading<'a> {
    source: &'a str,
    faults: Vec<Fault>,
    untold: usize,
    open: Vec<Element>,
    codes: Vec<RawCode>,
    sets: Vec<RawSet>,
    guids: HashSet<Guid>,
    /// Whether there was a codebook at all.
    found: bool,
}

/// Reads a codebook. What is wrong with a single code is a fault, and the rest is used.
///
/// # Errors
/// Where the file is no codebook, no well-formed XML, or has a document type: the first fault, with its place.
pub fn parse(source: &str) -> Result<(Codebook, Vec<Fault>), Fault> {
    let mut reading = Reading {
        source,
        faults: Vec::new(),
        untold: 0,
        open: Vec::new(),
        codes: Vec::new(),
        sets: Vec::new(),
        guids: HashSet::new(),
        found: false,
    };
    reading.document()?;
    let book = reading.book();
    let mut faults = reading.faults;
    if reading.untold > 0 {
        let last = faults.last().map_or((1, 1), |f| (f.line, f.column));
        faults.push(fault_at(last, format!("and {} more of the kind", reading.untold), ""));
    }
    Ok((book, faults))
}

/// The characters of a file: UTF-8, or what its byte order mark says.
///
/// # Errors
/// Where it is neither; with the first place that is not.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|e| {
        let before = String::from_utf8_lossy(&bytes[..e.valid_up_to()]);
        let what = "is neither UTF-8 nor UTF-16, and so no codebook";
        fault_at(line_column(&before, before.len()), what, CODEBOOK)
    })
}

fn fault_at((line, column): (u32, u32), what: impl Into<String>, advice: &str) -> Fault {
    Fault { line, column, field: String::new(), what: one_line(&what.into()), advice: advice.to_owned() }
}

const WELL_FORMED: &str = "export the codebook again";
const CODEBOOK: &str = "export a codebook as .qdc (REFI-QDA)";

impl Reading<'_> {
    fn fatal<T>(&self, at: usize, what: impl Into<String>, advice: &str) -> Result<T, Fault> {
        Err(fault_at(line_column(self.source, at), what, advice))
    }

    fn fault(&mut self, at: usize, what: impl Into<String>, advice: &str) {
        if self.faults.len() < TOLD {
            self.faults.push(fault_at(line_column(self.source, at), what, advice));
        } else {
            self.untold += 1;
        }
    }

    fn document(&mut self) -> Result<(), Fault> {
        let mut reader = Reader::from_str(self.source);
        loop {
            let at = reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(e) => return self.fatal(reader.error_position() as usize, e.to_string(), WELL_FORMED),
            };
            match event {
                Event::Start(start) => self.element(&start, at)?,
                Event::Empty(empty) => {
                    self.element(&empty, at)?;
                    self.open.pop();
                }
                Event::End(_) => _ = self.open.pop(),
                Event::Text(text) => self.words(&text.xml10_content(), at)?,
                Event::CData(data) => self.words(&data.xml10_content(), at)?,
                Event::GeneralRef(reference) => {
                    let c = self.reference(&reference, at)?;
                    self.words(c.encode_utf8(&mut [0; 4]), at)?;
                }
                Event::DocType(_) => {
                    let what = "has a document type (DOCTYPE), which could name other files, and was not read";
                    return self.fatal(at, what, "a codebook never needs it: take that line out");
                }
                Event::Eof if !self.open.is_empty() => {
                    return self.fatal(at, "ends in the middle of an element", WELL_FORMED);
                }
                Event::Eof if !self.found => return self.fatal(0, "has no codebook in it", CODEBOOK),
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// The character of a reference; only those that XML itself knows.
    fn reference(&self, reference: &BytesRef<'_>, at: usize) -> Result<char, Fault> {
        let known = match reference.resolve_char_ref() {
            Ok(Some(c)) => Some(c),
            Ok(None) => match &**reference {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "apos" => Some('\''),
                "quot" => Some('"'),
                _ => None,
            },
            Err(_) => None,
        };
        let what = || format!("`&{};` is not a character", &**reference);
        known.map_or_else(|| self.fatal(at, what(), "write the character itself"), Ok)
    }

    fn words(&mut self, words: &str, at: usize) -> Result<(), Fault> {
        match self.open.last() {
            Some(Element::CodeDescription(code)) => self.codes[*code].description.push_str(words),
            Some(Element::SetDescription(set)) => self.sets[*set].description.push_str(words),
            None if !words.trim().trim_start_matches('\u{feff}').is_empty() => {
                return self.fatal(at, "is not XML", CODEBOOK);
            }
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, start: &BytesStart<'_>, at: usize) -> Result<(), Fault> {
        let name = start.local_name();
        let name = name.as_ref();
        let element = match (self.open.last(), name) {
            (None, _) if self.found => return self.fatal(at, "has something after its end", WELL_FORMED),
            (None, "Project") => Element::Project,
            (None | Some(Element::Project), "CodeBook") => {
                self.found = true;
                Element::CodeBook
            }
            (None, _) => return self.fatal(at, format!("begins with <{name}>, not with <CodeBook>"), CODEBOOK),
            (Some(Element::CodeBook), "Codes") => Element::Codes,
            (Some(Element::CodeBook | Element::Project), "Sets") => Element::Sets,
            (Some(Element::Codes), "Code") => self.code(start, at, None)?,
            (Some(&Element::Code(under)), "Code") => self.code(start, at, Some(under))?,
            (Some(&Element::Code(code)), "Description") => Element::CodeDescription(code),
            (Some(Element::Sets), "Set") => self.set(start, at)?,
            (Some(&Element::Set(set)), "Description") => Element::SetDescription(set),
            (Some(&Element::Set(set)), "MemberCode") => {
                self.member(start, at, set)?;
                Element::Unknown
            }
            _ => Element::Unknown,
        };
        self.open.push(element);
        Ok(())
    }

    /// The attributes of an element by their names.
    fn attributes(&self, start: &BytesStart<'_>, at: usize) -> Result<HashMap<String, String>, Fault> {
        let mut found = HashMap::new();
        for attribute in start.attributes() {
            let value = attribute.map_err(quick_xml::Error::from).and_then(|a| {
                let value = a.normalized_value(XmlVersion::Implicit1_0)?;
                Ok((a.key.local_name().as_ref().to_owned(), value.into_owned()))
            });
            match value {
                Ok((key, value)) => found.insert(key, value),
                Err(e) => return self.fatal(at, e.to_string(), WELL_FORMED),
            };
        }
        Ok(found)
    }

    fn code(&mut self, start: &BytesStart<'_>, at: usize, under: Option<usize>) -> Result<Element, Fault> {
        let attributes = self.attributes(start, at)?;
        let mut code = RawCode { at, under, codable: true, ..RawCode::default() };
        code.name = self.name(&attributes, at, "code");
        code.guid = self.guid(&attributes, at, &code.name);
        if let Some(guid) = code.guid
            && !self.guids.insert(guid)
        {
            self.fault(at, format!("code \"{}\" has the GUID of an earlier one", code.name), "it gets one of its own");
            code.guid = None;
        }
        code.codable = !matches!(attributes.get("isCodable").map(|v| v.trim()), Some("false" | "0"));
        if let Some(color) = attributes.get("color") {
            code.color = Color::parse(color);
            if code.color.is_none() {
                self.fault(at, format!("code \"{}\": `{color}` is not a colour", code.name), "it was left out");
            }
        }
        self.codes.push(code);
        Ok(Element::Code(self.codes.len() - 1))
    }

    fn set(&mut self, start: &BytesStart<'_>, at: usize) -> Result<Element, Fault> {
        let attributes = self.attributes(start, at)?;
        let name = self.name(&attributes, at, "set");
        let guid = self.guid(&attributes, at, &name);
        self.sets.push(RawSet { guid, name, ..RawSet::default() });
        Ok(Element::Set(self.sets.len() - 1))
    }

    fn member(&mut self, start: &BytesStart<'_>, at: usize, set: usize) -> Result<(), Fault> {
        let attributes = self.attributes(start, at)?;
        // In a codebook it is `guid`, in a project `targetGUID`.
        let guid = attributes.get("guid").or_else(|| attributes.get("targetGUID")).and_then(|g| Guid::parse(g));
        self.sets[set].members.extend(guid.map(|g| (g, at)));
        Ok(())
    }

    fn name(&mut self, attributes: &HashMap<String, String>, at: usize, of: &str) -> String {
        let name = attributes.get("name").map(|n| one_line(n)).unwrap_or_default();
        if name.is_empty() {
            self.fault(at, format!("a {of} has no name"), "it was called \"unnamed\"");
            return "unnamed".to_owned();
        }
        name
    }

    fn guid(&mut self, attributes: &HashMap<String, String>, at: usize, name: &str) -> Option<Guid> {
        let guid = attributes.get("guid").and_then(|g| Guid::parse(g));
        if guid.is_none() {
            self.fault(at, format!("\"{name}\" has no GUID that can be read"), "it gets one of its own");
        }
        guid
    }

    /// The topics and sets of what was read.
    fn book(&mut self) -> Codebook {
        let mut ids = Ids::default();
        let mut topics: Vec<Topic> = Vec::new();
        let mut by_guid: HashMap<Guid, TopicId> = HashMap::new();
        for raw in std::mem::take(&mut self.codes) {
            let said = read(&raw.description);
            let parent = raw.under.map(|nth| topics[nth].id.clone());
            let id = ids.one(said.id.as_deref(), &raw.name, parent.as_ref().map(TopicId::as_str));
            by_guid.extend(raw.guid.map(|guid| (guid, id.clone())));
            let guid = raw.guid.filter(|g| *g != Guid::derived("topic", id.as_str()));
            let code = Code { guid, color: raw.color, under: parent };
            let (terms, not) = self.terms(&raw, &said);
            topics.push(Topic { id, name: raw.name, about: said.about, terms, not, into: None, code });
        }
        let mut sets = Vec::new();
        for raw in std::mem::take(&mut self.sets) {
            let mut members = Vec::new();
            for (guid, at) in raw.members {
                match by_guid.get(&guid) {
                    Some(id) => members.push(id.clone()),
                    None => self.fault(at, format!("set \"{}\" names a code that is not there", raw.name), ""),
                }
            }
            let guid = raw.guid.filter(|g| *g != Guid::derived("set", &raw.name));
            sets.push(Set { name: raw.name, about: one_line(&raw.description), guid, topics: members });
        }
        Codebook::new(topics).with_sets(sets)
    }

    fn terms(&mut self, raw: &RawCode, said: &Described) -> (Vec<Term>, Vec<Term>) {
        let of_name = || if raw.codable { vec![raw.name.clone()] } else { Vec::new() };
        let written = said.terms.clone().unwrap_or_else(of_name);
        let mut parsed = |written: &[String]| {
            let mut terms: Vec<Term> = Vec::new();
            for term in written {
                // A star in a name means importance, or nothing.
                match Term::parse(term).or_else(|_| Term::parse(&term.replace('*', " "))) {
                    Ok(term) if terms.contains(&term) => {}
                    Ok(term) => terms.push(term),
                    Err(e) => {
                        self.fault(raw.at, format!("code \"{}\": \"{term}\" {e}", raw.name), "it became no term");
                    }
                }
            }
            terms
        };
        (parsed(&written), parsed(&said.not))
    }
}

/// Ids that are taken.
#[derive(Debug, Default)]
struct Ids {
    taken: HashSet<String>,
    /// The next number to try after an id.
    next: HashMap<String, usize>,
}

impl Ids {
    /// An id that is free: the one that is asked for, else one made of the name, else of the parent's and the name,
    /// else with a number after it.
    fn one(&mut self, asked: Option<&str>, name: &str, parent: Option<&str>) -> TopicId {
        let of_name = match id_of_name(name) {
            made if made.is_empty() => "code".to_owned(),
            made => made,
        };
        let below = parent.map(|p| format!("{p}-{of_name}")).filter(|id| id.len() <= LONGEST_ID);
        let asked = asked.filter(|id| !id.is_empty()).map(str::to_owned);
        let plain = [asked, Some(of_name.clone()), below].into_iter().flatten().find(|id| !self.taken.contains(id));
        let id = plain.unwrap_or_else(|| {
            let next = self.next.entry(of_name.clone()).or_insert(2);
            loop {
                let numbered = format!("{of_name}-{next}");
                *next += 1;
                if !self.taken.contains(&numbered) {
                    return numbered;
                }
            }
        });
        self.taken.insert(id.clone());
        TopicId::new(&id)
    }
}

#[cfg(test)]
mod tests;
