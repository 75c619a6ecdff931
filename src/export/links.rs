//! `diptych links`: the counterparts of every passage of the left text, as a list or as lines of JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{PassageJson, because, line, rounded};
use crate::layout::cells;
use crate::link::judgement::Judgement;
use crate::link::score::told;
use crate::meaning::close::CloseTo;
use crate::study::counterparts::Linked;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// Columns of what stands before the words of a counterpart: `     0.61  ¶22   `.
const MARGIN: usize = 18;

/// What a passage has in the other text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    /// The passage.
    pub passage: PassageNo,
    /// Its counterparts, the best first.
    pub counterparts: &'a [Linked],
    /// What is close to it by a sentence model.
    pub close: Option<&'a CloseTo>,
}

/// Writes the counterparts of one passage after the other as a list, `width` columns wide.
#[derive(Debug)]
pub(crate) struct List<'a> {
    texts: [&'a Text; 2],
    width: usize,
    passages: usize,
    /// How many have nothing, and the last of them.
    without: usize,
    last: Option<PassageNo>,
}

impl<'a> List<'a> {
    /// Of the left and the right text.
    pub(crate) fn new(texts: [&'a Text; 2], width: u16) -> Self {
        Self { texts, width: width.into(), passages: 0, without: 0, last: None }
    }

    /// Writes the passage in one line, and below it its counterparts, or else what is close to it by a model, cut to the
    /// width. A passage with neither is left out.
    ///
    /// # Errors
    /// Where `out` has any.
    pub(crate) fn write(&mut self, out: &mut dyn Write, found: Found<'_>) -> io::Result<()> {
        let (Found { passage: number, counterparts, close }, width) = (found, self.width);
        let [left, right] = self.texts;
        self.passages += 1;
        if counterparts.is_empty() && close.is_none() {
            self.without += 1;
            self.last = Some(number);
            return Ok(());
        }
        let label = format!("¶{number}");
        writeln!(out, "{label:<6}{}", one_line(left.passage_str(number), width.saturating_sub(6)))?;
        for Linked { counterpart: c, own } in counterparts {
            let by = |authors: &[String]| match authors {
                [] => "your link".to_owned(),
                all => format!("link by {}", all.join(", ")),
            };
            let link = |j: &Judgement| Some(format!("{}: {}", by(&j.authors), j.relation()?.word()).replace('\n', " "));
            let yours = own.iter().filter_map(link);
            let yours: Vec<String> = yours.map(|words| Clean::line(&words).as_str().to_owned()).collect();
            let words: Vec<&str> = yours.iter().map(String::as_str).chain(because(c)).collect();
            let reasons = if words.is_empty() { String::new() } else { format!("  [{}]", words.join(", ")) };
            let label = format!("¶{}", c.passage);
            let room = width.saturating_sub(MARGIN);
            let said = one_line(right.passage_str(c.passage), room.saturating_sub(cells::width(&reasons)).max(20));
            writeln!(out, "      {}  {label:<6}{said}{reasons}", told(c.score))?;
        }
        if let Some(close) = close {
            let (left, right) = (&close.sentences.here, &close.sentences.there);
            writeln!(out, "      {}  ¶{} close in meaning, by a model:", told(close.score), close.passage)?;
            for sentence in [left, right] {
                writeln!(out, "            “{}”", one_line(sentence, width.saturating_sub(14)))?;
            }
        }
        writeln!(out)
    }

    /// Says how many passages were left out.
    ///
    /// # Errors
    /// Where `out` has any.
    pub(crate) fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        match (self.without, self.last) {
            (1, Some(number)) if self.passages == 1 => {
                writeln!(out, "¶{number} has no counterpart worth showing")
            }
            (1.., _) => {
                writeln!(out, "{} of {} passages have no counterpart worth showing", self.without, self.passages)
            }
            _ => Ok(()),
        }
    }
}

#[derive(Serialize)]
struct LinkJson<'a> {
    left: PassageJson<'a>,
    right: Vec<CounterpartJson<'a>>,
    /// What rests on a sentence model alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    close: Option<CloseJson<'a>>,
}

#[derive(Serialize)]
struct CloseJson<'a> {
    passage: u32,
    score: f32,
    text: &'a str,
    by: &'static str,
    sentences: [&'a str; 2],
}

#[derive(Serialize)]
struct CounterpartJson<'a> {
    passage: u32,
    score: f32,
    text: &'a str,
    because: Vec<&'a str>,
    /// The reader's own link, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<OwnJson<'a>>,
}

#[derive(Serialize)]
struct OwnJson<'a> {
    id: &'a str,
    relation: &'a str,
    topic: Option<&'a str>,
    remark: &'a str,
    made: Option<&'a str>,
}

/// Writes a line for a passage, the best counterpart first:
/// `{"left":{"passage","text"},"right":[{"passage","score","text","because","link"?}],"close"?}`; `close` is
/// `{"passage","score","text","by","sentences":[left, right]}`.
///
/// # Errors
/// Where `out` has any.
pub(crate) fn write_json_line(out: &mut dyn Write, [left, right]: [&Text; 2], found: Found<'_>) -> io::Result<()> {
    let close = found.close.map(|c| CloseJson {
        passage: c.passage.0,
        score: rounded(c.score),
        text: right.passage_str(c.passage),
        by: "a sentence model",
        sentences: [&c.sentences.here, &c.sentences.there],
    });
    let right = found.counterparts.iter().map(|c| counterpart_json(right, c)).collect();
    line(out, &LinkJson { left: PassageJson::of(left, found.passage), right, close })
}

fn counterpart_json<'a>(right: &'a Text, linked: &'a Linked) -> CounterpartJson<'a> {
    let Linked { counterpart: c, own } = linked;
    let text = right.passage_str(c.passage);
    let link = own.as_ref().map(|j| OwnJson {
        id: &j.id.0,
        relation: j.relation().map_or("", |r| r.word()),
        topic: j.topic.as_ref().map(TopicId::as_str),
        remark: &j.note,
        made: j.made.as_deref(),
    });
    CounterpartJson { passage: c.passage.0, score: rounded(c.score), text, because: because(c), link }
}

fn one_line(passage: &str, columns: usize) -> String {
    cells::ellipsis(&passage.replace(['\n', '\t'], " "), columns).into_owned()
}
