//! The messages: requests and their answers, one line of JSON each, with the version of the format in `v`.
//!
//! Fields may be added, and who does not know one leaves it aside. What comes from the other end is cleaned before
//! anything else is done with it, on both ends: neither trusts the other's letters.

use std::time::{Duration, SystemTime};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::text::clean::clean_text;

/// The version of the message format.
pub const VERSION: u64 = 1;

/// The longest request, in bytes.
pub const LONGEST_REQUEST: usize = 64 << 10;

/// The longest answer, in bytes.
pub const LONGEST_ANSWER: usize = 1 << 20;

/// What a session can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum Request {
    /// To say what it shows.
    State {
        /// With the leader's remarks.
        #[serde(default)]
        remarks: bool,
    },
    /// To say what it shows now, and whenever that has changed.
    Subscribe {
        /// With the leader's remarks.
        #[serde(default)]
        remarks: bool,
    },
    /// To go to places in the texts that are open.
    Go {
        /// In the left one.
        #[serde(default)]
        left: Option<Where>,
        /// In the right one.
        #[serde(default)]
        right: Option<Where>,
    },
    /// To open texts.
    Open {
        /// On the left.
        #[serde(default)]
        left: Option<Where>,
        /// On the right.
        #[serde(default)]
        right: Option<Where>,
    },
    /// To hold a topic and go to its pair.
    Topic {
        /// Its id or its name; without one the topic that is held is let go.
        #[serde(default)]
        topic: Option<String>,
    },
    /// To go to a stop of the tour.
    Stop {
        /// Which, from 1.
        stop: usize,
    },
    /// To take a step: of the presentation, else along the trail.
    Next,
    /// To take a step back.
    Back,
    /// To come back from a digression to the stop.
    Return,
    /// To tell the reader something, in one line.
    Say {
        /// The words.
        words: String,
    },
}

/// A request as it is sent, with the time until which it may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// What is asked.
    #[serde(flatten)]
    pub request: Request,
    /// The last moment at which it may be done, in milliseconds since 1970 began, by the clock of the machine. Whoever asked has
    /// given up by then: a session that was stopped meanwhile is not to move the texts long afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
}

impl Asking {
    /// A request that may be done for a while from now on.
    pub fn within(request: Request, time: Duration) -> Self {
        let until = now().saturating_add(time.as_millis() as u64);
        Self { request, until: Some(until) }
    }

    /// A request that may be done whenever it is read.
    pub fn whenever(request: Request) -> Self {
        Self { request, until: None }
    }

