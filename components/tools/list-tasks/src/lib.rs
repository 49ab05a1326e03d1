//! Lists tasks.
