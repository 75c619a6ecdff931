//! DocBook (4 and 5): books, articles and manual pages.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use crate::import::flow::Mark;
use crate::import::flow::compose::Composer;
use crate::import::warning::Warning;
use crate::import::watch::Meter;
use crate::import::xml::{Token, Xml, attribute, name};
use crate::text::Text;

use super::metadata::{PathValues, line};
use super::walk::Around;
use super::{Role, Vocabulary};

/// Parts of a document that have a title and parts of their own.
const SECTIONS: &[&str] = &[
    "acknowledgements",
    "appendix",
    "article",
    "bibliodiv",
    "bibliography",
    "chapter",
    "colophon",
    "dedication",
    "glossary",
    "glossdiv",
    "part",
    "partintro",
    "preface",
    "refentry",
    "reference",
    "refsect1",
    "refsect2",
    "refsect3",
    "refsection",
    "refsynopsisdiv",
    "sect1",
    "sect2",
    "sect3",
    "sect4",
    "sect5",
    "section",
    "simplesect",
];

/// Elements in which an element may say what the part around it is.
const INFO: &[&str] =
    &["info", "sectioninfo", "chapterinfo", "appendixinfo", "prefaceinfo", "partinfo", "refsect1info"];

struct DocBook {
    /// The titles of the parts that references lead to.
    titles: HashMap<String, String>,
    /// The root is a part of the text like the others: its title is that of the document.
    root: String,
}

/// Reads a document.
pub(in crate::import) fn read(source: &str, watch: Meter<'_>, warnings: &mut Vec<Warning>) -> Text {
    super::read(source, &DocBook::of(source), watch, warnings)
}

impl DocBook {
    /// Looks up the titles that the document's references lead to.
    fn of(source: &str) -> Self {
        let mut found = Self { titles: HashMap::new(), root: String::new() };
        // The names of the parts that are open, and the title that is read.
        let mut open: Vec<(String, Option<String>)> = Vec::new();
        let mut title: Option<String> = None;
        for token in Xml::new(source) {
            match token {
                Token::Open(tag) => {
                    let name = name(&tag).to_owned();
                    if found.root.is_empty() {
                        found.root.clone_from(&name);
                    }
                    let id = attribute(&tag, "id");
                    if matches!(name.as_str(), "title" | "refname") {
                        title = Some(String::new());
                    }
                    if open.len() < 256 {
                        open.push((name, id));
                    }
                }
                Token::Letters(letters) => {
                    if let Some(title) = &mut title {
                        title.push_str(&letters);
                    }
                }
                Token::Close(closed) => {
                    let Some(at) = open.iter().rposition(|(name, _)| *name == closed) else { continue };
                    open.truncate(at);
                    if matches!(closed.as_str(), "title" | "refname") {
                        let title = line(&title.take().unwrap_or_default());
                        let of = open.iter().rev().take(3).find_map(|(_, id)| id.clone());
                        if let Some(id) = of {
                            found.titles.entry(id).or_insert(title);
                        }
                    }
                }
            }
        }
        found
    }

    fn title(&self, around: &Around<'_>) -> Role {
        let (parent, above) = (around.parent(), around.up(1));
        let is_part = |name: &str| SECTIONS.contains(&name) || matches!(name, "book" | "set");
        if is_part(parent) || (INFO.contains(&parent) && is_part(above)) {
            // The title of the whole is told apart, and so is that of a part.
            let part = if is_part(parent) { parent } else { above };
            if part == self.root {
                return Role::Silent;
            }
            return Role::Heading(None, 0);
        }
        if matches!(parent, "bridgehead") { Role::Heading(None, 1) } else { Role::Name }
    }
}

