//! How often a stem occurs in general English, so that two short texts still know which of their words are rare.

/// The share of running words that are `stem` (see [`super::stem::Stemmer`]) in general English, as a natural
/// logarithm; `None` where the table does not hold it, which means it is rare.
pub fn log_frequency(_stem: &str) -> Option<f32> {
    None
}
