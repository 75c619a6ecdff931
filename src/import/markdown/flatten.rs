//! Parser events to blocks and spans.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::text::Builder;
use crate::text::address::is_harmful;
use crate::text::block::{BlockKind, Marker};
use crate::text::clean::clean_text;
use crate::text::span::SpanKind;

use super::callout::{self, Head};
use super::detail::{alignment, language};
use super::html::{self, Inline};
use super::labels::Labels;
use super::{is_display, is_verse};

/// What a block stands in, outermost first.
enum Container {
    Quote,
    /// A box of the author's own words.
    Callout,
    List {
        /// Number of the next item, where items are numbered.
        next: Option<u32>,
    },
    Item {
        /// The marker that waits for the item's first block.
        marker: Marker,
    },
    Note {
        label: String,
        first: usize,
    },
}

/// What is being gathered into the open block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaf {
    None,
    /// A paragraph, or the loose inline content of a tight item.
    Prose,
    Heading,
    Code,
    Table,
    Html,
}

pub(super) struct Flattener<'b, 's> {
    out: &'b mut Builder,
    source: &'s str,
    containers: Vec<Container>,
    leaf: Leaf,
    /// Block count when the open block began, and the markers of the items that it begins, outermost last: they are
    /// given back if the block turns out empty.
    began: (usize, Vec<Marker>),
    /// Open spans: what ends them, what they are, where they began.
    inline: Vec<(TagEnd, Option<SpanKind>, usize)>,
    tags: Vec<(Inline, usize)>,
    /// Kinds of the line breaks of the open paragraph.
    hard: u32,
    soft: u32,
    /// The block is one picture and nothing else so far.
    picture: Picture,
    html: String,
    cell: usize,
    labels: Labels,
    /// The head of the callout that begins here.
    head: Option<Head>,
    line: u32,
    counted: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Picture {
    /// Nothing has come yet.
    Nothing,
    Within,
    /// A picture from the start of the block to here.
    Alone,
    /// There is something else.
    No,
}

impl<'b, 's> Flattener<'b, 's> {
    pub(super) fn new(out: &'b mut Builder, source: &'s str, labels: Labels, lines_before: u32) -> Self {
        Self {
            out,
            source,
            containers: Vec::new(),
            leaf: Leaf::None,
            began: (0, Vec::new()),
            inline: Vec::new(),
            tags: Vec::new(),
            hard: 0,
            soft: 0,
            picture: Picture::Nothing,
            html: String::new(),
            cell: 0,
            labels,
            head: None,
            line: lines_before + 1,
            counted: 0,
        }
    }

