//! What completes an argument that is being typed: the person's own labels and tasks.

use mcp_protocol::{CallError, Completion};
use task_model::types::{OverviewQuery, Task, TaskSearch};
use task_tools::{list_tasks, overview, search_tasks};

use crate::{
    prompts::{self, Kind},
    resources::{self, LABEL, TASK},
    user_context::{UserContext, call_error},
};

/// How many tasks are looked at.
const MAX_VALUES: u32 = 50;

/// Values that could be meant, best first.
pub(crate) async fn complete(
    person: &UserContext,
    completion: &Completion<'_>,
) -> Result<Vec<String>, CallError> {
    match completion {
        Completion::Prompt { name, argument, value, .. } => match prompts::argument_of(name, argument) {
            Some(Kind::Label) => labels(person, value).await,
            Some(Kind::Title) => Ok(tasks(person, value).await?.into_iter().map(|task| task.title).collect()),
            None => Err(CallError::NotFound),
        },
        Completion::Resource { template, argument, value } => match (*template, *argument) {
            (LABEL, "label") => labels(person, value).await,
            (TASK, "id") => ids(person, value).await,
            _ => Err(CallError::NotFound),
        },
    }
}

/// Labels of open tasks that begin so, the most used first.
async fn labels(person: &UserContext, typed: &str) -> Result<Vec<String>, CallError> {
    let overview = overview::show_overview(person.caller.clone(), OverviewQuery { days: None }).await;
    let typed = typed.trim_start_matches('#').to_lowercase();
    let labels = overview.map_err(call_error)?.labels.into_iter().map(|count| count.label);
    Ok(labels.filter(|label| label.starts_with(&typed)).collect())
}

/// Open tasks with words that begin so; the ones due soonest where nothing is typed yet.
async fn tasks(person: &UserContext, typed: &str) -> Result<Vec<Task>, CallError> {
    if !typed.chars().any(char::is_alphanumeric) {
        let query = task_model::types::TaskQuery { limit: Some(MAX_VALUES), ..resources::open() };
        return Ok(list_tasks::list_tasks(person.caller.clone(), query).await.map_err(call_error)?.items);
    }
    let search = TaskSearch { query: typed.to_owned(), status: None, list: None, limit: Some(MAX_VALUES) };
    Ok(search_tasks::search_tasks(person.caller.clone(), search).await.map_err(call_error)?.items)
}

/// Ids that begin so, or of tasks with such words: a person types a title, not an id.
async fn ids(person: &UserContext, typed: &str) -> Result<Vec<String>, CallError> {
    let mut ids: Vec<String> = tasks(person, "").await?.into_iter().map(|task| task.id).collect();
    ids.retain(|id| id.starts_with(&typed.to_lowercase()));
    if ids.is_empty() {
        ids = tasks(person, typed).await?.into_iter().map(|task| task.id).collect();
    }
    Ok(ids)
}
