//! The terminal: its modes, the event loop, the workers, and the performing of effects.