impl Vocabulary for DocBook {
    fn role(&self, tag: &BytesStart<'_>, around: &Around<'_>) -> Role {
        let said = |name| attribute(tag, name).unwrap_or_default();
        let element = name(tag);
        match element {
            _ if SECTIONS.contains(&element) => {
                if element == self.root {
                    Role::Block
                } else {
                    Role::Section
                }
            }
            "title" if INFO.contains(&around.parent()) || !around.parent().ends_with("info") => self.title(around),
            "titleabbrev" | "subtitle" if around.parent() == self.root => Role::Silent,
            "bridgehead" => Role::Heading(None, 1),
            _ if INFO.contains(&element) => Role::Plain,
            _ if element.ends_with("info") && element.len() > 4 => Role::Silent,
            _ if INFO.contains(&around.parent()) => match element {
                "abstract" => Role::Block,
                _ => Role::Silent,
            },
            "toc" | "lot" | "index" | "setindex" | "indexterm" | "remark" | "comment" | "imageobject" | "graphic"
            | "inlinegraphic" | "refmeta" | "titleabbrev" | "beginpage" | "anchor" | "colspec" | "spanspec"
            | "areaspec" | "videoobject" | "audioobject" | "alt" | "refclass" | "refdescriptor" => Role::Silent,
            "para" | "simpara" | "formalpara" | "subtitle" | "abstract" | "mediaobject" | "figure"
            | "informalfigure" | "example" | "informalexample" | "equation" | "informalequation" | "caption"
            | "legalnotice" | "refnamediv" | "cmdsynopsis" | "funcsynopsis" | "funcprototype" | "classsynopsis"
            | "sidebar" | "term" | "glossterm" | "glossentry" | "glossdef" | "bibliomixed" | "biblioentry"
            | "msgset" | "qandadiv" | "question" | "answer" | "screenco" | "programlistingco" | "revhistory"
            | "revision" | "address" | "highlights" | "set" | "book" => Role::Block,
            "note" => Role::Remark("Note:"),
            "warning" => Role::Remark("Warning:"),
            "tip" => Role::Remark("Tip:"),
            "caution" => Role::Remark("Caution:"),
            "important" => Role::Remark("Important:"),
            "blockquote" | "epigraph" => Role::Quotation,
            "attribution" => Role::Between("— ", ""),
            "itemizedlist" | "variablelist" | "simplelist" | "calloutlist" | "glosslist" | "segmentedlist"
            | "bibliolist" | "qandaset" => Role::List(None),
            "orderedlist" | "procedure" | "substeps" => {
                let first = said("startingnumber").parse().unwrap_or(1);
                Role::List(Some(first))
            }
            "listitem" if around.parent() == "varlistentry" => Role::Block,
            "listitem" | "varlistentry" | "member" | "step" | "callout" | "seglistitem" | "qandaentry" => {
                Role::Item(None)
            }
            "table" | "informaltable" => Role::Table,
            "row" | "tr" => Role::Row,
            "entry" | "td" | "th" => Role::Cell,
            "footnote" => Role::Note(attribute(tag, "id")),
            "footnoteref" => Role::Cites(said("linkend"), String::new()),
            "programlisting" | "screen" | "synopsis" | "literallayout" | "funcsynopsisinfo" => Role::Code,
            "emphasis" | "phrase" => match said("role").as_str() {
                "bold" | "strong" => Role::Marked(Mark::Strong),
                "strikethrough" => Role::Marked(Mark::Strike),
                _ if element == "phrase" => Role::Plain,
                _ => Role::Marked(Mark::Emphasis),
            },
            "citetitle" | "firstterm" | "replaceable" | "foreignphrase" | "wordasword" => Role::Marked(Mark::Emphasis),
            "command" | "literal" | "filename" | "code" | "function" | "varname" | "userinput" | "computeroutput"
            | "option" | "parameter" | "constant" | "envar" | "classname" | "methodname" | "systemitem" | "type"
            | "markup" | "prompt" | "structname" | "structfield" | "symbol" | "tag" | "sgmltag" | "uri" => {
                Role::Marked(Mark::Code)
            }
            "superscript" => Role::Marked(Mark::Raised),
            "subscript" => Role::Marked(Mark::Lowered),
            "quote" => Role::Quoted,
            "optional" => Role::Between("[", "]"),
            "manvolnum" => Role::Between("(", ")"),
            "refpurpose" => Role::Between(" — ", ""),
            "trademark" => Role::Between("", "™"),
            "email" => Role::Between("<", ">"),
            "arg" | "group" => match said("choice").as_str() {
                "plain" => Role::Between(" ", ""),
                "req" => Role::Between(" {", "}"),
                _ => Role::Between(" [", "]"),
            },
            "keycap" | "guimenuitem" | "guisubmenu" if matches!(around.parent(), "keycombo" | "menuchoice") => {
                Role::Between(" ", "")
            }
            "sbr" => Role::Letters(" ".to_owned()),
            "ulink" => Role::Marked(Mark::Link(said("url"))),
            "link" | "xref" | "olink" => {
                let aim = said("linkend");
                let title = self.titles.get(&aim).filter(|_| element == "xref");
                let address = attribute(tag, "href").filter(|href| href.contains(':'));
                match (title, address) {
                    (Some(title), _) => Role::Letters(title.clone()),
                    (None, Some(address)) => Role::Marked(Mark::Link(address)),
                    (None, None) => Role::Plain,
                }
            }
            _ => Role::Plain,
        }
    }

    fn meta(&self, source: &str, composer: &mut Composer) {
        let title = [
            "info/title",
            "bookinfo/title",
            "articleinfo/title",
            "book/title",
            "article/title",
            "refmeta/refentrytitle",
            "refnamediv/refname",
            "chapter/title",
            "section/title",
            "sect1/title",
            "set/title",
        ];
        let author =
            ["info/author", "bookinfo/author", "articleinfo/author", "authorgroup/author", "refentryinfo/author"];
        let date = [
            "info/pubdate",
            "bookinfo/pubdate",
            "articleinfo/pubdate",
            "info/date",
            "bookinfo/date",
            "articleinfo/date",
            "refentryinfo/date",
        ];
        let paths: Vec<&'static str> = title.iter().chain(&author).chain(&date).copied().collect();
        let without = [
            "affiliation",
            "email",
            "address",
            "contrib",
            "authorblurb",
            "personblurb",
            "uri",
            "footnote",
            "indexterm",
            "remark",
        ];
        let ends = ["para", "simpara", "itemizedlist"];
        let said = PathValues::of(source, &paths, &ends, &without);
        composer.meta.title = said.first(&title);
        composer.meta.author = said.names(&["authorgroup/author"]).or_else(|| said.names(&author));
        composer.meta.date = said.first(&date);
        composer.meta.language = said.language;
    }
}
