//! A person's tasks as resources.
//!
//! | URI | what |
//! |---|---|
//! | `todo://agenda/today` | where they stand today, as Markdown |
//! | `todo://tasks/{id}` | a task, as JSON |
//! | `todo://labels/{label}` | the open tasks with a label, as JSON |

pub(crate) mod agenda;

use mcp_protocol::{
    CachePolicy, CallError, Page, ReadResult,
    model::{Resource, ResourceContents, ResourceTemplate},
};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use task_model::types::{OverviewQuery, Task, TaskKey, TaskQuery, TaskStatus};
use task_tools::{get_task, list_tasks, overview};

use crate::user_context::{UserContext, call_error, internal};

/// Where somebody stands today.
pub(crate) const AGENDA: &str = "todo://agenda/today";
/// The shape of a task's URI.
pub(crate) const TASK: &str = "todo://tasks/{id}";
/// The shape of a label's URI.
pub(crate) const LABEL: &str = "todo://labels/{label}";

const TASKS: &str = "todo://tasks/";
const LABELS: &str = "todo://labels/";

/// How many tasks one page of resources has.
const PAGE_SIZE: u32 = 50;

/// Tasks change at any moment, so they are read anew each time, unless a client listens for changes.
const CACHED: CachePolicy = CachePolicy::private(0);

/// The URI of a task.
pub(crate) fn uri_of(id: &str) -> String {
    format!("{TASKS}{id}")
}

/// The shapes of URIs that can be read.
pub(crate) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(TASK, "task")
            .with_title("A task")
            .with_description("One task with all its fields, as JSON.")
            .with_mime_type("application/json"),
        ResourceTemplate::new(LABEL, "label")
            .with_title("Tasks with a label")
            .with_description("The open tasks that have this label, soonest due first, as JSON.")
            .with_mime_type("application/json"),
    ]
}

/// The agenda, then the open tasks, soonest due first.
pub(crate) async fn list(person: &UserContext, cursor: Option<&str>) -> Result<Page<Resource>, CallError> {
    let query = TaskQuery { limit: Some(PAGE_SIZE), cursor: cursor.map(str::to_owned), ..open() };
    let page = list_tasks::list_tasks(person.caller.clone(), query).await.map_err(call_error)?;
    let first = cursor.is_none().then(agenda_entry);
    Ok(Page {
        items: first.into_iter().chain(page.items.iter().map(entry)).collect(),
        next_cursor: page.next_cursor,
    })
}

fn agenda_entry() -> Resource {
    Resource::new(AGENDA, "agenda")
        .with_title("Today")
        .with_description("What is overdue, due today and coming up, as text.")
        .with_mime_type("text/markdown")
}

fn entry(task: &Task) -> Resource {
    let due = task.due.as_deref().map(|due| format!(", due {due}")).unwrap_or_default();
    Resource::new(uri_of(&task.id), &task.title)
        .with_title(&task.title)
        .with_description(format!("An open task{due}."))
        .with_mime_type("application/json")
}

/// Reads a resource.
pub(crate) async fn read(person: &UserContext, uri: &str) -> Result<ReadResult, CallError> {
    let contents = if uri == AGENDA {
        ResourceContents::text(today(person).await?, uri).with_mime_type("text/markdown")
    } else if let Some(id) = uri.strip_prefix(TASKS) {
        json(&task(person, id).await?, uri, person)?
    } else if let Some(label) = uri.strip_prefix(LABELS) {
        let label = percent_decode_str(label).decode_utf8().map_err(|_| CallError::NotFound)?;
        json(&labelled(person, &label).await?, uri, person)?
    } else {
        return Err(CallError::NotFound);
    };
    Ok(ReadResult { contents: vec![contents], cached: CACHED })
}

/// Where somebody stands today, as Markdown.
pub(crate) async fn today(person: &UserContext) -> Result<String, CallError> {
    let overview = overview::show_overview(person.caller.clone(), OverviewQuery { days: None }).await;
    overview.map(|overview| agenda::markdown(&overview)).map_err(call_error)
}

async fn task(person: &UserContext, id: &str) -> Result<Task, CallError> {
    let task = get_task::get_task(person.caller.clone(), TaskKey { id: id.to_owned() }).await;
    task.map_err(|error| match call_error(error) {
        // What is no id names nothing.
        CallError::InvalidParams(_) => CallError::NotFound,
        error => error,
    })
}

async fn labelled(person: &UserContext, label: &str) -> Result<Vec<Task>, CallError> {
    let query = TaskQuery { label: Some(label.to_owned()), limit: Some(100), ..open() };
    let page = list_tasks::list_tasks(person.caller.clone(), query).await.map_err(call_error)?;
    Ok(page.items)
}

/// Open tasks, soonest due first.
pub(crate) fn open() -> TaskQuery {
    TaskQuery {
        status: Some(TaskStatus::Open),
        due_after: None,
        due_before: None,
        overdue: None,
        label: None,
        list: None,
        priority: None,
        text: None,
        query: None,
        parent_id: None,
        sort: None,
        direction: None,
        limit: None,
        cursor: None,
    }
}

pub(crate) fn uri_of_label(label: &str) -> String {
    format!("{LABELS}{}", utf8_percent_encode(label, NON_ALPHANUMERIC))
}

fn json(value: &impl Serialize, uri: &str, person: &UserContext) -> Result<ResourceContents, CallError> {
    let text = serde_json::to_string(value).map_err(|_| CallError::Internal(internal(&person.request_id)))?;
    Ok(ResourceContents::text(text, uri).with_mime_type("application/json"))
}
