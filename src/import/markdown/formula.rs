//! Where a formula between dollar signs ends, by the rules of the parser: no white space within at its ends, braces that
//! match, and no dollar sign in it.

/// How long the formula is that begins `rest`, with its dollar signs; nothing where none begins there.
pub(in crate::import) fn length(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('$')?;
    if let Some(display) = body.strip_prefix('$') {
        let end = end_of(display, "$$")?;
        return (end > 0).then_some(end + 4);
    }
    let end = end_of(body, "$")?;
    let inner = &body[..end];
    let tight = !inner.is_empty() && !inner.starts_with([' ', '\t', '\n']) && !inner.ends_with([' ', '\t', '\n']);
    (tight && !body[end + 1..].starts_with('$')).then_some(end + 2)
}

/// Where `sign` comes with all braces closed, and not after a blank line.
fn end_of(inner: &str, sign: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let (mut at, mut depth) = (0, 0i32);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            b'$' => return (depth == 0 && inner[at..].starts_with(sign)).then_some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_no_formulas() {
        let cases = [
            ("$a_1 * b$ c", Some(9)),
            ("$$\na\n$$", Some(7)),
            ("$5 and $6", None),
            ("$x {$ y}", None),
            ("$$", None),
            ("$\\$$", Some(4)),
            ("$a\n\nb$", None),
        ];
        for (source, expected) in cases {
            assert_eq!(length(source), expected, "{source}");
        }
    }
}
