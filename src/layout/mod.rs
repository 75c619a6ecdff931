//! A text at a width: rows, lazily, and the way between rows and places.
