//! What the footer says on the screens beside the two panes.

use ratatui::style::Style;

use super::theme::Theme;
use crate::app::App;
use crate::app::scene::Scene;
use crate::app::synopsis::Synopsis;

/// The commands whose keys matter there; `None` in the panes.
pub fn hints(scene: &Scene) -> Option<&'static [&'static str]> {
    match scene {
        Scene::Reading => None,
        Scene::Synopsis(_) => Some(&["read-row", "next-shared-topic", "topics", "clear", "help"]),
    }
}

/// The topic, which row of how many, and how many of them stand alone.
pub fn synopsis(app: &App, synopsis: &Synopsis, theme: &Theme) -> Vec<(String, Style)> {
    let Some(held) = app.held() else { return Vec::new() };
    let mut parts = vec![(held.name.clone(), theme.topic)];
    let Some(rows) = synopsis.rows.as_ref().filter(|rows| !rows.is_empty()) else { return parts };
    parts.push((format!("row {}/{}", synopsis.selected + 1, rows.len()), theme.text));
    let pairs = rows.iter().filter(|r| r.counterpart.is_some()).count();
    let alone = |left: bool| rows.iter().filter(|r| r.counterpart.is_none() && r.left.is_some() == left).count();
    parts.push((format!("{pairs} answered · {} only left, {} only right", alone(true), alone(false)), theme.faint));
    if let Some(counterpart) = synopsis.chosen().and_then(|row| row.counterpart.as_ref()) {
        let words: Vec<_> = counterpart.because.iter().take(4).map(|r| r.text.trim().to_lowercase()).collect();
        if !words.is_empty() {
            parts.push((format!("because: {}", words.join(", ")), theme.text));
        }
    }
    parts
}
