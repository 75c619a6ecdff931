//! The state of a reading session, the commands that change it, and the keys that call them.
