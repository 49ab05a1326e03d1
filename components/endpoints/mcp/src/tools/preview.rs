//! What a call would do, so that a person knows what they agree to.

use endpoint::{Problem, json};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use task_model::{
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
            Self::DeleteTasks => {
                let selection = TaskSelection { dry_run: Some(true), ..read(arguments)? };
                let outcome = delete_tasks::delete_tasks(person.caller.clone(), selection).await?;
                Ok(many("delete", &outcome, arguments))
            }
            Self::CompleteTasks => {
                let selection = TaskSelection { dry_run: Some(true), ..read(arguments)? };
                let outcome = complete_tasks::complete_tasks(person.caller.clone(), selection).await?;
                Ok(many("complete", &outcome, arguments))
            }
            _ => Ok(None),
        }
    }
}

/// Strictly, as the tool's own input is read, so that nobody is asked about what would be refused.
fn read<T: DeserializeOwned>(arguments: &Map<String, Value>) -> Result<T, Problem> {
    json::read(Value::Object(arguments.clone()).to_string().as_bytes())
}

/// Deleting one task: which one, and no other version of it than the one that was shown.
async fn delete_one(person: &Person, TaskRef { id, version }: TaskRef) -> Result<Preview, Problem> {
    // Whoever may delete need not be allowed to read.
    if scope::require(person, scope::READ).is_err() {
        return Ok(Preview { deed: "delete this task".to_owned(), pinned: Map::new() });
    }
    let task = get_task::get_task(person.caller.clone(), TaskKey { id }).await?;
    let mut pinned = Map::new();
    if version.is_none() {
        pinned.insert("version".to_owned(), task.version.into());
    }
    Ok(Preview { deed: format!("delete the task \"{}\"", task.title), pinned })
}

/// Changing many tasks: how many, the first of them, and, as far as they can all be named, no others.
fn many(verb: &str, outcome: &BulkOutcome, arguments: &Map<String, Value>) -> Option<Preview> {
    let mut named: Vec<String> = outcome.tasks.iter().map(|task| format!("\"{}\"", task.title)).collect();
    let more = u64::from(outcome.count).saturating_sub(named.len() as u64);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    let tasks = match outcome.count {
        0 => return None,
        1 => "1 task".to_owned(),
        count => format!("{count} tasks"),
    };
    let mut pinned = Map::new();
    let mut filter = arguments.get("filter").and_then(Value::as_object).cloned().unwrap_or_default();
    if usize::try_from(outcome.count) == Ok(outcome.ids.len()) {
        filter.insert("ids".to_owned(), outcome.ids.clone().into());
        pinned.insert("filter".to_owned(), filter.into());
    }
    Some(Preview { deed: format!("{verb} {tasks}: {}", named.join(", ")), pinned })
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
        let few = many("delete", &outcome(2, &["a", "b"]), arguments).unwrap();
        assert_eq!(few.deed, "delete 2 tasks: \"a\", \"b\"");
        assert_eq!(Value::Object(few.pinned), json!({"filter": {"label": "x", "ids": ["a", "b"]}}));
        // Not all can be named, so the filter stays what it is.
        let more = many("complete", &outcome(7, &["a", "b"]), arguments).unwrap();
        assert_eq!(more.deed, "complete 7 tasks: \"a\", \"b\", 5 more");
        assert!(more.pinned.is_empty());
        assert!(many("delete", &outcome(0, &[]), arguments).is_none());
    }
}
