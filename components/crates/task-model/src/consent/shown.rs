//! What a question showed, and how a call is held to it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::types::BulkOutcome;

/// The member of an input by which a call says which version of a task it means.
const VERSION: &str = "version";
/// The member of an input that makes a call only say what it would do.
const DRY_RUN: &str = "dry_run";
/// Members of an input that say nothing about what a task becomes.
pub(super) const NAMING: [&str; 3] = ["id", VERSION, "confirm"];

/// What a question about many tasks showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// How many tasks one call changes.
    pub count: u64,
    /// How many more match, and are left to further calls.
    pub remaining: u64,
    /// The first of them, as they were.
    pub tasks: Vec<ShownTask>,
}

/// A task as a question showed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTask {
    /// Its id.
    pub id: String,
    /// Its version at that time.
    pub version: u64,
}

impl Shown {
    /// What a dry run shows; nothing where it would change nothing.
    #[must_use]
    pub fn from_dry_run(dry_run: &BulkOutcome) -> Option<Self> {
        let task = |task: &crate::types::Task| ShownTask { id: task.id.clone(), version: task.version };
        (dry_run.count > 0).then(|| Self {
            count: dry_run.count.into(),
            remaining: dry_run.remaining.into(),
            tasks: dry_run.tasks.iter().map(task).collect(),
        })
    }

    /// Whether a call that would now do this does no more than what was shown: no more tasks, and the tasks that
    /// were named as they were then. That some are gone meanwhile is no reason to ask again.
    #[must_use]
    pub fn covers(&self, dry_run: &BulkOutcome) -> bool {
        let matching = u64::from(dry_run.count) + u64::from(dry_run.remaining);
        let unchanged = |task: &crate::types::Task| {
            self.tasks.iter().all(|shown| shown.id != task.id || shown.version == task.version)
        };
        matching <= self.count + self.remaining && dry_run.tasks.iter().all(unchanged)
    }
}

/// Holds a call to the version of a task that was shown.
pub fn pin_version(arguments: &mut Map<String, Value>, version: u64) {
    arguments.insert(VERSION.to_owned(), version.into());
}

/// Holds a call to the tasks that a dry run found, where it named them all. Where it did not, what was [`Shown`] has to be
/// compared once more before the call is made.
pub fn pin_ids(arguments: &mut Map<String, Value>, dry_run: &BulkOutcome) {
    if dry_run.remaining > 0 || usize::try_from(dry_run.count) != Ok(dry_run.ids.len()) {
        return;
    }
    let mut filter = arguments.get("filter").and_then(Value::as_object).cloned().unwrap_or_default();
    filter.insert("ids".to_owned(), dry_run.ids.clone().into());
    arguments.insert("filter".to_owned(), filter.into());
}

/// Whether a call changes nothing since it only asks what it would change.
#[must_use]
pub fn is_dry_run(arguments: &Map<String, Value>) -> bool {
    arguments.get(DRY_RUN) == Some(&Value::Bool(true))
}

/// Whether an input names a task and nothing that it becomes.
#[must_use]
pub fn says_only_which(arguments: &Map<String, Value>) -> bool {
    arguments.keys().all(|name| NAMING.contains(&name.as_str()))
}
