//! Where judgements are kept: beside the texts, or where that cannot be written, in the data folder; read from both.
//!
//! A judgement is kept in the home of the two texts it is about. A reader who reads one of them beside a third text, of
//! another library perhaps, sees it all the same: what is judged of either text in any home it has comes along, under
//! the names that its texts have in the home of the open pair; and what is changed of it is changed where it is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use super::Library;
use super::aside::Aside;
use super::disk::{Lock, Spot};
use super::home::Home;
use super::links::{self, NAME};
use super::lock::lock_folder;
use super::meanwhile::Meanwhile;
use super::request::Request;
use super::said::shown;
use super::save::{SaveError, is_closed, make_folder};
use super::strays::copies::{copies_of, told_of_copy};
use super::topics::EditError;
use super::tours;
use crate::anchor::TextId;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::link::judgement::{Judgement, JudgementId, Verdict, fold};
use crate::link::links_file::list_of;
use crate::note::stamp::Stamp;
use crate::study::chart::CheckedSilences;
use crate::text::Text;
use crate::text::clean::Clean;

/// A judgement that is looked for where it may be kept.
struct Sought<'a> {
    id: &'a JudgementId,
    /// What is to be kept; `None` for what is to be taken away.
    judgement: Option<&'a Judgement>,
    /// Whether it has been kept before.
    is_known: bool,
}

impl Sought<'_> {
    /// None of the files that could be read has it. It may be in one that could not be: it is neither gone nor to be
    /// written a second time.
    fn is_nowhere(&self, unread: Option<SaveError>) -> Result<(), SaveError> {
        match unread {
            Some(why) if self.is_known && (self.judgement.is_none() || !why.is_of_place()) => Err(why),
            _ => Ok(()),
        }
    }
}

/// Files, by whether they have a judgement.
#[derive(Default)]
struct Holders {
    having: Vec<Spot>,
    /// The others, those that could not be read among them.
    others: Vec<Spot>,
    /// Why the first of these could not be read.
    unread: Option<SaveError>,
}

impl Library {
    /// What the reader has judged of two texts, and one line for each fault of the files.
    pub fn judgements(&self, texts: [&str; 2]) -> (Vec<Judgement>, Vec<Clean>) {
        let Some(pair) = self.pair(texts) else { return (Vec::new(), Vec::new()) };
        let home = self.home_of_pair(&pair);
        let (mut all, mut lines) = self.judged_at(&home);
        for other in self.homes_beside(&home, &pair) {
            let (found, faults) = self.judged_at(&other);
            let names = pair.each_ref().map(|text| other.id_of(text));
            let about = found.into_iter().filter(|judgement| texts_of(judgement).iter().any(|t| names.contains(t)));
            all.extend(about.map(|judgement| self.renamed(&judgement, &other, &home)));
            lines.extend(faults);
        }
        (fold(all), lines)
    }

    /// What the files of a home say, and one line for each fault.
    pub(super) fn judged_at(&self, home: &Home) -> (Vec<Judgement>, Vec<Clean>) {
        let mut all: Vec<Judgement> = Vec::new();
        let mut lines = Vec::new();
        for file in self.links_files(home) {
            for copy in copies_of(&*self.disk, &file) {
                let (found, _) = links::read(&*self.disk, &copy);
                all.extend(found.iter().map(|judgement| judgement.calling(&|id| home.called(id))));
                lines.push(self.at_home(&told_of_copy(&copy)));
            }
            let (found, faults) = links::read(&*self.disk, &file);
            // What was changed aside, where the library cannot be written, is the newer.
            let newer: BTreeSet<&JudgementId> = found.iter().map(|new| &new.id).collect();
            all.retain(|known| !newer.contains(&known.id));
            all.extend(found.iter().map(|judgement| judgement.calling(&|id| home.called(id))));
            lines.extend(faults.iter().map(|fault| self.at_home(fault)));
        }
        (all, lines)
    }

    /// A judgement with its texts called by their names in another home.
    fn renamed(&self, judgement: &Judgement, from: &Home, to: &Home) -> Judgement {
        judgement.calling(&|id| {
            let request = from.request_of(id);
            self.request(&request).map_or(TextId(request), |request| to.id_of(&request))
        })
    }

