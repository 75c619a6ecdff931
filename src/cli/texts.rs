//! Reads and studies the texts and topics a subcommand is given.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use anyhow::{Context as _, Result, bail};

use super::args;
use super::ending::{Usage, say, say_all};
use super::files;
use crate::library::Library;
use crate::library::load::no_such_passage;
use crate::library::modelled::{Modelled, NotSaid};
use crate::library::request::Source;
use crate::library::topics::parse;
use crate::model::open::{Open, told_apart};
use crate::study::comparison::Comparison;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::word::letter::plain;
use crate::word::nearest::nearest;

/// A text as it was given.
#[derive(Debug)]
pub(super) struct Given {
    /// What was written, without a passage; of an embedded text, its id.
    pub id: String,
    /// The text.
    pub open: Open,
    /// The passage that was asked for.
    pub at: Option<PassageNo>,
}

/// The topics to use.
#[derive(Debug)]
pub(super) struct Topics {
    /// The topics.
    pub codebook: Arc<Codebook>,
    /// Whether they are the embedded ones for want of any of the texts' own.
    pub borrowed: bool,
}

impl Given {
    /// Its title, else the name of its file.
    pub(super) fn name(&self) -> &str {
        self.open.name.as_str()
    }

    /// The text.
    pub(super) fn text(&self) -> &Text {
        &self.open.text
    }
}

/// Makes sure that these texts can all be read: standard input can be given only once.
pub(super) fn once(library: &Library, texts: &[&str]) -> Result<()> {
    let mut piped = 0;
    for text in texts {
        piped += usize::from(library.request(text)?.source == Source::Stdin);
    }
    if piped > 1 {
        bail!(Usage("-: standard input can be given only once; name a file for the other text".to_owned()));
    }
    Ok(())
}

/// Makes sure that these texts can all be read, and that each is asked for as a whole.
pub(super) fn wholes(library: &Library, command: &str, texts: &[&str]) -> Result<()> {
    for text in texts {
        if let Some(passage) = library.request(text)?.passage {
            bail!(Usage(format!(
                "{text}: `{command}` takes this text as a whole; leave :{passage} away, or see \
                 `diptych {command} --help`"
            )));
        }
    }
    once(library, texts)
}

/// Reads a text in full. What a person should look at, and what is not in the text, goes to standard error; what was
/// repaired is told by `import`.
pub(super) fn read(library: &Library, written: &str) -> Result<Given> {
    let request = library.request(written)?;
    if let (Some(first), Some(last)) = (request.passage, request.last) {
        bail!(Usage(format!("{written}: :{first}-{last} is for reading; name one passage here, as :{first}")));
    }
    let loaded = library.load_whole(written)?;
    if let (Some(asked), None) = (request.passage, loaded.at) {
        bail!("{}", no_such_passage(&request.written, loaded.open.text.passage_count(), asked));
    }
    loaded.open.warnings.iter().filter(|w| w.is_told_to_readers()).for_each(say);
    let id = match &request.source {
        Source::Embedded(text) => text.id(),
        _ => Clean::line(&request.written).as_str().to_owned(),
    };
    Ok(Given { id, open: loaded.open, at: loaded.at })
}

/// Reads two texts, both at once.
pub(super) fn read_both(library: &Library, left: &str, right: &str) -> Result<(Given, Given)> {
    thread::scope(|scope| {
        let right = scope.spawn(|| read(library, right));
        let mut left = read(library, left)?;
        let mut right = right.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        if let [one, other] = told_apart(&[left.open.called(), right.open.called()]).as_slice() {
            (left.open.name, right.open.name) = (one.clone(), other.clone());
        }
        Ok((left, right))
    })
}

/// The topics of the libraries that the texts belong to, or those of the file that was asked for. Faults in them go to
/// standard error.
pub(super) fn topics(library: &Library, texts: &[&str], asked: &args::Codebook) -> Result<Topics> {
    if let Some(file) = &asked.file {
        let shown = Clean::line(file);
        let bytes = files::read(file)
            .with_context(|| format!("{shown}: the topics file cannot be read; give --topics another one"))?;
        let Ok(source) = String::from_utf8(bytes) else {
            bail!("{shown}: the topics file is not UTF-8 text; save it as UTF-8, or give --topics another one");
        };
        let (codebook, faults) = parse(&source);
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

/// The ids of the topics of these ids or names, in this order, each with the option that names it.
pub(super) fn chosen(codebook: &Codebook, asked: &[(&str, &String)]) -> Result<Vec<TopicId>> {
    let topic = |(option, word): &(&str, &String)| {
        let named = || codebook.topics().iter().find(|t| plain(&t.name) == plain(word.trim()));
        let found = codebook.get(word).or_else(named);
        found.map(|t| t.id.clone()).ok_or_else(|| unknown_topic(codebook, option, word).into())
    };
    asked.iter().map(topic).collect()
}

/// What is said where no topic has this id or name: the nearest one, and all there are.
fn unknown_topic(codebook: &Codebook, option: &str, word: &str) -> Usage {
    let topics = codebook.topics();
    let ids: Vec<&str> = topics.iter().map(|t| t.id.as_str()).collect();
    let by_id = nearest(word, ids.iter().copied());
    let by_name = || {
        let lower = |t: &Topic| plain(&t.name).into_owned();
        let names: Vec<String> = topics.iter().map(|t| lower(t)).collect();
        let near = nearest(&plain(word), names.iter().map(String::as_str))?;
        topics.iter().find(|t| lower(t) == near).map(|t| t.id.as_str())
    };
    let hint = by_id.or_else(by_name).map_or_else(String::new, |near| format!("did you mean {near}? "));
    let known =
        if ids.is_empty() { "there are no topics".to_owned() } else { format!("the ids are {}", ids.join(", ")) };
    Usage(format!("{option} {word}: there is no topic of this id or name; {hint}{known}"))
}

/// The watcher of a job that is never given up.
pub(super) fn patient(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// What the reader's sentence model says of two texts: that of the folder `named`, else that of the settings. `None` where
/// there is none, or where it cannot be asked of these texts, which is said.
pub(super) fn by_model<'t>(
    library: &Library,
    named: Option<&Path>,
    texts: [&'t Text; 2],
) -> Result<Option<Modelled<'t>>> {
    match library.modelled(named, texts, &patient) {
        Ok(modelled) => finished(modelled),
        Err(NotSaid::NoModel(why)) => Err(why.into()),
        Err(why) => {
            say(&why.to_string());
            Ok(None)
        }
    }
}

/// Says so where two texts are of two languages, since nothing found is then no silence.
pub(super) fn not_compared(comparison: &Comparison) {
    let comparable = comparison.comparable();
    if !comparable.is_comparable() {
        say(&format!("{comparable}; what has no counterpart here was not looked for, and is not silent"));
    }
}

/// The answer of a job that was waited for.
pub(super) fn finished<T>(flow: ControlFlow<(), T>) -> Result<T> {
    match flow {
        ControlFlow::Continue(answer) => Ok(answer),
        ControlFlow::Break(()) => bail!("the job was interrupted before it was done"),
    }
}
