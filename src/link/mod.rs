//! Counterparts: for a passage of one text, the passages of the other on the same point, with reasons.
