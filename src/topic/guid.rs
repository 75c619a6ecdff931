//! GUIDs, by which programs for coding texts know codes, sets, sources and selections again.
//!
//! REFI-QDA names everything by a GUID (<https://www.qdasoftware.org>). What came from a file keeps its own; what was
//! made here has one that is derived from its id, so that a second export names the same things the same.

use std::fmt;

use xxhash_rust::xxh3::xxh3_128;

/// A GUID: 128 bits, written as 32 hexadecimal digits in five groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Guid(u128);

/// Where the hyphens stand among the digits.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl Guid {
    /// Reads a GUID, in either case, with or without the braces that some programs put around it.
    pub fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        let bare = written.strip_prefix('{').and_then(|w| w.strip_suffix('}')).unwrap_or(written);
        let is_in_place = |(at, c): (usize, char)| if HYPHENS.contains(&at) { c == '-' } else { c.is_ascii_hexdigit() };
        if bare.len() != 36 || !bare.char_indices().all(is_in_place) {
            return None;
        }
        u128::from_str_radix(&bare.replace('-', ""), 16).ok().map(Self)
    }

    /// The GUID of the thing that is called `name` among those of one kind: of the form that RFC 9562 leaves to
    /// whoever makes it (version 8).
    pub fn derived(kind: &str, name: &str) -> Self {
        const VERSION: u128 = 0xf << 76;
        const VARIANT: u128 = 0b11 << 62;
        let hash = xxh3_128(format!("diptych\0{kind}\0{name}").as_bytes());
        Self(hash & !VERSION & !VARIANT | 8 << 76 | 0b10 << 62)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = format!("{:032x}", self.0);
        for at in HYPHENS {
            digits.insert(at, '-');
        }
        f.pad(&digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_programs_write() {
        let plain = "1ff58b12-6f6f-4b0c-8be5-bbdc91f55294";
        for written in [plain, "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294", " {1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294} "] {
            assert_eq!(Guid::parse(written).unwrap().to_string(), plain);
        }
        for wrong in ["", "1", "1ff58b126f6f4b0c8be5bbdc91f55294", "1ff58b12-6f6f-4b0c-8be5-bbdc91f5529", "é"] {
            assert_eq!(Guid::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_same_name_has_the_same_guid() {
        let of = |kind, name| Guid::derived(kind, name).to_string();
        assert_eq!(of("topic", "soviets"), of("topic", "soviets"));
        assert_ne!(of("topic", "soviets"), of("set", "soviets"));
        let guid = of("topic", "soviets");
        assert_eq!((&guid[14..15], guid.len()), ("8", 36));
        assert!("89ab".contains(&guid[19..20]), "{guid}");
        assert_eq!(Guid::parse(&guid), Some(Guid::derived("topic", "soviets")));
    }
}
