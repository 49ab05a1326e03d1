//! Checks who is calling.
