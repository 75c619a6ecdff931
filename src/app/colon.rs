//! Commands that users of vi type after a colon: `:12`, `:q`, `:w`, `:e`, `:e FILE`.

/// What was typed so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Colon {
    /// To go to a passage.
    Passage(u32),
    /// To leave.
    Quit,
    /// To save.
    Save,
    /// To open a text.
    Open(String),
    /// To read the text that is open again.
    Again,
}

impl Colon {
    /// What words after the colon mean, where they mean one of these.
    pub(super) fn of(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if let Ok(number) = typed.parse::<u32>() {
            return Some(Self::Passage(number));
        }
        match typed {
            "q" | "q!" | "qa" | "qa!" | "quit" | "wq" | "x" => return Some(Self::Quit),
            "w" | "wa" | "write" => return Some(Self::Save),
            "e" | "e!" | "edit" => return Some(Self::Again),
            _ => {}
        }
        let (word, file) = typed.split_once(char::is_whitespace)?;
        matches!(word, "e" | "edit" | "o" | "open")
            .then(|| Self::Open(file.trim().to_owned()))
            .filter(|_| !file.trim().is_empty())
    }

    /// What it does, in a few words.
    pub(super) fn about(&self) -> String {
        match self {
            Self::Passage(number) => format!("Go to ¶{number}"),
            Self::Quit => "Leave".to_owned(),
            Self::Save => "Save what is not saved yet; all else is saved as it is made".to_owned(),
            Self::Again => "Read this text again, as its file is now".to_owned(),
            Self::Open(file) => format!("Open {file} in this pane"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Colon;

    #[test]
    fn what_hands_type_after_a_colon() {
        for (typed, expected) in [
            ("12", Some(Colon::Passage(12))),
            ("q!", Some(Colon::Quit)),
            ("w", Some(Colon::Save)),
            ("e notes/a b.md", Some(Colon::Open("notes/a b.md".to_owned()))),
            ("e ", Some(Colon::Again)),
            ("quotations", None),
            ("export", None),
        ] {
            assert_eq!(Colon::of(typed), expected, "{typed}");
        }
    }
}
