//! What the footer says on the screens beside the two panes.

use ratatui::style::Style;

use super::theme::Theme;
use crate::app::App;
use crate::app::command::Command;
use crate::app::commands::commands;
use crate::app::loom::Loom;
use crate::app::map::Map;
use crate::app::map::sorting::{Order, Show, TextOrder};
use crate::app::scene::{DisputePage, Scene, StopList};
use crate::app::synopsis::Synopsis;
use crate::link::Side;
use crate::study::rows::{Standing, SynopsisRow, no_topic};
use crate::word::counted::counted;

/// The commands whose keys matter there; `None` in the panes.
pub(super) fn hints(scene: &Scene) -> Option<&'static [&'static Command]> {
    match scene {
        Scene::Reading => None,
        Scene::Map(map) if map.column.is_none() => {
            Some(commands!["open-cell", "next-text", "narrow", "reorder", "filter", "export-map", "clear", "help"])
        }
        Scene::Map(_) => Some(commands!["open-cell", "choose-text", "reorder-texts", "filter-texts", "clear", "help"]),
        Scene::Loom(_) => Some(commands!["read-thread", "next-thread", "cross-loom", "clear", "help"]),
        Scene::Dispute(_) => Some(commands![
            "next-quotation",
            "previous-quotation",
            "read-quotation",
            "export-quotations",
            "clear",
            "help"
        ]),
        Scene::Tour(_) => Some(commands![
            "present",
            "read-stop",
            "remark",
            "title-tour",
            "more-minutes",
            "silent-side",
            "clear",
            "help"
        ]),
        Scene::Cards(review) if review.shown => Some(commands!["read-card", "clear", "help"]),
        Scene::Cards(_) => Some(commands!["other-side-of-card", "read-card", "clear", "help"]),
        Scene::Lectern => Some(commands!["leader-next", "leader-back", "leader-stop", "leader-return", "quit", "help"]),
        Scene::Room => Some(commands!["follow-leader", "room-down", "quit", "help"]),
        Scene::Present(_) => Some(commands!["present-next", "spotlight", "topics", "help"]),
        Scene::Synopsis(synopsis) if synopsis.said.iter().any(|said| !said.is_empty()) => {
            Some(commands!["read-row", "notes-between", "next-shared-topic", "topics", "clear", "help"])
        }
        Scene::Synopsis(_) => Some(commands!["read-row", "next-shared-topic", "topics", "clear", "help"]),
    }
}

/// How much of the library was compared, and what the map shows of it.
pub(super) fn map(app: &App, map: &Map, theme: &Theme) -> Vec<(String, Style)> {
    let progress = map.progress(&app.topics, &app.memory);
    let mut parts = Vec::new();
    if let Some(chosen) = map.chosen.and_then(|c| map.columns.get(c)) {
        parts.push((format!("{} against…", chosen.name), theme.lead));
    }
    if map.show != Show::All {
        parts.push((map.show.shown().to_owned(), theme.topic));
    }
    if !map.narrowing.is_empty() {
        parts.push((format!("“{}”", map.narrowing.typed()), theme.topic));
    }
    if let Some(topic) = &map.only_on {
        let (shown, all) = (map.shown_columns().len(), map.columns.len());
        parts.push((format!("{shown} of {all} texts, on {}", app.topics.name(topic)), theme.topic));
    }
    if map.order != Order::Codebook {
        parts.push((map.order.shown().to_owned(), theme.faint));
    }
    match &map.text_order {
        TextOrder::Shelf => {}
        TextOrder::Fullest => parts.push(("fullest texts first".to_owned(), theme.faint)),
        TextOrder::Strongest(topic) => {
            parts.push((format!("strongest on {} first", app.topics.name(topic)), theme.faint));
        }
    }
    if progress.of_topics > 0 {
        let (topics, pairs) = ((progress.topics, progress.of_topics), (progress.pairs, progress.of_pairs));
        let (of_topics, of_pairs) = (counted(topics.1, "topic"), counted(pairs.1, "pair"));
        let words = format!("compared {} of {of_topics}, {} of {of_pairs}", topics.0, pairs.0);
        parts.push((words, theme.text));
    }
    parts
}

