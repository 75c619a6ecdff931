//! What the pictures have in common: how an SVG begins that needs nothing but itself and says in words what it shows.

use super::html::escaped;

/// The opening of a picture `width` by `height` pixels, with its title, what it shows in words, its style, and the ground.
pub(super) fn opening((width, height): (usize, usize), title: &str, in_words: &str, style: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{}</title>\n\
         <desc id=\"desc\">{}</desc>\n<style>{style}</style>\n\
         <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n",
        escaped(title),
        escaped(in_words)
    )
}
