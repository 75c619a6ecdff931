//! Colours as a terminal has them: what was asked for, or the nearest it can show.

use ratatui::style::Color;

use super::theme::Depth;

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// Those of a [`Depth`].
    Of(Depth),
    /// Any red, green and blue.
    True,
}

impl Colours {
    /// The depth that the built-in themes are made for.
    pub fn depth(self) -> Depth {
        match self {
            Self::Of(depth) => depth,
            Self::True => Depth::Many,
        }
    }
}

/// Red, green, blue.
type Rgb = (u8, u8, u8);

/// The sixteen as most terminals have them, by number.
const SIXTEEN: [(Color, Rgb); 16] = [
    (Color::Black, (0, 0, 0)),
    (Color::Red, (205, 0, 0)),
    (Color::Green, (0, 205, 0)),
    (Color::Yellow, (205, 205, 0)),
    (Color::Blue, (0, 0, 238)),
    (Color::Magenta, (205, 0, 205)),
    (Color::Cyan, (0, 205, 205)),
    (Color::Gray, (229, 229, 229)),
    (Color::DarkGray, (127, 127, 127)),
    (Color::LightRed, (255, 0, 0)),
    (Color::LightGreen, (0, 255, 0)),
    (Color::LightYellow, (255, 255, 0)),
    (Color::LightBlue, (92, 92, 255)),
    (Color::LightMagenta, (255, 0, 255)),
    (Color::LightCyan, (0, 255, 255)),
    (Color::White, (255, 255, 255)),
];

/// The steps of the cube of 256 colours.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// A colour on a terminal that has these.
pub fn fitted(color: Color, colours: Colours) -> Color {
    match (color, colours) {
        (Color::Rgb(r, g, b), Colours::Of(Depth::Many)) => Color::Indexed(nearest_of_256((r, g, b))),
        (Color::Rgb(r, g, b), Colours::Of(Depth::Sixteen)) => nearest_of_16((r, g, b)),
        (Color::Indexed(number), Colours::Of(Depth::Sixteen)) => match SIXTEEN.get(usize::from(number)) {
            Some((color, _)) => *color,
            None => nearest_of_16(rgb_of(number)),
        },
        _ => color,
    }
}

/// What a number above the sixteen stands for: the cube of six steps, then the greys.
fn rgb_of(number: u8) -> Rgb {
    if let Some(grey) = number.checked_sub(232) {
        return (8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey);
    }
    let cube = number.saturating_sub(16);
    let step = |at: u8| STEPS[usize::from(at % 6)];
    (step(cube / 36), step(cube / 6), step(cube))
}

fn nearest_of_256(wanted: Rgb) -> u8 {
    (16..=255).min_by_key(|number| apart(rgb_of(*number), wanted)).unwrap_or(16)
}

fn nearest_of_16(wanted: Rgb) -> Color {
    SIXTEEN.iter().min_by_key(|(_, rgb)| apart(*rgb, wanted)).map_or(Color::Reset, |(color, _)| *color)
}

/// How far apart two colours are to an eye, roughly ("redmean", <https://www.compuphase.com/cmetric.htm>).
fn apart(one: Rgb, other: Rgb) -> i32 {
    let mean = i32::midpoint(i32::from(one.0), i32::from(other.0));
    let by = |a: u8, b: u8| i32::from(a) - i32::from(b);
    let (r, g, b) = (by(one.0, other.0), by(one.1, other.1), by(one.2, other.2));
    (((512 + mean) * r * r) >> 8) + 4 * g * g + (((767 - mean) * b * b) >> 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_has_not_is_the_nearest_it_has() {
        let many = Colours::Of(Depth::Many);
        for number in 16..=255 {
            let (r, g, b) = rgb_of(number);
            let Color::Indexed(near) = fitted(Color::Rgb(r, g, b), many) else { panic!() };
            assert_eq!(rgb_of(near), (r, g, b));
        }
        let sixteen = Colours::Of(Depth::Sixteen);
        assert_eq!(fitted(Color::Rgb(250, 10, 10), sixteen), Color::LightRed);
        assert_eq!(fitted(Color::Indexed(3), sixteen), Color::Yellow);
        assert_eq!(fitted(Color::Indexed(231), sixteen), Color::White);
        assert_eq!(fitted(Color::Rgb(1, 2, 3), Colours::True), Color::Rgb(1, 2, 3));
        assert_eq!(fitted(Color::Reset, sixteen), Color::Reset);
    }
}
