//! TEI (Text Encoding Initiative, P4 and P5): divisions with heads, verse, speeches, notes where they are cited.
//!
//! Of an editor's two readings the one is read that the edition prints: what was corrected, regularised and abbreviated.
//! Page and line breaks of the printed source are left out.

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use crate::import::flow::Mark;
use crate::import::flow::compose::Composer;
use crate::import::warning::Warning;
use crate::import::watch::Meter;
use crate::import::xml::{Token, Xml, attribute, name};
use crate::text::Text;

use super::metadata::PathValues;
use super::walk::Around;
use super::{Role, Vocabulary};

struct Tei {
    /// The names of the notes that marks elsewhere lead to.
    cited: HashSet<String>,
}

/// Reads a document.
pub(in crate::import) fn read(source: &str, watch: Meter<'_>, warnings: &mut Vec<Warning>) -> Text {
    let (mut aims, mut notes) = (HashSet::new(), HashSet::new());
    for token in Xml::new(source) {
        let Token::Open(tag) = token else { continue };
        match name(&tag) {
            "ref" | "ptr" => aims.extend(aim(&tag)),
            "note" => notes.extend(attribute(&tag, "id")),
            _ => {}
        }
    }
    let tei = Tei { cited: aims.intersection(&notes).cloned().collect() };
    super::read(source, &tei, watch, warnings)
}

/// The place that a reference leads to.
fn aim(tag: &BytesStart<'_>) -> Option<String> {
    let target = attribute(tag, "target")?;
    Some(target.strip_prefix('#').unwrap_or(&target).to_owned())
}

/// What an element is in an entry of a dictionary, where it is something else than in other places: an entry is one
/// paragraph, in which what a word means is no quotation.
fn in_dictionary(element: &str, around: &Around<'_>) -> Option<Role> {
    let role = match element {
        "entry" | "entryFree" | "re" => return Some(Role::Block),
        "orth" => Role::Marked(Mark::Strong),
        "pron" => Role::Between(" [", "]"),
        "gramGrp" => Role::Between(" ", ""),
        "pos" | "gen" | "number" | "subc" => Role::Marked(Mark::Emphasis),
        "cit" | "def" => Role::Between(" · ", ""),
        "usg" | "note" => Role::Between(" (", ")"),
        "quote" => Role::Plain,
        _ => return None,
    };
    around.has_any(&["entry", "entryFree"]).then_some(role)
}

impl Vocabulary for Tei {
    fn role(&self, tag: &BytesStart<'_>, around: &Around<'_>) -> Role {
        let said = |name| attribute(tag, name).unwrap_or_default();
        if let Some(role) = in_dictionary(name(tag), around) {
            return role;
        }
        match name(tag) {
            "teiHeader" | "facsimile" | "sourceDoc" | "standOff" | "fw" | "pb" | "cb" | "gb" | "milestone"
            | "anchor" | "index" | "rdg" | "graphic" | "binaryObject" | "divGen" | "interpGrp" | "spanGrp" => {
                Role::Silent
            }
            "sic" | "orig" | "expan" if around.parent() == "choice" => Role::Silent,
            "div" | "div0" | "div1" | "div2" | "div3" | "div4" | "div5" | "div6" | "div7" => Role::Section,
            "head" if around.parent().starts_with("div") || matches!(around.parent(), "body" | "front" | "back") => {
                Role::Heading(None, u8::from(!around.parent().starts_with("div")))
            }
            "head" | "figDesc" if around.has("figure") => Role::Name,
            "head" | "speaker" => Role::Name,
            "lg" | "sp" | "p" | "ab" | "opener" | "closer" | "salute" | "signed" | "dateline" | "trailer"
            | "argument" | "byline" | "docTitle" | "titlePart" | "docAuthor" | "docDate" | "docImprint"
            | "docEdition" | "titlePage" | "imprimatur" | "castGroup" | "front" | "body" | "back" | "group"
            | "text" | "figure" | "postscript" | "biblStruct" | "listBibl" | "set" | "address" | "addrLine" => {
                Role::Block
            }
            "bibl" | "stage" if around.has_any(&["p", "l", "note", "cell", "item", "ab", "head"]) => Role::Plain,
            "bibl" | "stage" => Role::Block,
            "l" => Role::Line,
            "lb" if said("break") == "no" => Role::Plain,
            "lb" | "space" => Role::Letters(" ".to_owned()),
            "epigraph" => Role::Quotation,
            "quote" | "q" | "said" if !around.has_any(&["p", "l", "note", "head", "item", "cell", "ab"]) => {
                Role::Quotation
            }
            "quote" | "q" | "said" => Role::Quoted,
            "list" | "castList" => {
                let numbered = said("type") == "ordered" || said("rend").contains("numbered");
                Role::List(numbered.then_some(1))
            }
            "item" | "castItem" if around.has_any(&["list", "castList"]) => Role::Item(None),
            "label" if around.parent() == "list" => Role::Block,
            "table" => Role::Table,
            "row" => Role::Row,
            "cell" => Role::Cell,
            "note" => match attribute(tag, "id").filter(|id| self.cited.contains(id)) {
                Some(id) => Role::NoteUnder(id, said("n")),
                None if around.has_any(&["p", "l", "head", "item", "cell", "ab", "bibl", "speaker", "stage"]) => {
                    Role::Note(None)
                }
                None => Role::Block,
            },
            "ref" | "ptr" => match aim(tag) {
                Some(aim) if self.cited.contains(&aim) => {
                    let label = said("n");
                    Role::Cites(aim, label)
                }
                Some(aim) if aim.contains("://") => Role::Marked(Mark::Link(aim)),
                _ => Role::Plain,
            },
            "hi" => rendered(&format!("{} {}", said("rend"), said("rendition"))),
            "emph" | "foreign" | "title" | "mentioned" | "soCalled" | "term" => {
                if said("rend").contains("normal") {
                    Role::Plain
                } else {
                    Role::Marked(Mark::Emphasis)
                }
            }
            "del" => Role::Marked(Mark::Strike),
            "code" | "gi" | "att" | "val" | "tag" => Role::Marked(Mark::Code),
            "eg" | "egXML" => Role::Code,
            "gap" => Role::Letters("[…]".to_owned()),
            _ => Role::Plain,
        }
    }

    fn meta(&self, source: &str, composer: &mut Composer) {
        let paths = [
            "titleStmt/title",
            "titleStmt/author",
            "creation/date",
            "imprint/date",
            "bibl/date",
            "publicationStmt/date",
        ];
        let said = PathValues::of(source, &paths, &["text"], &["note", "idno", "birth", "death"]);
        composer.meta.title = said.first(&["titleStmt/title"]);
        composer.meta.author = said.names(&["titleStmt/author"]);
        composer.meta.date = said.first(&["creation/date", "imprint/date", "bibl/date", "publicationStmt/date"]);
        composer.meta.language = said.language;
    }
}

/// How letters are set.
fn rendered(rend: &str) -> Role {
    let rend = rend.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| rend.contains(word));
    if has(&["sup"]) {
        Role::Marked(Mark::Raised)
    } else if has(&["sub"]) {
        Role::Marked(Mark::Lowered)
    } else if has(&["bold"]) || rend.split_whitespace().any(|w| w == "b" || w == "#b") {
        Role::Marked(Mark::Strong)
    } else if has(&["smallcap", "small-cap", "normal", "roman", "initial", "dropcap"]) {
        Role::Plain
    } else if has(&["strike", "line-through"]) {
        Role::Marked(Mark::Strike)
    } else {
        Role::Marked(Mark::Emphasis)
    }
}
