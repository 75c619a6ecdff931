//! The address of a file as a string: what opens it again, from any folder and in any later session.
//!
//! It is the path itself, or where that is not UTF-8, or has characters that no screen shows and a shell may obey, a file URL
//! (RFC 8089) that has the other bytes percent-encoded: so
//! that two files are never taken for one because their names look alike once they are printed.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use crate::text::clean::is_clean;

/// What a file URL begins with.
pub const SCHEME: &str = "file://";

/// The address of a path.
pub fn address_of(path: &Path) -> String {
    if let Some(path) = path.to_str().filter(|path| is_printed_as_it_is(path)) {
        return path.to_owned();
    }
    let mut url = SCHEME.to_owned();
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

/// The path that a file URL names; `None` for what is none.
pub fn path_of_url(url: &str) -> Option<PathBuf> {
    let mut rest = url.strip_prefix(SCHEME)?.bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    bytes.starts_with(b"/").then(|| PathBuf::from(OsString::from_vec(bytes)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
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
