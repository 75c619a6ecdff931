//! The shape that YAML and TOML share: strings, lists and maps, with scalars as they were written.

/// A value of front matter. Numbers, dates and booleans are kept as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Raw {
    Null,
    One(String),
    Many(Vec<Raw>),
    Map(Vec<(String, Raw)>),
}

impl Raw {
    /// The strings in it, in order; a map is one string, `key: value; key: value`.
    pub(crate) fn strings(&self) -> Vec<String> {
        match self {
            Self::Null => Vec::new(),
            Self::One(s) => vec![s.clone()],
            Self::Many(all) => all.iter().flat_map(Self::strings).collect(),
            Self::Map(entries) => {
                let parts: Vec<_> = entries.iter().map(|(k, v)| format!("{k}: {}", v.strings().join(", "))).collect();
                vec![parts.join("; ")]
            }
        }
    }

    /// The people or groups in it, as one says their names. A map says them in parts, as Quarto, Hugo and CSL have it:
    /// `name` or `literal` (which comes in braces), or `given` and `family` with their particles; what else it says of them is not their name.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Self::Many(all) => all.iter().flat_map(Self::names).collect(),
            Self::Map(entries) => {
                // What is a name as a whole is no person's.
                if let Some(literal) = self.get("literal").map(str::trim).filter(|s| s.contains(' ')) {
                    return vec![format!("{{{literal}}}")];
                }
                let whole = entries.iter().find(|(k, _)| matches!(k.as_str(), "name" | "literal"));
                // A name may be a map of its parts itself.
                if let Some((_, whole)) = whole {
                    return whole.names();
                }
                let part = |keys: &[&str]| keys.iter().find_map(|key| self.get(key)).filter(|s| !s.trim().is_empty());
                let parts = [
                    part(&["given", "firstname", "first", "first_name"]),
                    part(&["dropping-particle"]),
                    part(&["non-dropping-particle"]),
                    part(&["family", "lastname", "last", "surname", "last_name"]),
                    part(&["suffix"]),
                ];
                let name: Vec<&str> = parts.into_iter().flatten().map(str::trim).collect();
                // What is said of each may stand under its name; a template that nobody filled in names none.
                let is_empty = |(_, said): &(String, Self)| matches!(said, Self::Null);
                let under = |(_, said): &(String, Self)| matches!(said, Self::Map(_) | Self::Null);
                match name.is_empty() {
                    true if entries.iter().all(is_empty) => Vec::new(),
                    true if entries.iter().all(under) => entries.iter().map(|(name, _)| name.clone()).collect(),
                    true => self.strings(),
                    false => vec![name.join(" ")],
                }
            }
            other => other.strings(),
        }
    }

    /// Adds one string, making a list of what was single.
    pub(crate) fn add(&mut self, s: String) {
        match self {
            Self::Many(all) => all.push(Self::One(s)),
            Self::Null => *self = Self::Many(vec![Self::One(s)]),
            other => {
                let first = std::mem::replace(other, Self::Null);
                *other = Self::Many(vec![first, Self::One(s)]);
            }
        }
    }

    /// The number that it is.
    pub(crate) fn number(&self) -> Option<u32> {
        match self {
            Self::One(s) => s.trim().parse().ok(),
            _ => None,
        }
    }

    /// The value of `key` in a map, as one string.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find_map(|(k, v)| match v {
            Self::One(s) if k == key => Some(s.as_str()),
            _ => None,
        })
    }
}
