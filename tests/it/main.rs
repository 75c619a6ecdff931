//! The integration tests, one binary: each module looks at one thing a user or a developer relies on.
#![allow(clippy::unwrap_used)]

mod layers;
mod reattach;
