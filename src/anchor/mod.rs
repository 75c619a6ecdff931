//! How a place in a text is named, and found again after the text has changed.
