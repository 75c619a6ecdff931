//! The wire: how a session is spoken to, and how it says what it shows, over a Unix socket of its user.
//!
//! [`message`] is what can be said, one line of JSON each, and is all of this layer that a session knows. [`folder`] is
//! where the sockets are, [`listen`] the session's end, one thread that never waits for anybody, [`client`] the other
//! one. Nothing here listens on a network address.

pub(crate) mod client;
pub(crate) mod folder;
pub(crate) mod listen;
pub mod message;

mod connection;
