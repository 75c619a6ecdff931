//! The hinge: the strip between the panes, and the joint it draws between two passages.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ink::{put, rule};
use super::theme::Theme;
use super::{Rows, gutter};
use crate::app::App;
use crate::app::areas::Areas;
use crate::app::hinge::joint::Joint;
use crate::layout::cells;
use crate::layout::row::Row;
use crate::link::Side;
use crate::link::judgement::{Judgement, Relation};
use crate::link::reason::{Reason, ReasonKind};
use crate::link::sides::Sides;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::text::voice::Voice;

pub(super) fn draw(app: &App, areas: &Areas, rows: &Sides<Vec<Option<Row>>>, theme: &Theme, buffer: &mut Buffer) {
    let Some(area) = areas.hinge else { return };
    if areas.stacked {
        lying(app, area, theme, buffer);
        return;
    }
    let top = areas.panes.left.map_or(area.y, |p| p.text.y);
    // Two versions of one work have marks of their own along either edge.
    let middle = area.left() + area.width / 2;
    let upright: &[u16] =
        if app.versions.keeps_level(&app.hinge) { &[area.left(), area.right() - 1] } else { &[middle] };
    for (y, x) in (area.top()..area.bottom()).flat_map(|y| upright.iter().map(move |x| (y, *x))) {
        put(buffer, x, y, area.right(), "┊", theme.faint);
    }
    if app.versions.keeps_level(&app.hinge) {
        gutter::draw(app, areas, area, rows, theme, buffer);
        // A pair that the reader went to stands over it, as long as both its passages are where one reads.
        if !app.hinge.pinned() || !app.hinge.is_level(&app.halves) {
            return;
        }
    }
    let quoted = app.versions.quoted_pair(&app.links, &app.halves, &app.hinge);
    if let Some(joint) = silent(app, quoted) {
        let y = row_of(app, joint.lead, joint.from, areas, &rows[joint.lead]);
        let checked = app.links.silence_checked(&app.halves, joint.lead, joint.from, joint.topic.as_ref()).is_some();
        for (words, y) in silence_words(app, checked, area.width).lines().zip(y.unwrap_or(top)..) {
            centred(words, area, y, theme.silent, buffer);
        }
    }
    let Some((left, right)) = pair(app, quoted) else { return };
    let rows = [(Side::Left, left), (Side::Right, right)]
        .map(|(s, p)| row_of(app, s, p, areas, &rows[s]).map(|r| r.min(area.bottom())));
    match rows {
        [Some(l), Some(r)] if l == r => straight(app, (left, right), area, l, theme, buffer),
        [Some(l), Some(r)] => bent(app, (left, right), area, (l, r), theme, buffer),
        _ => {}
    }
}

/// The passages to be joined: the current ones where they share a quotation, else those that were found to belong together.
fn pair(app: &App, quoted: Option<(PassageNo, PassageNo)>) -> Option<(PassageNo, PassageNo)> {
    // In stacked panes the joint is drawn whatever they show: of a pair that the reader has left it is not.
    quoted.or_else(|| app.hinge.joint()?.pair().filter(|pair| app.pinned_and_left() != Some(*pair)))
}

/// The joint that came to nothing, where that is to be said.
fn silent(app: &App, quoted: Option<(PassageNo, PassageNo)>) -> Option<&Joint> {
    let joint = app.hinge.joint().filter(|joint| joint.is_silent() && !app.hinge.fresh() && quoted.is_none());
    joint.filter(|_| !app.halves.awaits_study(&app.topics))
}

/// Which screen row a passage begins on; of one that has begun above the screen, the first row it shows.
fn row_of(app: &App, side: Side, passage: PassageNo, areas: &Areas, rows: &Rows) -> Option<u16> {
    let pane = app.halves.pane(side);
    let block = pane.text()?.numbering().block_of(passage)? as u32;
    let top = areas.panes[side]?.text.y;
    rows.iter().position(|r| r.is_some_and(|r| r.block == block && r.is_text())).map(|i| top + i as u16)
}

/// The lines of a joint: single for what was computed, double for what the reader joined, dotted for what has nothing
/// but the topic in common.
struct Lines {
    across: &'static str,
    down: &'static str,
    /// Turning down and on, where the left end is higher; turning up and on, where it is lower.
    falling: (&'static str, &'static str),
    rising: (&'static str, &'static str),
}

const COMPUTED: Lines = Lines { across: "━", down: "┃", falling: ("┓", "┗"), rising: ("┛", "┏") };
const JOINED: Lines = Lines { across: "═", down: "║", falling: ("╗", "╚"), rising: ("╝", "╔") };
const SAME_TOPIC: Lines = Lines { across: "┈", down: "┊", falling: ("┐", "└"), rising: ("┘", "┌") };

fn lines(app: &App, (left, right): (PassageNo, PassageNo)) -> &'static Lines {
    let is_joint = app.hinge.joint().and_then(Joint::pair) == Some((left, right));
    if app.links.own().link_between(left, right).is_some() {
        &JOINED
    } else if is_joint && app.hinge.is_same_topic_only(&app.links, &app.versions) {
        &SAME_TOPIC
    } else {
        &COMPUTED
    }
}

