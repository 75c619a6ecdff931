//! A line that is being typed: the part of it that fits, with the cursor in it.

use tui_input::Input;

use crate::layout::cells;

/// What is shown of a line in `room` columns, and the column of the cursor in that. The end of a long line is where one
/// writes: it is scrolled as far as the cursor needs.
pub(super) fn typed(input: &Input, room: u16) -> (String, u16) {
    let room = usize::from(room.max(1));
    let byte = |at: usize| input.value().char_indices().nth(at).map_or(input.value().len(), |(byte, _)| byte);
    let cursor = byte(input.cursor());
    let mut first = 0;
    // The cursor needs a column of its own.
    while cells::width(&input.value()[first..cursor]) >= room
        && let Some(c) = input.value()[first..cursor].chars().next()
    {
        first += c.len_utf8();
    }
    let shown = cells::fit(&input.value()[first..], room).0.to_owned();
    (shown, cells::width(&input.value()[first..cursor]) as u16)
}

#[cfg(test)]
mod tests {
    use tui_input::Input;

    use super::typed;

    #[test]
    fn the_cursor_is_always_in_sight() {
        let of = |value: &str, cursor: usize, room: u16| typed(&Input::new(value.to_owned()).with_cursor(cursor), room);
        assert_eq!(of("short", 5, 10), ("short".to_owned(), 5));
        assert_eq!(of("a long line", 11, 6), (" line".to_owned(), 5));
        assert_eq!(of("a long line", 0, 6), ("a long".to_owned(), 0));
        assert_eq!(of("党の中央委員会", 7, 6), ("員会".to_owned(), 4));
        assert_eq!(of("ab", 2, 0), (String::new(), 0));
    }
}
