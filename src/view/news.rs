//! What is told in a line that may be too short for it.

use crate::layout::cells;

/// Columns that the name of a file keeps at least.
const NAME: usize = 24;

/// Words that have no room, with the longest names in them cut in their midst: what happened and what to do about it is told
/// before the whole of a path is.
pub(super) fn with_short_names(words: &str, room: usize) -> String {
    let mut parts: Vec<String> = words.split(' ').map(str::to_owned).collect();
    loop {
        let over = cells::width(&parts.join(" ")).saturating_sub(room);
        let longest = parts.iter_mut().max_by_key(|part| cells::width(part));
        let Some(longest) = longest.filter(|part| over > 0 && cells::width(part) > NAME) else {
            return parts.join(" ");
        };
        let keep = cells::width(longest).saturating_sub(over + 1).max(NAME - 1);
        let start = cells::fit(longest, keep / 2).0.to_owned();
        let mut end = longest.as_str();
        while cells::width(end) > keep - keep / 2 {
            end = &end[end.chars().next().map_or(0, char::len_utf8)..];
        }
        *longest = format!("{start}…{end}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_give_way_before_what_is_said_of_them() {
        let name = format!("{}-end.html", "n".repeat(250));
        let words = format!("not saved: cannot write {name} (name too long); name another file");
        let short = with_short_names(&words, 90);
        assert!(cells::width(&short) <= 90 && short.ends_with("(name too long); name another file"), "{short}");
        assert!(short.contains("…") && short.contains("end.html"), "{short}");
        assert_eq!(with_short_names("short enough", 40), "short enough");
        // Where there is nothing long, nothing is cut.
        assert_eq!(with_short_names("many small words in a row", 10), "many small words in a row");
        let wide = with_short_names(&"党".repeat(40), 30);
        assert!(cells::width(&wide) <= 31, "{wide}");
    }
}