/// `14⇄22`, or `14⇔22` for a link of the reader's own; a quotation mark beside a number says that the passage is
/// someone else's words.
fn label(app: &App, left: PassageNo, right: PassageNo) -> String {
    let mark = |side: Side, passage| if voice(app, side, passage).is_some() { "”" } else { "" };
    let sign = match app.links.own().link_between(left, right) {
        Some(_) => "⇔",
        None if app.versions.share_quotation(&app.links, &app.halves, &app.hinge, (left, right)) => "”",
        None => "⇄",
    };
    format!("{}{left}{sign}{right}{}", mark(Side::Left, left), mark(Side::Right, right))
}

fn voice(app: &App, side: Side, passage: PassageNo) -> Option<&Voice> {
    let text = app.halves.pane(side).text()?;
    text.voice_of(text.numbering().block_of(passage)?)
}

fn straight(app: &App, pair: (PassageNo, PassageNo), area: Rect, y: u16, theme: &Theme, buffer: &mut Buffer) {
    for x in area.left()..area.right() {
        put(buffer, x, y, area.right(), lines(app, pair).across, theme.lead);
    }
    let below = write_label(&label(app, pair.0, pair.1), area, (y, y + 1), theme, buffer);
    why(app, pair, area, below, theme, buffer);
}

/// A joint between rows that are not level: out of one pane, along the middle, into the other.
fn bent(app: &App, pair: (PassageNo, PassageNo), area: Rect, (l, r): (u16, u16), theme: &Theme, buffer: &mut Buffer) {
    let lines = lines(app, pair);
    let middle = area.x + area.width / 2;
    gutter::wipe(area, l.min(r)..l.max(r) + 1, buffer);
    for x in area.left()..middle {
        put(buffer, x, l, area.right(), lines.across, theme.lead);
    }
    for x in middle + 1..area.right() {
        put(buffer, x, r, area.right(), lines.across, theme.lead);
    }
    for y in l.min(r) + 1..l.max(r) {
        put(buffer, middle, y, area.right(), lines.down, theme.lead);
    }
    let (out, into) = if l < r { lines.falling } else { lines.rising };
    put(buffer, middle, l, area.right(), out, theme.lead);
    put(buffer, middle, r, area.right(), into, theme.lead);
    if l.abs_diff(r) >= 2 {
        let y = u16::midpoint(l, r);
        let below = write_label(&label(app, pair.0, pair.1), area, (y, y + 1), theme, buffer);
        if below + 2 < l.max(r) {
            why(app, pair, area, below, theme, buffer);
        }
    }
}

/// Writes the numbers on the line of a joint; those that the line has no room for stand under it. Returns the next row
/// that is free.
fn write_label(label: &str, area: Rect, (y, below): (u16, u16), theme: &Theme, buffer: &mut Buffer) -> u16 {
    if cells::width(label) <= usize::from(area.width) {
        centred(label, area, y, theme.lead, buffer);
        return below;
    }
    let digits = label.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let at = digits + label[digits..].find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let sign = label[at..].chars().next().map_or(0, char::len_utf8);
    centred(&label[..at + sign], area, below, theme.lead, buffer);
    centred(&label[at + sign..], area, below + 1, theme.lead, buffer);
    below + 2
}

fn centred(words: &str, area: Rect, y: u16, style: Style, buffer: &mut Buffer) {
    let width = cells::width(words) as u16;
    if y < area.bottom() {
        put(buffer, area.x + area.width.saturating_sub(width) / 2, y, area.right(), words, style);
    }
}

/// Rows under a joint that say why.
const WHY: usize = 2;

/// Rows under a joint that say who joined what.
const SAID: usize = 8;

/// Under a joint, in a word or two, why it is one.
fn why(app: &App, pair: (PassageNo, PassageNo), area: Rect, y: u16, theme: &Theme, buffer: &mut Buffer) {
    let room = usize::from(area.width);
    for (words, y) in why_words(app, pair, room).iter().zip(y..area.bottom()) {
        // The upright line would run into the word.
        for x in area.left()..area.right() {
            put(buffer, x, y, area.right(), " ", Style::new());
        }
        centred(words, area, y, theme.faint, buffer);
    }
}

/// A word a row, none of them wider than `room`, none of them cut: what the reader called the pair, that both quote the
/// same, or the weightiest of what they have in common that fits. What has no room here the footer says.
fn why_words(app: &App, pair: (PassageNo, PassageNo), room: usize) -> Vec<String> {
    if app.links.own().link_between(pair.0, pair.1).is_some() {
        return said_of_link(app, pair, room);
    }
    if app.versions.share_quotation(&app.links, &app.halves, &app.hinge, pair) {
        return ["quotation", "quoted"]
            .into_iter()
            .find(|word| word.len() <= room)
            .map(str::to_owned)
            .into_iter()
            .collect();
    }
    let Some(joint) = app.hinge.joint().filter(|joint| joint.pair() == Some(pair)) else { return Vec::new() };
    if app.hinge.is_same_topic_only(&app.links, &app.versions) {
        return wrapped("topic only", room);
    }
    let because = joint.counterpart().map_or(&[][..], |c| &c.because);
    let mut rows = Vec::new();
    for reason in because {
        let words = in_gutter(reason);
        let lines = wrapped(&words, room);
        if rows.len() + lines.len() <= WHY && lines.iter().all(|line| !line.ends_with('…')) {
            rows.extend(lines);
        }
    }
    rows
}

