//! Which text a reference of another one names: by its path from there, by its name anywhere in the library as wikis have
//! it, or by its title.

use std::path::{Path, PathBuf};

use super::Library;
use super::request::{Request, Source};
use crate::model::address::percent_decoded;
use crate::word::letter::plain;

/// Endings that wikis leave out.
const ENDINGS: [&str; 5] = ["md", "markdown", "txt", "org", "html"];

impl Library {
    /// What opens the text that `written` names, in a text that `from` opens; `None` where there is none.
    pub fn text_named(&self, from: &str, written: &str) -> Option<String> {
        let from = self.request(from).ok()?;
        let decoded = percent_decoded(written).and_then(|path| path.into_os_string().into_string().ok());
        let names = [Some(written.to_owned()), decoded.filter(|decoded| decoded != written)];
        let names: Vec<String> = names.into_iter().flatten().filter(|name| !name.contains('\0')).collect();
        let by_path = || names.iter().find_map(|name| self.by_path(&from, name));
        by_path().or_else(|| names.iter().find_map(|name| self.by_name(&from, name)))
    }

    fn by_path(&self, from: &Request, name: &str) -> Option<String> {
        let found = |path: PathBuf| {
            let request = self.request(path.to_str()?).ok()?;
            // Nothing that waits for somebody to write.
            if !matches!(request.source, Source::File(_)) {
                return None;
            }
            let passage = request.passage.map_or_else(String::new, |passage| format!(":{passage}"));
            Some(format!("{}{passage}", request.lasting()))
        };
        let Some(folder) = from.folder() else {
            // Of a text in the program another one there.
            let stem = name.strip_prefix("embedded:").unwrap_or(name);
            let stem = stem.strip_suffix(".md").unwrap_or(stem);
            let is_inside = matches!(from.source, Source::Embedded(_)) && !stem.contains('/');
            let request = self.request(&format!("embedded:{stem}")).ok().filter(|_| is_inside)?;
            return matches!(request.source, Source::Embedded(_)).then(|| request.lasting());
        };
        let whole = folder.join(name);
        let with = |ending: &&str| PathBuf::from(format!("{}.{ending}", whole.display()));
        found(whole.clone()).or_else(|| ENDINGS.iter().map(with).find_map(found))
    }

    /// By the name of a file of the library without its folder, else by the title of a text.
    fn by_name(&self, from: &Request, name: &str) -> Option<String> {
        let wanted = plain(name.trim()).into_owned();
        let texts = self.shelf_beside(&[from.lasting()]);
        let is_file = |request: &str| {
            let path = Path::new(request);
            let of = |part: Option<&std::ffi::OsStr>| part.is_some_and(|part| plain(&part.to_string_lossy()) == wanted);
            of(path.file_name()) || of(path.file_stem())
        };
        let file = texts.iter().find(|text| is_file(&text.request));
        let found = file.or_else(|| texts.iter().find(|text| plain(text.title.as_str()) == wanted));
        found.map(|text| text.request.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::library::disk::Os;
    use crate::library::folders::Folders;

    #[test]
    fn a_text_is_found_by_path_by_name_and_by_title() {
        let dir = tempfile::tempdir().unwrap();
        let whole = fs::canonicalize(dir.path()).unwrap();
        let home = whole.join("lib");
        fs::create_dir_all(home.join("sub")).unwrap();
        for (name, words) in
            [("topics.toml", ""), ("a.md", "# A\n\nWords.\n"), ("sub/b c.md", "---\ntitle: On Bread\n---\n\nWords.\n")]
        {
            fs::write(home.join(name), words).unwrap();
        }
        let library = Library::new(Arc::new(Os), Some(Folders::under(&whole.join("home"))));
        let from = home.join("a.md").to_str().unwrap().to_owned();
        let named = |name: &str| library.text_named(&from, name);
        let other = Some(home.join("sub/b c.md").to_str().unwrap().to_owned());
        for name in ["sub/b c.md", "sub/b%20c.md", "sub/b c", "b c", "B C", "on bread"] {
            assert_eq!(named(name), other, "{name}");
        }
        assert_eq!(named("sub/b c.md:1"), other.map(|path| format!("{path}:1")));
        for none in ["none", "sub", "%zz", "a\0b", ""] {
            assert_eq!(named(none), None, "{none}");
        }
        fs::create_dir(home.join("loose")).unwrap();
        fs::write(home.join("loose/c.md"), "Words.\n").unwrap();
        let loose = home.join("loose/c.md").to_str().unwrap().to_owned();
        assert!(library.leads_out_from(&loose, &from), "of no library: what is not beside it is asked about");
        assert!(!library.leads_out_from(&from, &loose) && !library.leads_out_from(&loose, "power-from-below"));
        let inside = library.text_named("embedded:the-party-as-instrument", "power-from-below.md");
        assert_eq!(inside.as_deref(), Some("embedded:power-from-below"));
    }
}