    /// Whether it may not be done any more.
    pub fn is_late(&self) -> bool {
        self.until.is_some_and(|until| until < now())
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Where {
    /// The text, named in full: a whole path, `file:///…`, or `embedded:` and a name. Without it the text that is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The number of the passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<u32>,
    /// In place of it, a line of the file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// What a session answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "lowercase")]
pub enum Answer {
    /// It was done.
    Done,
    /// It was not.
    Refused {
        /// Why, in one line.
        why: String,
    },
    /// What is shown.
    Shown(Box<Shown>),
}

impl Answer {
    /// A refusal.
    pub fn refused(why: impl Into<String>) -> Self {
        Self::Refused { why: why.into() }
    }
}

/// What a session shows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// The number of its process.
    pub session: u32,
    /// What fills its screen: `reading`, `synopsis`, `map`, `loom`, `tour`, `present`.
    pub screen: String,
    /// What the pair is called: the tour's title, or both texts'.
    pub title: String,
    /// The text on the left, and where it is.
    pub left: Option<ShownText>,
    /// The text on the right.
    pub right: Option<ShownText>,
    /// The side that leads: `left` or `right`.
    pub leads: String,
    /// The topic that is held.
    pub topic: Option<ShownTopic>,
    /// The tour, where there is one.
    pub tour: Option<ShownTour>,
    /// The presentation, where it is on the screen.
    pub present: Option<Presented>,
}

/// A text as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShownText {
    /// What opens it where the session runs.
    pub text: String,
    /// Its title, else the name of its file.
    pub title: String,
    /// The hash of its content, 16 hexadecimal digits: who has a text of the same content has the same passages.
    pub hash: String,
    /// The current passage; `null` where the text is silent.
    pub passage: Option<u32>,
    /// How many passages it has.
    pub of: u32,
    /// The line of the file that the passage begins on; `null` where that is not known.
    pub line: Option<u32>,
    /// The heading over it.
    pub section: Option<String>,
    /// Whether it has nothing to say at this stop, or what it said there is not found any more.
    pub silent: bool,
    /// What its passage at this stop read, where that is not found any more.
    pub lost: Option<String>,
    /// What is in sight, in order, the current passage among it.
    pub blocks: Vec<ShownBlock>,
}

/// A block of a text, whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShownBlock {
    /// The number of the passage; `null` for a heading or a footnote.
    pub passage: Option<u32>,
    /// `heading`, `paragraph`, `item`, `quotation`, `verse`, `code`, `table`, `picture`, `footnote`.
    pub kind: String,
    /// Its words; of a very long one only so many.
    pub words: String,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShownTopic {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A tour, and where one is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShownTour {
    /// Its title; empty where it has none.
    pub title: String,
    /// Which stop is shown, from 1; `null` for none.
    pub stop: Option<usize>,
    /// How many there are.
    pub of: usize,
    /// What the stop is called.
    pub name: String,
    /// What the leader wants to say there: only where it was asked for.
    pub remark: Option<String>,
    /// How many minutes the stop is to take; `null` where that is not planned.
    pub minutes: Option<u32>,
    /// How many all stops are to take.
    pub planned: u64,
    /// The next stop.
    pub next: Option<NextStop>,
}

/// A stop that is still to come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NextStop {
    /// What it is called.
    pub name: String,
    /// Its passages: `¶14 ⇄ ¶22`.
    pub passages: String,
    /// How many minutes it is to take.
    pub minutes: Option<u32>,
}

/// A presentation as it is on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Presented {
    /// How much of the pair: `title`, `left`, `both`.
    pub shown: String,
    /// Whether the pair is a digression from the stop.
    pub away: bool,
    /// Whether the screen is dark.
    pub blank: bool,
    /// The sentence under the spotlight.
    pub lit: Option<String>,
    /// The side that it is on: `left` or `right`.
    pub lit_side: Option<String>,
    /// Seconds since presenting began.
    pub taken: Option<u64>,
    /// Seconds since the stop began.
    pub taken_here: Option<u64>,
}

/// Blocks of a text that are drawn, and bytes of each of them: what is sent by a session is less.
const MOST_BLOCKS: usize = 256;
const LONGEST_BLOCK: usize = 16 << 10;

impl Shown {
    /// No more of it than is drawn at once.
    pub fn clip(&mut self) {
        if let Some(lit) = self.present.as_mut().and_then(|present| present.lit.as_mut()) {
            lit.truncate(lit.floor_char_boundary(LONGEST_BLOCK));
        }
        for text in [&mut self.left, &mut self.right].into_iter().flatten() {
            text.blocks.truncate(MOST_BLOCKS);
            if let Some(lost) = &mut text.lost {
                lost.truncate(lost.floor_char_boundary(LONGEST_BLOCK));
            }
            for block in &mut text.blocks {
                block.words.truncate(block.words.floor_char_boundary(LONGEST_BLOCK));
            }
        }
    }
}

#[derive(Serialize)]
struct Versioned<'a, T> {
    v: u64,
    #[serde(flatten)]
    said: &'a T,
}

/// Something as a line, with its line feed.
pub fn line_of(said: &impl Serialize) -> Vec<u8> {
    // These types have string keys and no fallible parts.
    let mut line = serde_json::to_vec(&Versioned { v: VERSION, said }).unwrap_or_default();
    line.push(b'\n');
    line
}

