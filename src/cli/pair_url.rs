//! `diptych://read?left=…&right=…`: a pair as a URL, for links in other programs. The desktop gives it to `diptych` as it would a file.
//!
//! Each side is what one would type, percent-encoded: `/home/ada/a.md:14`, `embedded:power-from-below`. A URL comes from anywhere, so
//! it can do no more than open texts, and it names them in full: what it means must not depend on the folder one is in.

use super::ending::Usage;
use super::meant::BUNDLED;
use crate::model::address::{is_whole, percent_decoded};
use crate::text::clean::Clean;

/// What such a URL begins with.
const SCHEME: &str = "diptych:";

/// The one text or two that a URL names; `None` for what is no such URL.
pub(super) fn texts_of(written: &str) -> Option<Result<Vec<String>, Usage>> {
    let rest = written.strip_prefix(SCHEME)?;
    let asked = rest.trim_start_matches('/').split_once('?');
    let texts = asked.filter(|(verb, _)| verb.trim_end_matches('/') == "read").and_then(|(_, query)| pair(query));
    Some(texts.ok_or_else(|| {
        let written = Clean::line(written);
        Usage(format!("{written}: a pair is written diptych://read?left=TEXT&right=TEXT, each text a whole path or `{BUNDLED}` and a name"))
    }))
}

fn pair(query: &str) -> Option<Vec<String>> {
    let (mut left, mut right) = (None, None);
    for field in query.split('&') {
        let (name, value) = field.split_once('=')?;
        let text = percent_decoded(value)?.into_os_string().into_string().ok()?;
        let side = match name {
            "left" => &mut left,
            "right" => &mut right,
            _ => return None,
        };
        if !is_whole(&text) || side.replace(text).is_some() {
            return None;
        }
    }
    Some([Some(left?), right].into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_url_names_two_texts_or_one() {
        let texts = |url| texts_of(url).unwrap().unwrap();
        assert_eq!(texts("diptych://read?left=/a%20b.md:14&right=embedded:x"), ["/a b.md:14", "embedded:x"]);
        assert_eq!(texts("diptych://read/?right=/b&left=/%C3%A4.md"), ["/ä.md", "/b"]);
        assert_eq!(texts("diptych:read?left=file:///a.md"), ["file:///a.md"]);
    }

    #[test]
    fn what_exports_write_is_read() {
        for (one, other) in [("/ä &=%.md", "embedded:x"), ("file:///%E9.md", "/a?b#c")] {
            let url = crate::model::address::pair_address(&[(one, Some(14)), (other, None)]).unwrap();
            assert_eq!(texts_of(&url).unwrap().unwrap(), [format!("{one}:14"), other.to_owned()]);
            assert!(!url.contains([' ', ')', '"', '<']), "{url}");
        }
        assert_eq!(crate::model::address::pair_address(&[("a.md", Some(1))]), None);
        assert_eq!(crate::model::address::pair_address(&[]), None);
    }

    #[test]
    fn a_url_that_says_less_or_more_is_refused() {
        for url in [
            "diptych://read",
            "diptych://read?right=/b",
            "diptych://read?left=a.md",
            "diptych://read?left=-",
            "diptych://read?left=--linear",
            "diptych://read?left=~/a.md",
            "diptych://read?left=/a&left=/b",
            "diptych://read?left=/a&force=1",
            "diptych://read?left=/%zz",
            "diptych://read?left=/%+1",
            "diptych://import?left=/a",
        ] {
            assert!(texts_of(url).unwrap().is_err(), "{url}");
        }
        for text in ["diptych", "a.md", "file:///diptych:", "embedded:diptych"] {
            assert!(texts_of(text).is_none(), "{text}");
        }
    }
}
