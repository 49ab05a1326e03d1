//! Finds tasks by words.