/// The cursor, and the thread that goes out from it.
pub(super) fn loom(app: &App, loom: &Loom, theme: &Theme) -> Vec<(String, Style)> {
    let sought = loom.percent.map(|percent| (format!("weaving… {percent}%"), theme.faint));
    let Some(threads) = &loom.threads else { return sought.into_iter().collect() };
    let here = loom.here(app.halves.focus());
    let mut parts = match here.first() {
        Some(thread) => {
            let sign = if thread.own { "⇔" } else { "⇄" };
            vec![(format!("{}{sign}{}", thread.left, thread.right), theme.lead)]
        }
        None if sought.is_some() => vec![(format!("¶{}, no thread yet", loom.at), theme.faint)],
        None => vec![(format!("¶{}, no thread", loom.at), theme.silent)],
    };
    let topic = here.first().and_then(|thread| app.topics.codebook().topics().get(thread.topic?));
    parts.extend(topic.map(|topic| (topic.name.clone(), theme.topic)));
    let many = counted(threads.len(), "thread");
    match sought {
        Some((words, style)) => parts.push((format!("{many} so far, {words}"), style)),
        None => parts.push((many, theme.faint)),
    }
    parts
}

/// Which shared quotation of how many, and where it stands.
pub(super) fn dispute(app: &App, page: &DisputePage, theme: &Theme) -> Vec<(String, Style)> {
    let count = app.links.quotations().map_or(0, <[_]>::len);
    let place = |side: Side| page.dispute.readings[side].place();
    vec![
        (format!("quotation {}/{count}", page.at + 1), theme.text),
        (format!("{} ” {}", place(Side::Left), place(Side::Right)), theme.lead),
    ]
}

/// Which stop of how many, and how long the tour is meant to take.
pub(super) fn tour(app: &App, list: &StopList, theme: &Theme) -> Vec<(String, Style)> {
    let tour = &app.touring.tour;
    if tour.stops.is_empty() {
        return vec![("an empty tour".to_owned(), theme.faint)];
    }
    let mut parts = vec![(format!("stop {}/{}", list.selected + 1, tour.stops.len()), theme.text)];
    if tour.minutes() > 0 {
        parts.push((format!("{} min planned", tour.minutes()), theme.faint));
    }
    parts
}

/// The topic, which row of how many, and how many of them stand alone.
pub(super) fn synopsis(app: &App, synopsis: &Synopsis, theme: &Theme) -> Vec<(String, Style)> {
    let name = app.topics.held().map_or_else(|| no_topic().name, |held| held.name.clone());
    let mut parts = vec![(name, theme.topic)];
    let Some(rows) = synopsis.rows.as_ref().filter(|rows| !rows.is_empty()) else { return parts };
    parts.push((format!("row {}/{}", synopsis.selected + 1, rows.len()), theme.text));
    let standing = synopsis.chosen().map_or(Standing::Alone, SynopsisRow::standing);
    match standing {
        Standing::Joined => parts.push(("joined by hand".to_owned(), theme.topic)),
        Standing::SameTopic => parts.push(("same topic only".to_owned(), theme.silent)),
        Standing::Closest | Standing::Alone => {}
    }
    let stand = |as_what: &[Standing]| rows.iter().filter(|r| as_what.contains(&r.standing())).count();
    let pairs = stand(&[Standing::Joined, Standing::Closest]);
    let same = match stand(&[Standing::SameTopic]) {
        0 => String::new(),
        count => format!("{count} same topic only · "),
    };
    let pairs = counted(pairs, "pair");
    let alone = |left: bool| rows.iter().filter(|r| r.counterpart.is_none() && r.left.is_some() == left).count();
    parts.push((format!("{pairs} · {same}{} left only, {} right only", alone(true), alone(false)), theme.faint));
    if let Some(counterpart) = synopsis.chosen().and_then(|row| row.counterpart.as_ref()) {
        let words: Vec<_> = counterpart.because.iter().take(4).map(|r| r.text.trim().to_lowercase()).collect();
        if !words.is_empty() {
            let lead = if standing == Standing::Closest { "because" } else { "both have" };
            parts.push((format!("{lead}: {}", words.join(", ")), theme.text));
        }
    }
    parts
}
