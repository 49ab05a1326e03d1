//! What a call would do, so that a person knows what they agree to.

use endpoint::{Problem, json};
use serde_json::{Map, Value};
use task_model::{
    scope,
    types::{TaskKey, TaskRef},
};
use task_tools::get_task;

use super::{Operation, confirmation::Preview};
use crate::server::Person;

impl Operation {
    /// Whether the person has to agree: what it does can't be taken back, or touches many tasks.
    pub(crate) const fn needs_consent(self) -> bool {
        matches!(self, Self::DeleteTask)
    }

    /// Whether it may take so long that a client may want to do something else meanwhile.
    pub(crate) const fn takes_long(self) -> bool {
        false
    }

    /// What it would do with these arguments.
    ///
    /// # Errors
    ///
    /// The arguments are not what the tool takes, or there is nothing to do it to.
    pub(super) async fn preview(
        self,
        person: &Person,
        arguments: &Map<String, Value>,
    ) -> Result<Preview, Problem> {
        delete_one(person, arguments).await
    }
}

/// Deleting one task: which one, and no other version of it than the one that was shown.
async fn delete_one(person: &Person, arguments: &Map<String, Value>) -> Result<Preview, Problem> {
    let TaskRef { id, version } = json::read(Value::Object(arguments.clone()).to_string().as_bytes())?;
    // Whoever may delete need not be allowed to read.
    if scope::require(person, scope::READ).is_err() {
        return Ok(Preview { deed: "delete this task".to_owned(), pinned: Map::new() });
    }
    let task = get_task::get_task(person.0.clone(), TaskKey { id }).await?;
    let mut pinned = Map::new();
    if version.is_none() {
        pinned.insert("version".to_owned(), task.version.into());
    }
    Ok(Preview { deed: format!("delete the task \"{}\"", task.title), pinned })
}
