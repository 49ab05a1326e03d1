//! What a call would do, so that a person knows what they agree to.

use endpoint::{Problem, json};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use task_model::{
    consent::{Shown, deed_with_many, pin_ids, pin_version, quoted},
    scope,
    types::{BulkOutcome, TaskKey, TaskRef, TaskSelection},
};
use task_tools::{complete_tasks, delete_tasks, get_task};

use super::{Operation, confirmation::Preview};
use crate::person::Person;

impl Operation {
    /// Whether the person has to agree: what it does can't be taken back, or touches many tasks.
    pub(crate) const fn needs_consent(self) -> bool {
        matches!(self, Self::DeleteTask | Self::DeleteTasks | Self::CompleteTasks)
    }

    /// Whether it may take so long that a client may want to do something else meanwhile.
    pub(crate) const fn takes_long(self) -> bool {
        matches!(self, Self::ExportTasks | Self::DeleteTasks | Self::CompleteTasks)
    }

    /// What it would do with these arguments; `None` where that is nothing.
    ///
    /// # Errors
    ///
    /// The arguments are not what the tool takes, or there is nothing to do it to.
    pub(super) async fn preview(
        self,
        person: &Person,
        arguments: &Map<String, Value>,
    ) -> Result<Option<Preview>, Problem> {
        match self {
            Self::DeleteTask => delete_one(person, read(arguments)?).await.map(Some),
            Self::DeleteTasks | Self::CompleteTasks => {
                Ok(self.try_out(person, arguments).await?.and_then(|dry_run| self.many(&dry_run, arguments)))
            }
            _ => Ok(None),
        }
    }

    /// What a change of many would do now; `None` for an operation that is none.
    ///
    /// # Errors
    ///
    /// The arguments are not what the tool takes.
    pub(super) async fn try_out(
        self,
        person: &Person,
        arguments: &Map<String, Value>,
    ) -> Result<Option<BulkOutcome>, Problem> {
        let selection = || Ok::<_, Problem>(TaskSelection { dry_run: Some(true), ..read(arguments)? });
        Ok(match self {
            Self::DeleteTasks => Some(delete_tasks::delete_tasks(person.caller.clone(), selection()?).await?),
            Self::CompleteTasks => {
                Some(complete_tasks::complete_tasks(person.caller.clone(), selection()?).await?)
            }
            _ => None,
        })
    }

    /// Changing many tasks: how many, the first of them, and, as far as they can all be named, no others.
    fn many(self, dry_run: &BulkOutcome, arguments: &Map<String, Value>) -> Option<Preview> {
        let shown = Shown::from_dry_run(dry_run)?;
        let mut pinned = arguments.clone();
        pin_ids(&mut pinned, dry_run);
        let verb = if self == Self::DeleteTasks { "delete" } else { "complete" };
        Some(Preview { deed: deed_with_many(verb, dry_run), pinned, shown: Some(shown) })
    }
}

/// Strictly, as the tool's own input is read, so that nobody is asked about what would be refused.
fn read<T: DeserializeOwned>(arguments: &Map<String, Value>) -> Result<T, Problem> {
    json::read(Value::Object(arguments.clone()).to_string().as_bytes())
}

/// Deleting one task: which one, and no other version of it than the one that was shown.
async fn delete_one(person: &Person, TaskRef { id, version }: TaskRef) -> Result<Preview, Problem> {
    let mut pinned = Map::new();
    pinned.insert("id".to_owned(), id.clone().into());
    pinned.extend(version.map(|version| ("version".to_owned(), version.into())));
    // Whoever may delete need not be allowed to read.
    if scope::require(person, scope::READ).is_err() {
        return Ok(Preview { deed: "delete this task".to_owned(), pinned, shown: None });
    }
    let task = get_task::get_task(person.caller.clone(), TaskKey { id }).await?;
    if version.is_none() {
        pin_version(&mut pinned, task.version);
    }
    Ok(Preview { deed: format!("delete the task {}", quoted(&task.title)), pinned, shown: None })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use task_model::types::{Priority, Task};

    use super::*;

    fn outcome(count: u32, titles: &[&str]) -> BulkOutcome {
        let task = |title: &&str| Task {
            id: title.to_string(),
            title: title.to_string(),
            notes: None,
            due: None,
            time_zone: None,
            priority: Priority::Normal,
            labels: Vec::new(),
            completed_at: None,
            version: 1,
            created_at: String::new(),
            updated_at: String::new(),
        };
        let ids = titles.iter().map(ToString::to_string).collect();
        BulkOutcome { dry_run: true, count, remaining: 0, ids, tasks: titles.iter().map(task).collect() }
    }

    #[test]
    fn many_tasks_are_counted_and_the_first_are_named() {
        let arguments = json!({"filter": {"label": "x"}});
        let arguments = arguments.as_object().unwrap();
        let few = Operation::DeleteTasks.many(&outcome(2, &["a", "b"]), arguments).unwrap();
        assert_eq!(few.deed, "delete 2 tasks: “a” and “b”");
        assert_eq!(Value::Object(few.pinned), json!({"filter": {"label": "x", "ids": ["a", "b"]}}));
        // Not all can be named, so the filter stays what it is, and the count is compared before it is done.
        let more = Operation::CompleteTasks.many(&outcome(7, &["a", "b"]), arguments).unwrap();
        assert_eq!(more.deed, "complete 7 tasks: “a”, “b” and 5 more");
        assert_eq!(Value::Object(more.pinned), json!({"filter": {"label": "x"}}));
        assert_eq!(more.shown.unwrap().count, 7);
        assert!(Operation::DeleteTasks.many(&outcome(0, &[]), arguments).is_none());
    }
}