    /// The topics on which the reader has checked that a text is silent, by what opens the text; and a line for each
    /// fault of the files.
    pub fn checked_silences(&self, texts: &[String]) -> (CheckedSilences, Vec<Clean>) {
        let mut homes: Vec<Home> = vec![Home::Across];
        for home in texts.iter().filter_map(|text| self.request(text).ok()).map(|request| self.home(&request)) {
            if !homes.contains(&home) {
                homes.push(home);
            }
        }
        let (mut checked, mut lines) = (CheckedSilences::new(), Vec::new());
        for home in homes {
            let (judgements, faults) = self.judged_at(&home);
            lines.extend(faults);
            for judgement in judgements {
                if let (Verdict::Silent(text, None), Some(topic)) = (&judgement.verdict, &judgement.topic) {
                    checked.insert((home.request_of(text), topic.clone()), judgement);
                }
            }
        }
        (checked, lines)
    }

    /// Looks for every place that the files of links name in these texts. Answers with how many judgements there are,
    /// what a person should look at, and what has moved or changed but was found.
    pub fn check_links(&self, texts: &[(Request, Arc<Text>)]) -> (usize, Vec<Clean>, Vec<Clean>) {
        let homes = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner).homes().to_vec();
        let (mut count, mut wrong, mut told) = (0, Vec::new(), Vec::new());
        let mut finders: BTreeMap<String, Finder<'_>> = BTreeMap::new();
        for home in &homes {
            let ids: BTreeMap<TextId, &(Request, Arc<Text>)> =
                texts.iter().filter(|(r, _)| self.home(r) == *home).map(|text| (home.id_of(&text.0), text)).collect();
            for file in self.links_files(home) {
                let tour = file.folder().join(tours::NAME);
                let copies = [&file, &tour].into_iter().flat_map(|file| copies_of(&*self.disk, file));
                wrong.extend(copies.map(|copy| self.at_home(&told_of_copy(&copy))));
                let (found, faults) = links::read(&*self.disk, &file);
                wrong.extend(faults.iter().map(|fault| self.at_home(fault)));
                count += found.len();
                let found: Vec<Judgement> = found.iter().map(|j| j.calling(&|id| home.called(id))).collect();
                for judgement in &found {
                    for place in judgement.places() {
                        let named = format!("{}: {} {}", shown(file.path()), list_of(judgement), judgement.id);
                        let at = format!("{} {}", place.text, place.locator());
                        let Some((request, text)) = ids.get(&place.text).copied() else {
                            if !std::path::Path::new(&home.request_of(&place.text)).exists() {
                                let same = texts.iter().find(|(_, text)| place.hash != 0 && text.hash() == place.hash);
                                let now = same.map_or_else(String::new, |(request, _)| same_text(&request.written));
                                let line = format!("{named}: orphaned: there is no text {} any more{now}", place.text);
                                wrong.push(self.at_home(&line));
                            }
                            continue;
                        };
                        let finder = finders.entry(request.lasting()).or_insert_with(|| Finder::new(text));
                        let state = finder.find(place);
                        let line = format!("{named}: {}: {at}", state.name());
                        match state {
                            Found::Exact(_) => {}
                            Found::Moved(_) | Found::Changed { .. } => told.push(self.at_home(&line)),
                            Found::Ambiguous { .. } | Found::Orphaned => wrong.push(self.at_home(&line)),
                        }
                    }
                }
            }
        }
        (count, wrong, told)
    }

    /// The files of what is made for the texts that were opened, alone or in pairs; some may not exist yet.
    pub fn made_files(&self) -> Vec<Spot> {
        let codebooks = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner);
        let homes = codebooks.homes().iter().chain([&Home::Across]);
        homes.flat_map(|home| self.links_files(home)).collect()
    }

    /// Has the files say this judgement, or none of this name.
    pub(super) fn keep_judgement(
        &self,
        texts: &[String; 2],
        id: &JudgementId,
        judgement: Option<&Judgement>,
        before: Option<&Judgement>,
    ) -> Result<(Option<Aside>, Vec<String>), EditError> {
        let [one, other] = texts;
        let request = |text: &str| self.request(text).map_err(|e| EditError::NoText(e.line()));
        let pair = [request(one)?, request(other)?];
        let of_pair = self.home_of_pair(&pair);
        let sought = Sought { id, judgement, is_known: judgement.is_none() || before.is_some() };
        let home = self.home_of_judgement(&sought, &of_pair, &pair)?;
        let renamed = judgement.map(|judgement| self.renamed(judgement, &of_pair, &home));
        let judgement = renamed.as_ref();
        let files = self.links_files(&home);
        if files.is_empty() {
            return Err(EditError::NoFolder);
        }
        let _turn = self.turn(&home)?;
        let disk = &*self.disk;
        let Holders { having, others, unread } = self.holders(files, id);
        if having.is_empty() {
            sought.is_nowhere(unread)?;
        }
        let Some(judgement) = judgement else {
            let mut told = Vec::new();
            for file in &having {
                let mut meanwhile = Meanwhile::since(before);
                links::remove_since(disk, file, id, &mut meanwhile)?;
                told.append(&mut meanwhile.told);
            }
            told.dedup();
            return Ok((None, told));
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        let now = Stamp::of_seconds(now as i64).to_string();
        let mut refused = None;
        let mut meanwhile = Meanwhile::since(before);
        for file in having.iter().chain(&others) {
            match links::put_since(disk, file, judgement, &now, &mut meanwhile) {
                Err(EditError::Save(e)) if e.is_of_place() => refused = Some(e),
                done => {
                    done?;
                    return Ok((refused.map(|why| Aside { file: file.path().to_owned(), why }), meanwhile.told));
                }
            }
        }
        Err(refused.map_or(EditError::NoFolder, EditError::Save))
    }

    /// Where a judgement belongs that was made or changed beside these texts: where it is already, else the home of the
    /// texts it is about.
    fn home_of_judgement(&self, sought: &Sought<'_>, of_pair: &Home, pair: &[Request; 2]) -> Result<Home, EditError> {
        let homes: Vec<Home> = std::iter::once(of_pair.clone()).chain(self.homes_beside(of_pair, pair)).collect();
        let mut unread = None;
        for home in &homes {
            let holders = self.holders(self.links_files(home), sought.id);
            if !holders.having.is_empty() {
                return Ok(home.clone());
            }
            unread = unread.or(holders.unread);
        }
        sought.is_nowhere(unread)?;
        let texts = sought.judgement.map(texts_of).unwrap_or_default();
        let requests: Option<Vec<Request>> =
            texts.iter().map(|text| self.request(&of_pair.request_of(text)).ok()).collect();
        let of_its_own = match requests.as_deref() {
            Some([one, other]) => Some(self.home(one).with(self.home(other))).filter(|home| homes.contains(home)),
            _ => None,
        };
        Ok(of_its_own.unwrap_or_else(|| of_pair.clone()))
    }

    /// Which of these files have a judgement of this name.
    fn holders(&self, files: Vec<Spot>, id: &JudgementId) -> Holders {
        let mut holders = Holders::default();
        for file in files {
            match links::has(&*self.disk, &file, id) {
                Ok(true) => holders.having.push(file),
                Ok(false) => holders.others.push(file),
                Err(why) => {
                    holders.unread.get_or_insert(why);
                    holders.others.push(file);
                }
            }
        }
        holders
    }

    /// The other homes in which something may be kept that is about one of two texts.
    fn homes_beside(&self, home: &Home, pair: &[Request; 2]) -> Vec<Home> {
        let mut homes: Vec<Home> = Vec::new();
        let own = pair.iter().map(|text| self.home(text));
        let around = pair.iter().flat_map(|text| self.homes_around(text));
        for other in own.chain(around).chain([Home::Across]) {
            if other != *home && !homes.contains(&other) {
                homes.push(other);
            }
        }
        homes
    }

    fn pair(&self, [one, other]: [&str; 2]) -> Option<[Request; 2]> {
        Some([self.request(one).ok()?, self.request(other).ok()?])
    }

    fn links_files(&self, home: &Home) -> Vec<Spot> {
        home.spots(self.folders.as_ref(), NAME)
    }

    /// Waits until no other Diptych writes anything of this home, whoever's it is: the lock is that of its folder. Where
    /// there is none, what is replaced is looked at all the same.
    pub(super) fn turn(&self, home: &Home) -> Result<Lock, SaveError> {
        let Some(folder) = home.spots(self.folders.as_ref(), "").into_iter().next() else { return Ok(Lock::none()) };
        let disk = &*self.disk;
        let locked = match make_folder(disk, &folder) {
            Ok(()) => lock_folder(disk, &folder),
            Err(e) => Err(e.why),
        };
        match locked {
            // What cannot be written to, or not even be read, needs no lock.
            Err(e) if is_closed(&e) => Ok(Lock::none()),
            answer => answer.map_err(SaveError::of(&folder, "take its turn to write in it")),
        }
    }
}

/// What is said of a text that has another name now.
pub(crate) fn same_text(name: &str) -> String {
    format!("; the same text is {name} now: `diptych mend` takes it over")
}

/// The texts that a judgement is about.
fn texts_of(judgement: &Judgement) -> Vec<TextId> {
    let silent = match &judgement.verdict {
        Verdict::Silent(text, _) => Some(text.clone()),
        Verdict::Joined(..) | Verdict::Rejected(_) => None,
    };
    judgement.places().into_iter().map(|place| place.text.clone()).chain(silent).collect()
}
