//! The texts and topics that a subcommand is given, read and studied.

use std::fs;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;

use anyhow::{Context as _, Result, bail};

use super::args;
use super::ending::{Usage, say, say_all};
use crate::app::key::nearest;
use crate::app::pane::Open;
use crate::library::Library;
use crate::library::request::Source;
use crate::link::index::PassageIndex;
use crate::link::pairing::Pairing;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::topic::codebook::Codebook;
use crate::topic::coverage::Coverage;
use crate::word::language::Language;

/// A text as it was given.
#[derive(Debug)]
pub struct Given {
    /// What was written, without a passage; of an embedded text, its id.
    pub id: String,
    /// The text.
    pub open: Open,
}

/// The topics to use.
#[derive(Debug)]
pub struct Topics {
    /// The topics.
    pub codebook: Arc<Codebook>,
    /// Whether they are the embedded ones for want of any of the texts' own.
    pub borrowed: bool,
}

impl Given {
    /// Its title, else the name of its file.
    pub fn name(&self) -> &str {
        self.open.name.as_str()
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.open.text
    }
}

/// Reads a text in full. What is odd about it goes to standard error.
pub fn read(library: &Library, written: &str) -> Result<Given> {
    let request = library.request(written)?;
    let loaded = library.load_whole(written)?;
    say_all(&loaded.open.warnings);
    let id = match &request.source {
        Source::Embedded(text) => text.id(),
        _ => Clean::line(&request.written).as_str().to_owned(),
    };
    Ok(Given { id, open: loaded.open })
}

/// Reads two texts, both at once.
pub fn read_both(library: &Library, left: &str, right: &str) -> Result<(Given, Given)> {
    thread::scope(|scope| {
        let right = scope.spawn(|| read(library, right));
        let left = read(library, left)?;
        let right = right.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok((left, right))
    })
}

/// The topics of the libraries that the texts belong to, or those of the file that was asked for. Faults in them go to
/// standard error.
pub fn topics(library: &Library, texts: &[&str], asked: &args::Codebook) -> Result<Topics> {
    if let Some(file) = &asked.file {
        let shown = Clean::line(file);
        let source = fs::read_to_string(file)
            .with_context(|| format!("{shown}: the topics file cannot be read; give --topics another one"))?;
        let (codebook, faults) = Codebook::parse(&source);
        for fault in faults {
            say(&format!("{shown}:{fault}"));
        }
        return Ok(Topics { codebook: Arc::new(codebook), borrowed: false });
    }
    let requests = texts.iter().map(|text| library.request(text)).collect::<Result<Vec<_>, _>>()?;
    let (codebook, faults) = library.begin_with(&requests.iter().collect::<Vec<_>>());
    say_all(&faults);
    Ok(Topics { codebook, borrowed: library.borrows_topics() })
}

/// The topics of these ids, in this order; all of them where none is given.
pub fn chosen(codebook: &Codebook, ids: &[String]) -> Result<Codebook> {
    if ids.is_empty() {
        return Ok(codebook.clone());
    }
    let topic = |id: &String| {
        codebook.get(id).map(|t| (**t).clone()).ok_or_else(|| {
            let near = nearest(id, codebook.topics().iter().map(|t| t.id.as_str()));
            let hint =
                near.map_or_else(|| "`diptych topics TEXT` lists them".to_owned(), |n| format!("did you mean {n}?"));
            Usage(format!("--topic {id}: there is no topic of this id; {hint}"))
        })
    };
    Ok(Codebook::new(ids.iter().map(topic).collect::<Result<Vec<_>, _>>()?))
}

/// Which passages of a text treat which topics.
pub fn coverage(text: &Text, codebook: &Codebook) -> Result<Coverage> {
    finished(Coverage::of(text, codebook, Language::of(text), &patient))
}

/// Two texts set against each other.
pub fn pairing(left: &Given, right: &Given) -> Result<Pairing> {
    let index = |given: &Given| {
        let text = &given.open.text;
        finished(PassageIndex::of(text, Language::of(text), &patient)).map(Arc::new)
    };
    thread::scope(|scope| {
        let right = scope.spawn(|| index(right));
        let left = index(left)?;
        let right = right.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(Pairing::new(left, right))
    })
}

/// The watch of a job that is waited for: it always goes on.
pub fn patient(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The answer of a job that was waited for.
pub fn finished<T>(flow: ControlFlow<(), T>) -> Result<T> {
    match flow {
        ControlFlow::Continue(answer) => Ok(answer),
        ControlFlow::Break(()) => bail!("the job was broken off before it was done"),
    }
}
