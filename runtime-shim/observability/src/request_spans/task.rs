//! Which call of a component's part something belongs to.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Tells guest tasks apart. What the engine has for it is opaque, and this knows no engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskId(u64);

impl TaskId {
    /// The id of a task that the engine calls `task`.
    pub fn new(task: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        task.hash(&mut hasher);
        Self(hasher.finish())
    }
}
