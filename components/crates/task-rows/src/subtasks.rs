//! What is below a task: the subtasks of it and of its subtasks.

use task_model::types::{SubtaskCounts, Task};

macro_rules! level {
    ($name:expr, $above:expr) => {
        concat!(
            $name,
            " AS MATERIALIZED (
    SELECT tasks.ctid AS place, tasks.id, tasks.version, tasks.completed_at, tasks.due_by FROM todo.tasks
    WHERE tasks.user_id = (SELECT acting.user_id FROM acting) AND tasks.parent_id = ANY (ARRAY(SELECT ",
            $above,
            ".id FROM ",
            $above,
            "))
      AND tasks.deleted_at IS NULL
)"
        )
    };
}

macro_rules! levels {
    ($name:literal, $parents:literal) => {
        concat!(
            level!(concat!($name, "_1"), $parents),
            ",\n",
            level!(concat!($name, "_2"), concat!($name, "_1")),
            ",\n",
            level!(concat!($name, "_3"), concat!($name, "_2")),
            ",\n",
            level!(concat!($name, "_4"), concat!($name, "_3")),
            ",\n",
            $name,
            " AS MATERIALIZED (
    SELECT * FROM ",
            $name,
            "_1 UNION SELECT * FROM ",
            $name,
            "_2 UNION SELECT * FROM ",
            $name,
            "_3 UNION SELECT * FROM ",
            $name,
            "_4
)"
        )
    };
}

macro_rules! upwards {
    ($name:literal, $from:literal) => {
        concat!(
            $name,
            " AS MATERIALIZED (
    SELECT parent.id FROM ",
            $from,
            " CROSS JOIN LATERAL (
        SELECT tasks.parent_id AS id FROM todo.tasks
        WHERE tasks.user_id = (SELECT acting.user_id FROM acting) AND tasks.id = ",
            $from,
            ".id
        OFFSET 0
    ) AS parent
    WHERE parent.id IS NOT NULL
)"
        )
    };
}

/// What is below the tasks of a part `parents`, as the part `below`. A level at a time, of which there are five at most
/// (`todo.check_parent`): PostgreSQL takes a recursion for so expensive that it would compile the statement first. Each level is one
/// look at the index of subtasks by their parents.
pub const BELOW: &str = levels!("below", "parents");

/// The same for a part `moved_parents`, as the part `below_moved`.
pub const BELOW_MOVED: &str = levels!("below_moved", "moved_parents");

/// What is above the tasks of a part `above_1`, they among it, as the part `above`.
pub const ABOVE: &str = concat!(
    upwards!("above_2", "above_1"),
    ",\n",
    upwards!("above_3", "above_2"),
    ",\n",
    upwards!("above_4", "above_3"),
    ",
above AS MATERIALIZED (
    SELECT id FROM above_1 UNION SELECT id FROM above_2 UNION SELECT id FROM above_3 UNION SELECT id FROM above_4
)"
);

/// What a statement does to all that is below a task. It tells the counts of subtasks as they were before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// All are completed.
    Completed,
    /// All are open again.
    Opened,
}

impl Effect {
    /// Makes the counts of a task what they are after the statement.
    pub fn apply(self, task: &mut Task) {
        let Some(SubtaskCounts { open, completed, .. }) = &mut task.subtasks else { return };
        let all = *open + *completed;
        (*open, *completed) = match self {
            Self::Completed => (0, all),
            Self::Opened => (all, 0),
        };
    }
}

/// Says in a task how many below it were changed with it.
pub fn tell_changed(task: &mut Task, changed: i64) {
    if let Some(subtasks) = &mut task.subtasks {
        subtasks.changed = u32::try_from(changed).unwrap_or(u32::MAX);
    }
}
