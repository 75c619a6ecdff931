//! Comparisons, coverage, links and passages as text and JSON. Writes to a writer, opens no file.
