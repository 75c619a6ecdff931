//! The judgements of one file put together with those of others: what is to be written, so that nothing anybody has
//! said is lost, and everything is there once.

use std::collections::HashSet;

use super::judgement::{Judgement, JudgementId, fold};

/// What a file that says `known` is to say besides, or otherwise, so that it says what is `coming` too. What says the
/// same as something that is known becomes one with it under its name; what is called like something else gets a name
/// of its own.
pub(crate) fn to_put(known: &[Judgement], coming: impl IntoIterator<Item = Judgement>) -> Vec<Judgement> {
    let mut names: HashSet<JudgementId> = known.iter().map(|judgement| judgement.id.clone()).collect();
    let mut wanted = Vec::new();
    for judgement in fold(coming) {
        if let Some(same) = known.iter().find(|known| known.says_the_same(&judgement)) {
            let both = Judgement { id: same.id.clone(), ..same.with(&judgement) };
            if both != *same {
                wanted.push(both);
            }
            continue;
        }
        let id = free(&judgement, &names);
        names.insert(id.clone());
        wanted.push(Judgement { id, ..judgement });
    }
    wanted
}

/// The name of a judgement, or where that is another's, the one that its content has, or the next to it.
fn free(judgement: &Judgement, names: &HashSet<JudgementId>) -> JudgementId {
    let own = judgement.id_of_content();
    let numbered = (2..names.len() + 3).map(|n| JudgementId(format!("{own}-{n}")));
    let mut all = [judgement.id.clone(), own.clone()].into_iter().chain(numbered);
    // Of one name more than there are, one is free.
    all.find(|id| !names.contains(id)).unwrap_or_else(|| judgement.id.clone())
}
