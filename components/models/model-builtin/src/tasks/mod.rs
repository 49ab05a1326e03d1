//! Tasks as the tools answer them, and how well a task fits what a person calls it.

mod similarity;
mod task;

pub use similarity::{Matches, among, best_matches, content_words, is_exactly};
pub use task::{Bulk, Page, Priority, Task};
