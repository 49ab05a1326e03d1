//! Tasks as the tools answer them, and how well a task fits what a person calls it.

mod fit;
mod task;

pub use fit::{best, content_words, fits};
pub use task::{Bulk, Page, Priority, Task};