/// How the pair is joined; where others than the reader have judged it too, by whom, and who rejects it.
fn said_of_link(app: &App, pair: (PassageNo, PassageNo), room: usize) -> Vec<String> {
    let said: Vec<&Judgement> = app.links.own().said_between(pair.0, pair.1).collect();
    let word = |judgement: &Judgement| judgement.relation().map_or("≠", Relation::word).to_owned();
    let own = |judgement: &Judgement| judgement.is_by(app.settings.author());
    let mut rows = Vec::new();
    for judgement in &said {
        let names = Clean::line(&judgement.authors.join(", "));
        match judgement.relation() {
            Some(_) if said.len() == 1 && own(judgement) => rows.extend(wrapped(&word(judgement), room)),
            Some(_) => rows.extend([word(judgement), names.to_string()].iter().flat_map(|words| wrapped(words, room))),
            None => rows.extend(wrapped(&format!("{} {names}", word(judgement)), room)),
        }
    }
    rows.retain(|row| !row.is_empty() && !row.ends_with('…'));
    rows.truncate(SAID);
    rows
}

/// Of two variants the first, small letters but for names.
fn in_gutter(reason: &Reason) -> String {
    let words = reason.text.trim().split(" ~ ").next().unwrap_or_default();
    if reason.kind == ReasonKind::Name { words.to_owned() } else { words.to_lowercase() }
}

/// Broken between words; a word that is too long ends in an ellipsis.
fn wrapped(words: &str, room: usize) -> Vec<String> {
    let options = textwrap::Options::new(room.max(1)).break_words(false);
    textwrap::wrap(words, options).iter().map(|line| cells::ellipsis(line, room).into_owned()).collect()
}

/// In a row, or two: that the other text says nothing to a passage, and whether the reader has checked that; that what it
/// says was rejected; of texts of two languages, that they were not compared.
fn silence_words(app: &App, checked: bool, width: u16) -> &'static str {
    match (checked, width) {
        (true, 11..) => "✓ silent",
        (true, 7..) => "✓silent",
        (true, _) => "✓",
        (false, 14..) if app.hinge.languages_apart().is_some() => "not compared",
        (false, _) if app.hinge.languages_apart().is_some() => "≠",
        (false, 9..) if app.hinge.is_off_topic(&app.halves) => "off topic",
        (false, 5..) if app.hinge.is_off_topic(&app.halves) => "off\ntopic",
        (false, _) if app.hinge.is_off_topic(&app.halves) => "·",
        (false, 9..) if app.is_all_rejected() => "rejected",
        (false, _) if app.is_all_rejected() => "×",
        (false, 6..) => "silent",
        (false, _) => "∅",
    }
}

/// The hinge between panes that are one above the other: a joint is a line of its own kind there too, with its numbers and
/// what makes it one.
fn lying(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    rule(buffer, area.left()..area.right(), area.y, "┈", theme.faint);
    if app.versions.keeps_level(&app.hinge) && !app.hinge.pinned() {
        let (words, style) = match app.versions.said_across(&app.halves) {
            Some(said) => (format!(" {said} "), theme.lead),
            None => {
                (app.versions.said_level(&app.halves).map_or_else(String::new, |said| format!(" {said} ")), theme.faint)
            }
        };
        centred(&words, area, area.y, style, buffer);
        return;
    }
    let quoted = app.versions.quoted_pair(&app.links, &app.halves, &app.hinge);
    match (pair(app, quoted), silent(app, quoted)) {
        (Some(pair), _) => {
            rule(buffer, area.left()..area.right(), area.y, lines(app, pair).across, theme.lead);
            let label = label(app, pair.0, pair.1);
            let room = usize::from(area.width).saturating_sub(cells::width(&label) + 5);
            let why = cells::ellipsis(&why_words(app, pair, room).join(", "), room).into_owned();
            let width = cells::width(&label) + if why.is_empty() { 2 } else { cells::width(&why) + 5 };
            let x = area.x + area.width.saturating_sub(width as u16) / 2;
            let x = put(buffer, x, area.y, area.right(), &format!(" {label} "), theme.lead);
            if !why.is_empty() {
                put(buffer, x, area.y, area.right(), &format!("· {why} "), theme.faint);
            }
        }
        (None, Some(joint)) => {
            let checked =
                app.links.silence_checked(&app.halves, joint.lead, joint.from, joint.topic.as_ref()).is_some();
            centred(&format!(" {} ", silence_words(app, checked, area.width)), area, area.y, theme.silent, buffer);
        }
        (None, None) => {}
    }
}
