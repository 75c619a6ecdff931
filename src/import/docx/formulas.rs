//! Formulas: what is set above, below or over something else is put in brackets, so that a line of letters says the same.

/// The formulas that are open, and what stands around their parts.
#[derive(Debug, Default)]
pub(super) struct Formulas {
    open: usize,
    /// The brackets of each part in brackets, and whether its first has been set.
    brackets: Vec<(String, String, bool)>,
}

impl Formulas {
    pub(super) fn enter(&mut self) {
        self.open += 1;
    }

    pub(super) fn leave(&mut self) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.brackets.clear();
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.open > 0
    }

    /// The sign that an element begins with.
    pub(super) fn opens(&mut self, element: &str, value: Option<&str>) -> Option<&str> {
        match element {
            "num" => Some("("),
            "den" => Some("/("),
            "sup" => Some("^("),
            "sub" => Some("_("),
            "rad" => Some("√("),
            "d" => {
                self.brackets.push(("(".to_owned(), ")".to_owned(), false));
                None
            }
            "begChr" | "endChr" => {
                let (first, last, _) = self.brackets.last_mut()?;
                let sign = value.unwrap_or("").to_owned();
                if element == "begChr" {
                    *first = sign;
                } else {
                    *last = sign;
                }
                None
            }
            "e" => {
                let (first, _, begun) = self.brackets.last_mut()?;
                (!std::mem::replace(begun, true)).then_some(first.as_str())
            }
            _ => None,
        }
    }

    /// The sign that an element ends with.
    pub(super) fn closes(&mut self, element: &str) -> Option<String> {
        match element {
            "num" | "den" | "sup" | "sub" | "rad" => Some(")".to_owned()),
            "d" => self.brackets.pop().map(|(_, last, _)| last),
            _ => None,
        }
    }
}
