//! What is said about a task besides its title: priority, labels, notes, repetition.

pub mod labels;
pub mod notes;
pub mod priorities;
pub mod repetition;
