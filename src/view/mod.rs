//! Drawing: the state of the session onto a buffer of cells.
