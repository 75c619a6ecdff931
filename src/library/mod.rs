//! The disk: finding and loading texts, keeping what the reader makes.
