//! What comes into the session, and what it asks to have done.
//!
//! The session itself touches no disk, no clock and no terminal: a [`Msg`] goes in, [`Effect`]s come out, and their
//! results come back as further messages. An answer carries the versions of what it was asked about, so that a late one
//! is recognised and dropped.

use std::sync::Arc;
use std::time::Duration;

use super::joint::Rank;
use super::key::Key;
use super::search::{Found, Query};
use crate::anchor::{Anchor, Rival};
use crate::link::Side;
use crate::link::held::FirstPair;
use crate::link::judged::Judged;
use crate::link::judgement::Judgement;
use crate::link::pairing::{Counterpart, Held, Pairing};
use crate::link::quotation::SharedQuotation;
use crate::link::sides::Sides;
use crate::model::exporting::{Export, Exporting};
use crate::model::keeping::{KeepOrder, Kept};
use crate::model::notes::{Draft, DraftChanges, FiledNote, NoteFile, NotesRead, PlacedNote};
use crate::model::open::{Loaded, Open, Shelved};
use crate::model::snapshot::Snapshot;
use crate::model::touring::Touring;
use crate::note::Target;
use crate::study::chart::{Chart, CheckedSilences};
use crate::study::own::FoundOwn;
use crate::study::proposal::Proposal;
use crate::study::rows::SynopsisRow;
use crate::study::text::Study;
use crate::text::clean::Clean;
use crate::topic::catch::Catch;
use crate::topic::codebook::{Codebook, Topic};

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something at a cell, counted from 0.
    Mouse {
        /// What it did.
        act: MouseAct,
        /// Column.
        column: u16,
        /// Row.
        row: u16,
    },
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// A text was read for a pane.
    Loaded {
        /// Which pane.
        side: Side,
        /// The number of the request.
        request: u64,
        /// The text, or one line that says why there is none.
        result: Result<Box<Loaded>, Clean>,
    },
    /// How far the reading of a text is.
    Reading {
        /// The number of the request.
        request: u64,
        /// Pages or chapters that were read.
        done: usize,
        /// How many there are; 0 where that is not known.
        of: usize,
    },
    /// A text was studied.
    Studied {
        /// The version of the text.
        version: u64,
        /// What was found out.
        study: Study,
    },
    /// How far the study of a text is, in percent.
    Progress {
        /// The version of the text.
        version: u64,
        /// Of a hundred.
        percent: u8,
    },
    /// Two studied texts were set against each other.
    Paired {
        /// The versions of the left and the right text.
        versions: (u64, u64),
        /// The answer to all questions about counterparts.
        pairing: Arc<Pairing>,
    },
    /// Counterparts were ranked.
    Ranked {
        /// The number of the question.
        question: u64,
        /// The counterparts, best first.
        found: Vec<Counterpart>,
    },
    /// The first pair of a topic was found.
    FirstPair {
        /// The number of the question.
        question: u64,
        /// The pair; `None` where no pair of treatments answers another.
        pair: Option<FirstPair>,
    },
    /// The rows of the synopsis were found.
    Synopsis {
        /// The number of the question.
        question: u64,
        /// The rows.
        rows: Vec<SynopsisRow>,
    },
    /// A text of the map was charted.
    Charted {
        /// The number of the map.
        number: u64,
        /// The index of the text on the map.
        column: usize,
        /// Which topics it treats, or one line that says why it is not known.
        result: Result<Chart, Clean>,
    },
    /// The silences that the reader has checked were read.
    Silences {
        /// The number of the map.
        number: u64,
        /// The silences.
        checked: CheckedSilences,
    },
    /// What was to be exported has a name that something has already.
    Taken {
        /// What was to be exported.
        what: Export,
        /// The name, as the reader wrote it.
        path: String,
    },
    /// The tour of two texts was read.
    Tour(Box<Touring>),
    /// The clock of the session shows this: the time since it began.
    Clock(Duration),
    /// The quotations that both texts have were found.
    Quotations {
        /// The versions of the left and the right text.
        versions: (u64, u64),
        /// The quotations.
        found: Vec<SharedQuotation>,
    },
    /// How far the search for quotations is.
    SeekingQuotations {
        /// The versions of the left and the right text.
        versions: (u64, u64),
        /// Of a hundred.
        percent: u8,
    },
    /// Topics were proposed from the two texts.
    Suggested {
        /// The versions of the left and the right text.
        versions: (u64, u64),
        /// The proposals.
        found: Vec<Proposal>,
    },
    /// What an open form would catch was found.
    Caught {
        /// The number of the question.
        number: u64,
        /// Which pane's text.
        side: Side,
        /// For each topic asked about what it catches.
        found: Vec<Catch>,
    },
    /// A search was made.
    Found {
        /// Which pane.
        side: Side,
        /// The number of the search.
        number: u64,
        /// The hits.
        found: Found,
    },
    /// A text that treats a topic was looked for.
    TextOnTopic {
        /// The number of the question.
        number: u64,
        /// What to ask for to get it; `None` where all are silent.
        found: Option<String>,
    },
    /// There are these texts to open.
    Shelf(Vec<Shelved>),
    /// Scrolling has settled, if this is still the last number.
    Settled(u64),
    /// What the reader has judged of two texts.
    Own {
        /// The versions of the texts.
        versions: (u64, u64),
        /// From the question.
        stamp: u64,
        /// What was found.
        found: Box<FoundOwn>,
    },
    /// Places with what else in their texts is like them.
    Named {
        /// The number of the question.
        number: u64,
        /// The places, in the order of the question.
        places: Vec<Anchor>,
    },
    /// Files of what the reader makes have changed on disk.
    MadeElsewhere,
    /// Whether something the reader made is kept now.
    Kept {
        /// The number of the order.
        number: u64,
        /// What came of it, or one line that says why it is not kept.
        result: Result<Kept, Clean>,
    },
    /// The topics files were read again.
    Codebook(Arc<Codebook>),
    /// The notes of the open texts were read.
    Notes(NotesRead),
    /// The files of notes have changed.
    NotesChanged,
    /// The places of notes in a text were found, or not.
    NotesFound {
        /// The version of the text.
        version: u64,
        /// The places.
        found: Vec<PlacedNote>,
    },
    /// How alike to the places of a draft other places of their texts are.
    Rivals {
        /// The number of the draft.
        draft: u64,
        /// One for each place.
        rivals: Vec<Rival>,
    },
    /// What is typed should be kept aside now.
    DraftsDue,
    /// Drafts that an earlier session left, with their files.
    DraftsLeft(Vec<(Draft, NoteFile)>),
    /// The reader's own editor has ended.
    Outside {
        /// The draft as it was.
        draft: Box<Draft>,
        /// The words, or one line that says why there was no editor.
        result: Result<String, Clean>,
    },
    /// Notes were written elsewhere.
    NotesSavedTo {
        /// The numbers of the drafts that were.
        numbers: Vec<u64>,
        /// What to tell the reader.
        line: Clean,
    },
    /// Something to tell the reader.
    Notice(Clean),
    /// A file that is open has changed on disk.
    Changed {
        /// Which pane.
        side: Side,
    },
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseAct {
    /// The left button was pressed.
    Click,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// Something to be done outside the session.
#[derive(Debug)]
pub enum Effect {
    /// Read a text.
    Load {
        /// For which pane.
        side: Side,
        /// The number of the request.
        request: u64,
        /// A path or the id of a text, with a passage after a colon where one is meant.
        what: String,
        /// Whether its beginning is shown already.
        begun: bool,
    },
    /// The text of this request is not wanted any more.
    Forget(u64),
    /// Find out which texts there are to open beside these.
    Shelf(Vec<String>),
    /// Find the treatments and the word statistics of a text.
    Study {
        /// The text.
        open: Arc<Open>,
        /// The topics.
        codebook: Arc<Codebook>,
        /// The version of `codebook`.
        version: u64,
        /// What is known already: its statistics stay, only topics are computed anew.
        known: Option<Study>,
    },
    /// Find the first of some texts that treats a topic.
    TextOnTopic {
        /// The number of the question.
        number: u64,
        /// The topic.
        topic: Arc<Topic>,
        /// What to ask for to get the texts, in the order in which to look.
        among: Vec<String>,
    },
    /// Set two studied texts against each other.
    Pair {
        /// The versions of the texts.
        versions: (u64, u64),
        /// What is known of the left text.
        left: Study,
        /// What is known of the right text.
        right: Study,
    },
    /// Rank the counterparts of a passage.
    Rank(Rank),
    /// Find the pair to begin a topic with.
    FirstPair {
        /// The number of the question.
        question: u64,
        /// Whom to ask.
        pairing: Arc<Pairing>,
        /// The topic in both texts.
        held: Held,
        /// What the reader has judged that counts for it.
        judged: Judged,
    },
    /// Set the treatments of a topic against each other.
    Synopsis {
        /// The number of the question.
        question: u64,
        /// Whom to ask.
        pairing: Arc<Pairing>,
        /// The topic in both texts.
        held: Held,
        /// What the reader has judged that counts for it.
        judged: Judged,
    },
    /// Find out which topics a text treats, for the map.
    Chart {
        /// The number of the map; what is asked for an older one need not be answered.
        number: u64,
        /// The index of the text on the map.
        column: usize,
        /// What to ask for to read it.
        request: String,
        /// The topics.
        codebook: Arc<Codebook>,
    },
    /// Read which silences the reader has checked, for the map.
    Silences {
        /// The number of the map.
        number: u64,
        /// What opens its texts.
        texts: Vec<String>,
    },
    /// Leave the charts that are not begun yet: the map is not shown any more.
    StopCharting,
    /// Read the tour that belongs to these two texts, and answer with [`Msg::Tour`].
    ReadTour([String; 2]),
    /// Send [`Msg::Clock`] after a while.
    Clock(Duration),
    /// Find the quotations that both texts have.
    Quotations {
        /// The number of the search; an older one stops.
        number: u64,
        /// The versions of the texts.
        versions: (u64, u64),
        /// What is to give them as reasons from then on.
        pairing: Arc<Pairing>,
        /// The texts.
        texts: (Arc<Open>, Arc<Open>),
    },
    /// Stop looking for quotations.
    StopQuotations,
    /// Propose topics that both texts treat.
    Suggest {
        /// The versions of the texts.
        versions: (u64, u64),
        /// The texts.
        texts: (Arc<Open>, Arc<Open>),
        /// The topics there are already.
        codebook: Arc<Codebook>,
    },
    /// Find what topics catch in texts, as long as nothing else of the kind is asked.
    Catch {
        /// The number of the question.
        number: u64,
        /// The topics.
        topics: Vec<Arc<Topic>>,
        /// The text of each pane.
        texts: Sides<Option<Arc<Open>>>,
    },
    /// Search a text.
    Search {
        /// Which pane.
        side: Side,
        /// The number of the search.
        number: u64,
        /// The text.
        open: Arc<Open>,
        /// What for.
        query: Query,
        /// The byte offset from which on the first hit is waited for, and told at once.
        from: Option<usize>,
    },
    /// Send [`Msg::Settled`] with this number after a while.
    Settle(u64, Duration),
    /// Put this on the clipboard.
    Copy(String),
    /// Read what the reader has judged of two texts, and find where in them it is.
    FindOwn {
        /// Comes back with the answer.
        stamp: u64,
        /// The texts, left and right.
        texts: (Arc<Open>, Arc<Open>),
        /// What is not in the files yet, and is to be found too.
        wished: Vec<Judgement>,
    },
    /// Learn what else in the texts is like these places, so that they can be told from it later.
    Name {
        /// The number of the question.
        number: u64,
        /// The places, each with its text.
        places: Vec<(Arc<Open>, Anchor)>,
    },
    /// Keep something the reader made, and answer with [`Msg::Kept`].
    Keep(KeepOrder),
    /// Read the notes of these texts, and answer with [`Msg::Notes`].
    ReadNotes(Vec<String>),
    /// Find the places of notes in a text, and answer with [`Msg::NotesFound`].
    FindNotes {
        /// The text.
        open: Arc<Open>,
        /// The notes.
        notes: Vec<Arc<FiledNote>>,
    },
    /// Find out what is like the places of a draft, and answer with [`Msg::Rivals`].
    Rivals {
        /// The number of the draft.
        draft: u64,
        /// The text of each place.
        texts: Vec<Arc<Open>>,
        /// The places.
        targets: Vec<Target>,
    },
    /// Keep drafts in the state folder.
    Drafts(DraftChanges),
    /// Send [`Msg::DraftsDue`] after a while.
    DraftsIn(Duration),
    /// Look for drafts that an earlier session left, and answer with [`Msg::DraftsLeft`].
    FindDrafts,
    /// Have a draft written in the reader's own editor, and answer with [`Msg::Outside`].
    Outside(Box<Draft>),
    /// Write something into a file, and answer with a [`Msg::Notice`], or with [`Msg::Taken`].
    Export(Box<Exporting>),
    /// Write drafts as notes into a folder, and answer with [`Msg::NotesSavedTo`].
    SaveNotesTo {
        /// The folder, as the reader wrote it.
        path: String,
        /// The drafts.
        drafts: Vec<Draft>,
    },
    /// Keep this for the next session.
    Remember(Box<Snapshot>),
    /// Turn mouse reporting on or off.
    Mouse(bool),
    /// Give the terminal back to the shell until the reader returns.
    Suspend,
    /// End.
    Quit,
}