    pub(super) fn run<'e>(mut self, events: impl Iterator<Item = (Event<'e>, Range<usize>)>) {
        for (event, range) in events {
            if self.head.is_some() && self.within_head(&event, &range) {
                continue;
            }
            match event {
                Event::Start(tag) => self.start(tag, &range),
                Event::End(tag) => self.finish(tag),
                Event::Text(text) => self.text(&text, &range),
                Event::Code(code) => self.spanned(SpanKind::Code, &code, &range),
                Event::Html(html) if self.leaf == Leaf::Html => self.html.push_str(&html),
                Event::Html(tag) | Event::InlineHtml(tag) => self.tag(&tag, &range),
                Event::FootnoteReference(label) => {
                    let label = self.labels.at(range.start, &label);
                    let number = self.out.note(&label);
                    self.spanned(SpanKind::NoteRef(number), &format!("[{label}]"), &range);
                }
                Event::SoftBreak => {
                    self.soft += 1;
                    self.push(" ", &range);
                }
                Event::HardBreak => {
                    self.hard += 1;
                    self.push("\n", &range);
                }
                Event::Rule => {
                    self.begin(BlockKind::Rule, &range);
                    self.end();
                }
                Event::TaskListMarker(done) => self.push(if done { "☑ " } else { "☐ " }, &range),
                Event::InlineMath(tex) => self.push(&format!("${tex}$"), &range),
                Event::DisplayMath(tex) => self.push(&format!("$${tex}$$"), &range),
            }
        }
        self.end();
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin_prose(range),
            Tag::Heading { level, .. } => self.begin_heading(level, range),
            Tag::BlockQuote(_) => {
                let head = callout::head(self.source, range);
                let own = head.as_ref().is_some_and(|h| !h.quotes());
                self.enter(if own { Container::Callout } else { Container::Quote });
                self.head = head;
            }
            Tag::List(first) => {
                let next = first.map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                self.enter(Container::List { next });
            }
            Tag::Item => {
                self.end();
                let marker = match self.containers.last_mut() {
                    Some(Container::List { next: Some(n) }) => {
                        let number = *n;
                        *n = n.saturating_add(1);
                        Marker::Number(number)
                    }
                    _ => Marker::Bullet,
                };
                self.enter(Container::Item { marker });
            }
            Tag::FootnoteDefinition(label) => {
                self.end();
                // A note within a note ends it.
                self.define_open_note();
                let first = self.out.block_count();
                let label = self.labels.at(range.start, &label);
                self.enter(Container::Note { label, first });
            }
            Tag::CodeBlock(kind) => {
                self.begin(BlockKind::Code, range);
                self.leaf = Leaf::Code;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.out.detail(language(&info));
                }
            }
            Tag::HtmlBlock => {
                self.end();
                self.leaf = Leaf::Html;
            }
            Tag::Table(columns) => {
                self.begin(BlockKind::Table, range);
                self.leaf = Leaf::Table;
                self.out.detail(&alignment(&columns));
            }
            Tag::TableHead => self.cell = 0,
            Tag::TableRow => {
                self.cell = 0;
                self.out.push("\n");
            }
            Tag::TableCell => {
                if self.cell > 0 {
                    self.out.push("\t");
                }
                self.cell += 1;
            }
            Tag::Emphasis => self.open(TagEnd::Emphasis, Some(SpanKind::Emphasis), range),
            Tag::Strong => self.open(TagEnd::Strong, Some(SpanKind::Strong), range),
            Tag::Strikethrough => self.open(TagEnd::Strikethrough, Some(SpanKind::Strike), range),
            Tag::Link { link_type, dest_url, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                let kind = self.link(&format!("{mail}{dest_url}"));
                self.open(TagEnd::Link, kind, range);
            }
            Tag::Image { dest_url, .. } => {
                let kind = self.link(&dest_url);
                self.open(TagEnd::Image, kind, range);
            }
            // Extensions that are not enabled; what is in them is text all the same.
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn finish(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table => self.end(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.leave(),
            TagEnd::FootnoteDefinition => {
                self.end();
                self.define_open_note();
                self.containers.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => self.close(tag),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn enter(&mut self, container: Container) {
        self.end();
        self.containers.push(container);
    }

    fn leave(&mut self) {
        self.end();
        self.containers.pop();
    }

    fn in_note(&self) -> bool {
        self.containers.iter().any(|c| matches!(c, Container::Note { .. }))
    }

    /// Where the containers within the innermost note begin: what a note stands in is nothing to its blocks.
    fn within_note(&self) -> usize {
        self.containers.iter().rposition(|c| matches!(c, Container::Note { .. })).map_or(0, |at| at + 1)
    }

    fn begin_prose(&mut self, range: &Range<usize>) {
        let kind = match self.containers.iter().rfind(|c| !matches!(c, Container::Callout)) {
            Some(Container::Quote) => BlockKind::Quotation,
            Some(Container::Item { .. } | Container::List { .. }) => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        self.begin(kind, range);
        self.leaf = Leaf::Prose;
        if let Some(head) = self.head.as_ref() {
            let name = if head.titled { String::new() } else { head.name.clone() };
            self.inline.push((TagEnd::Strong, Some(SpanKind::Strong), self.out.here()));
            self.picture = Picture::No;
            self.out.push(&name);
        }
    }

    /// Whether an event is of the head of a callout, which is not shown; the title after it is a paragraph of its own.
    fn within_head(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let Some(until) = self.head.as_ref().map(|h| h.until) else { return false };
        match event {
            Event::Start(Tag::Paragraph) => false,
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => {
                self.end();
                self.head = None;
                true
            }
            _ if range.end <= until => true,
            Event::Text(text) if range.start < until => {
                let title = (text.len() == range.len()).then(|| text.get(until - range.start..)).flatten();
                self.push(title.unwrap_or(text), range);
                true
            }
            _ => false,
        }
    }

    fn begin_heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        if self.containers.is_empty() {
            self.begin(BlockKind::Heading, range);
            self.out.depth(level as u8);
            self.leaf = Leaf::Heading;
        } else {
            self.begin_prose(range);
            self.open(TagEnd::Heading(level), Some(SpanKind::Strong), range);
        }
    }

    fn begin(&mut self, kind: BlockKind, range: &Range<usize>) {
        self.end();
        let line = self.line_of(range.start);
        let inner = self.within_note();
        let count = |f: fn(&Container) -> bool| {
            u8::try_from(self.containers[inner..].iter().filter(|c| f(c)).count()).unwrap_or(u8::MAX)
        };
        let depth = count(|c| matches!(c, Container::List { .. }));
        let quoted = count(|c| matches!(c, Container::Quote));
        let kind = if self.in_note() && kind != BlockKind::Rule { BlockKind::Footnote } else { kind };
        // A block that begins an item begins the items around it as well, on the same line.
        let markers: Vec<Marker> = self.waiting(inner).map(std::mem::take).collect();
        let marker = markers.first().copied().unwrap_or_default();
        self.began = (self.out.block_count(), markers);
        (self.hard, self.soft, self.picture) = (0, 0, Picture::Nothing);
        self.out.begin(kind, line).depth(depth).quoted(quoted).marker(marker);
    }

    /// The markers that wait for a block in the items from container `inner` on, innermost first.
    fn waiting(&mut self, inner: usize) -> impl Iterator<Item = &mut Marker> {
        self.containers[inner..].iter_mut().rev().filter_map(|container| match container {
            Container::Item { marker } => Some(marker),
            _ => None,
        })
    }

    /// Ends the open block; its markers go back to their items where the block was empty.
    fn end(&mut self) {
        if self.leaf == Leaf::None && !self.out.is_open() {
            return;
        }
        while let Some((_, kind, start)) = self.inline.pop() {
            if let Some(kind) = kind {
                self.out.span(kind, start);
            }
        }
        self.tags.clear();
        if self.leaf == Leaf::Prose && !self.in_note() {
            if self.picture == Picture::Alone {
                self.out.kind(BlockKind::Picture);
            } else if self.hard > 0 && self.soft == 0 && is_verse(self.out.open_str())
                || is_display(self.out.open_str())
            {
                self.out.kind(BlockKind::Verse);
            }
        }
        self.leaf = Leaf::None;
        self.out.end();
        let (count, markers) = std::mem::replace(&mut self.began, (usize::MAX, Vec::new()));
        if self.out.block_count() == count {
            let inner = self.within_note();
            self.waiting(inner).zip(markers).for_each(|(slot, marker)| *slot = marker);
        }
    }

    fn end_html(&mut self) {
        self.leaf = Leaf::None;
        let html = std::mem::take(&mut self.html);
        for paragraph in html::paragraphs(&html) {
            let at = self.counted..self.counted;
            self.begin_prose(&at);
            self.out.push(&clean_text(&paragraph));
            self.end();
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        match self.leaf {
            Leaf::Html => self.html.push_str(text),
            _ => self.push(text, range),
        }
    }

    fn push(&mut self, text: &str, range: &Range<usize>) {
        if self.leaf == Leaf::None {
            self.begin_prose(range);
        }
        if self.picture != Picture::Within {
            self.picture = Picture::No;
        }
        let clean = clean_text(text);
        match self.leaf {
            // A cell or a heading is one line.
            Leaf::Table | Leaf::Heading if clean.contains(['\n', '\t']) => {
                self.out.push(&clean.replace(['\n', '\t'], " "));
            }
            _ => _ = self.out.push(&clean),
        }
    }

    fn spanned(&mut self, kind: SpanKind, text: &str, range: &Range<usize>) {
        if self.leaf == Leaf::None {
            self.begin_prose(range);
        }
        let start = self.out.here();
        self.push(text, range);
        self.out.span(kind, start);
    }

    fn open(&mut self, end: TagEnd, kind: Option<SpanKind>, range: &Range<usize>) {
        if self.leaf == Leaf::None {
            self.begin_prose(range);
        }
        self.picture = match (end, self.picture) {
            // A linked picture is still one picture.
            (TagEnd::Link, Picture::Nothing) => Picture::Nothing,
            (TagEnd::Image, Picture::Nothing) | (_, Picture::Within) => Picture::Within,
            _ => Picture::No,
        };
        self.inline.push((end, kind, self.out.here()));
    }

    fn close(&mut self, end: TagEnd) {
        while let Some((tag, kind, start)) = self.inline.pop() {
            if let Some(kind) = kind {
                self.out.span(kind, start);
            }
            if tag == end {
                break;
            }
        }
        if end == TagEnd::Image && self.picture == Picture::Within {
            self.picture = Picture::Alone;
        }
    }

    /// The span of a link; a linked picture goes where the link around it goes.
    fn link(&mut self, address: &str) -> Option<SpanKind> {
        let linked = self.inline.iter().any(|(_, kind, _)| matches!(kind, Some(SpanKind::Link(_))));
        let address = clean_text(address);
        (!linked && !address.is_empty() && !is_harmful(&address)).then(|| SpanKind::Link(self.out.address(&address)))
    }

    /// An inline tag: emphasis and line breaks mean what they say, all others are dropped.
    fn tag(&mut self, tag: &CowStr<'_>, range: &Range<usize>) {
        match html::inline(tag) {
            Inline::Break => self.push("\n", range),
            Inline::Open(kind) => {
                if self.leaf == Leaf::None {
                    self.begin_prose(range);
                }
                self.picture = if self.picture == Picture::Within { Picture::Within } else { Picture::No };
                self.tags.push((Inline::Open(kind), self.out.here()));
            }
            Inline::Close(kind) => {
                if let Some(at) = self.tags.iter().rposition(|(open, _)| *open == Inline::Open(kind)) {
                    let (_, start) = self.tags.remove(at);
                    self.out.span(kind, start);
                }
            }
            Inline::Nothing => {}
        }
    }

    /// Gives the innermost open note the blocks since it began. A label's second definition is a note of its own.
    fn define_open_note(&mut self) {
        let count = self.out.block_count();
        let mut open = None;
        for c in &mut self.containers {
            // Those outside an inner note begin again after it.
            if let Container::Note { label, first } = c {
                open = Some((label.clone(), std::mem::replace(first, count)));
            }
        }
        let Some((label, first)) = open.filter(|(_, first)| *first < count) else { return };
        let mut number = self.out.note(&label);
        if self.out.notes().get(number as usize).is_some_and(|n| !n.blocks.is_empty()) {
            let fresh = self.labels.fresh(&label);
            number = self.out.note(&fresh);
        }
        self.out.define_note(number, first);
    }

    fn line_of(&mut self, offset: usize) -> u32 {
        if offset >= self.counted {
            let between = &self.source.as_bytes()[self.counted..offset];
            self.line += memchr::memchr_iter(b'\n', between).count() as u32;
            self.counted = offset;
        }
        self.line
    }
}
