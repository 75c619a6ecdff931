//! Addresses of files within a book, which lead from one file to another.

/// The address that `link` in `file` leads to, with its steps up (`..`) taken, its percent signs decoded, and what it aims at
/// after `#`.
pub(in crate::import) fn beside(file: &str, link: &str) -> String {
    let (path, aim) = link.split_once('#').map_or((link, None), |(path, aim)| (path, Some(aim)));
    let path = decoded(path.split('?').next().unwrap_or(path));
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    steps.extend(path.split('/'));
    let mut taken: Vec<&str> = Vec::with_capacity(steps.len());
    for step in steps {
        match step {
            "" | "." => {}
            // Nothing is above the book.
            ".." => _ = taken.pop(),
            name => taken.push(name),
        }
    }
    let path = if path.is_empty() { file.to_owned() } else { taken.join("/") };
    aim.map_or(path.clone(), |aim| format!("{path}#{}", decoded(aim)))
}

/// `%20` and the like decoded, where that gives characters.
fn decoded(address: &str) -> String {
    if !address.contains('%') {
        return address.to_owned();
    }
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| address.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_up_end_at_the_book() {
        let cases = [
            ("OEBPS/text/a.xhtml", "b.xhtml#n1", "OEBPS/text/b.xhtml#n1"),
            ("OEBPS/text/a.xhtml", "../notes.xhtml", "OEBPS/notes.xhtml"),
            ("OEBPS/a.xhtml", "../../../../etc/passwd", "etc/passwd"),
            ("a.xhtml", "My%20notes.xhtml#n%201", "My notes.xhtml#n 1"),
            ("OEBPS/a.xhtml", "#n1", "OEBPS/a.xhtml#n1"),
            ("OEBPS/a.xhtml", "/b.xhtml", "b.xhtml"),
        ];
        for (file, link, expected) in cases {
            assert_eq!(beside(file, link), expected);
        }
    }
}
