//! The address of a file as a string: what opens it again, from any folder and in any later session.
//!
//! It is the path itself, or where that is not UTF-8, or has characters that no screen shows and a shell may obey, a file URL
//! (RFC 8089) that has the other bytes percent-encoded: so
//! that two files are never taken for one because their names look alike once they are printed. Within a folder a file
//! is called by its path from there, so that the folder can be moved; canonically equal names are one name.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Component, Path, PathBuf};

use unicode_normalization::{UnicodeNormalization as _, is_nfc_quick};

use crate::text::clean::is_clean;

/// What a file URL begins with.
const SCHEME: &str = "file://";

/// What the name of a file within a folder begins with where it is not UTF-8.
const RELATIVE: &str = "file:";

/// The address of a path.
pub(crate) fn address_of(path: &Path) -> String {
    if let Some(path) = path.to_str().filter(|path| is_printed_as_it_is(path)) {
        return path.to_owned();
    }
    encoded(SCHEME, path)
}

/// The path that a file URL names; `None` for what is none.
pub(crate) fn path_of_url(url: &str) -> Option<PathBuf> {
    percent_decoded(url.strip_prefix(SCHEME)?).filter(|path| path.is_absolute())
}

/// The path that an address names, where it names one and not a text of another kind.
pub(crate) fn path_of(address: &str) -> Option<PathBuf> {
    path_of_url(address).or_else(|| Some(PathBuf::from(address)).filter(|path| path.is_absolute()))
}

/// What a file is called within `folder`: its path from there, with `/` between folders; `None` where it is not in it.
pub(crate) fn name_within(folder: &Path, file: &Path) -> Option<String> {
    let below = file.strip_prefix(folder).ok()?;
    let parts = below.components().map(|part| match part {
        Component::Normal(name) => Some(name.to_str()),
        _ => None,
    });
    Some(match parts.collect::<Option<Option<Vec<&str>>>>().flatten() {
        Some(parts) => composed(&parts.join("/")),
        None if below.components().all(|part| matches!(part, Component::Normal(_))) => encoded(RELATIVE, below),
        None => return None,
    })
}

/// The path that the name of a file within `folder` stands for; `None` for what is no such name, or leads out of it.
pub(crate) fn path_within(folder: &Path, name: &str) -> Option<PathBuf> {
    let below = match name.strip_prefix(RELATIVE) {
        Some(rest) => percent_decoded(rest)?,
        None => PathBuf::from(name),
    };
    let stays = below.components().all(|part| matches!(part, Component::Normal(_)));
    (stays && !name.is_empty() && name != "-").then(|| folder.join(below))
}

/// Whether a text is named so that it means the same from every folder.
pub(crate) fn is_whole(text: &str) -> bool {
    text.starts_with('/') || text.starts_with("file:///") || is_bundled(text)
}

/// Whether a text comes with Diptych, so that its name is the same on every machine.
pub(crate) fn is_bundled(text: &str) -> bool {
    text.starts_with("embedded:")
}

/// The address that opens one text or two in Diptych, from any other program: `diptych://read?left=…&right=…`. `None` where a text
/// is named otherwise than in full: what such an address means must not depend on where one is.
pub(crate) fn pair_address(texts: &[(&str, Option<u32>)]) -> Option<String> {
    let field = |(side, (text, passage)): (&str, &(&str, Option<u32>))| {
        let passage = passage.map_or_else(String::new, |passage| format!(":{passage}"));
        is_whole(text).then(|| encoded(&format!("{side}="), Path::new(&format!("{text}{passage}"))))
    };
    let fields: Vec<String> = ["left", "right"].into_iter().zip(texts).map(field).collect::<Option<_>>()?;
    (!fields.is_empty()).then(|| format!("diptych://read?{}", fields.join("&")))
}

/// A name in its composed form (NFC): canonically equal names are equal in it.
pub(crate) fn composed(name: &str) -> String {
    match is_nfc_quick(name.chars()) {
        unicode_normalization::IsNormalized::Yes => name.to_owned(),
        _ => name.nfc().collect(),
    }
}

/// The bytes that percent-encoded words stand for, as a path; `None` where a `%` has no two digits.
pub(crate) fn percent_decoded(written: &str) -> Option<PathBuf> {
    let mut rest = written.bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                // It would take a sign too.
                digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    Some(PathBuf::from(OsString::from_vec(bytes)))
}

fn encoded(scheme: &str, path: &Path) -> String {
    let mut url = scheme.to_owned();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'.' | b'_' | b'-' | b'~' => {
                url.push(char::from(*byte));
            }
            _ => {
                let _ = write!(url, "%{byte:02X}");
            }
        }
    }
    url
}

/// Whether a name comes back as it is when it is printed and typed again.
fn is_printed_as_it_is(path: &str) -> bool {
    is_clean(path) && !path.contains(['\n', '\t'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn canonically_equal_names_are_one_name() {
        let folder = Path::new("/t");
        let [decomposed, whole] = ["/t/sub/Cafe\u{301}.md", "/t/sub/Caf\u{e9}.md"].map(Path::new);
        assert_eq!(name_within(folder, decomposed), name_within(folder, whole));
        assert_eq!(name_within(folder, Path::new("/elsewhere/a.md")), None);
        for outside in ["../a.md", "/a.md", "-", "", "file:///a.md", "file:../a.md"] {
            assert_eq!(path_within(folder, outside), None, "{outside}");
        }
    }

    proptest! {
        #[test]
        fn a_name_within_a_folder_opens_the_same_file(bytes in proptest::collection::vec(1..=255_u8, 1..20)) {
            let folder = Path::new("/some/folder");
            let below = PathBuf::from(OsString::from_vec(bytes));
            let path = folder.join(&below);
            if let Some(name) = name_within(folder, &path)
                && below.to_str().is_none_or(|b| composed(b) == b && !b.starts_with(RELATIVE) && b != "-")
                && path != folder
            {
                let again = path_within(folder, &name).map(|p| p.components().collect::<PathBuf>());
                prop_assert_eq!(again, Some(path.components().collect()));
            }
        }

        #[test]
        fn an_address_opens_the_same_file(bytes in proptest::collection::vec(1..=255_u8, 0..20)) {
            let path = Path::new("/").join(OsString::from_vec(bytes));
            let address = address_of(&path);
            if let Some(plain) = path.to_str().filter(|plain| is_printed_as_it_is(plain)) {
                prop_assert_eq!(address, plain);
            } else {
                prop_assert_eq!(path_of_url(&address), Some(path));
            }
        }

        #[test]
        fn what_is_no_url_names_no_path(written in any::<String>()) {
            let _ = path_of_url(&written);
            prop_assert_eq!(path_of_url(&format!("file://relative/{written}")), None);
        }
    }
}
