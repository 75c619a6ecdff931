//! Bytes to a text: decoding, formats, repair. Content never makes it fail; what was odd becomes a warning.