/// What a line says, its words cleaned; else what is wrong with it, in one line.
pub fn read<T: DeserializeOwned>(line: &[u8]) -> Result<T, String> {
    let mut value: Value = serde_json::from_slice(line).map_err(|_| "a message is one line of JSON".to_owned())?;
    match value.get("v").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(v) => return Err(format!("this is version {v}; version {VERSION} is spoken here")),
        None => return Err(format!("a message says its version: \"v\":{VERSION}")),
    }
    clean(&mut value);
    serde_json::from_value(value).map_err(|e| format!("this message is not known here: {e}"))
}

fn clean(value: &mut Value) {
    match value {
        Value::String(words) => {
            if let std::borrow::Cow::Owned(cleaned) = clean_text(words) {
                *words = cleaned;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for request in [
            Request::State { remarks: false },
            Request::Subscribe { remarks: true },
            Request::Go { left: Some(Where { passage: Some(14), ..Where::default() }), right: None },
            Request::Topic { topic: None },
            Request::Stop { stop: 3 },
            Request::Next,
            Request::Say { words: "wörds\n".to_owned() },
        ] {
            let line = line_of(&request);
            assert_eq!(line.split(|b| *b == b'\n').count(), 2);
            assert_eq!(read::<Request>(&line), Ok(request));
        }
        let asking = Asking::within(Request::Stop { stop: 2 }, Duration::from_mins(1));
        assert_eq!(read::<Asking>(&line_of(&asking)), Ok(asking.clone()));
        assert!(!asking.is_late() && !Asking::whenever(Request::Next).is_late());
        let late = br#"{"v":1,"do":"next","until":1000}"#;
        assert!(read::<Asking>(late).is_ok_and(|asking| asking.request == Request::Next && asking.is_late()));
        assert_eq!(line_of(&Asking::whenever(Request::Next)), line_of(&Request::Next));
        let shown = Shown { session: 7, left: Some(ShownText::default()), ..Shown::default() };
        let answer = Answer::Shown(Box::new(shown));
        assert_eq!(read::<Answer>(&line_of(&answer)), Ok(answer));
        assert_eq!(line_of(&Request::Next), b"{\"v\":1,\"do\":\"next\"}\n");
    }

    #[test]
    fn what_is_no_message_is_refused_with_the_reason_and_what_is_not_known_left_aside() {
        let why = |line: &str| read::<Request>(line.as_bytes()).unwrap_err();
        assert_eq!(why("nonsense"), "a message is one line of JSON");
        assert_eq!(why("[]"), "a message says its version: \"v\":1");
        assert_eq!(why(r#"{"v":2,"do":"next"}"#), "this is version 2; version 1 is spoken here");
        assert!(why(r#"{"v":1,"do":"explode"}"#).contains("explode"));
        let asked = |line: &str| read::<Asking>(line.as_bytes()).unwrap_err();
        assert!(asked(r#"{"v":1,"do":"explode"}"#).contains("explode"));
        assert!(asked(r#"{"v":1,"do":"next","until":"noon"}"#).contains("noon"));
        assert!(why(&"[".repeat(5000)).contains("JSON"));
        assert_eq!(read::<Request>(br#"{"v":1,"do":"next","id":9}"#), Ok(Request::Next));
        assert_eq!(read::<Request>(br#"{"v":1,"do":"go"}"#), Ok(Request::Go { left: None, right: None }));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_control_character_comes_through(words in any::<String>()) {
            let line = serde_json::json!({"v": 1, "do": "say", "words": words}).to_string();
            if let Request::Say { words } = read(line.as_bytes()).unwrap() {
                prop_assert!(!words.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{words:?}");
            }
        }

        #[test]
        fn nonsense_is_refused_or_read_and_never_more(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Err(why) = read::<Request>(&bytes) {
                prop_assert!(!why.is_empty());
            }
            let _ = read::<Answer>(&bytes);
        }
    }
}
