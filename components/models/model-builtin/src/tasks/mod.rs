//! Tasks as the tools answer them, and how well a task fits what a person calls it.

mod list;
mod similarity;
mod task;

pub use list::{NamedList, TaskList, list_named};
pub use similarity::{Matches, among, best_matches, content_words, head_words, is_exactly, is_like};
pub use task::{Bulk, Page, Priority, Task};
