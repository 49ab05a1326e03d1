//! The tasks extension (SEP-2663): calls that go on after they are answered.
//!
//! A task is a row. Whoever works on it holds it for a while and says so again and again; when that process is gone,
//! whoever looks at the task next goes on with it. A task that asks its client is held by nobody: the answers bring it back
//! to work.

mod handlers;
mod worker;

pub(super) use handlers::{cancel, create, get, update};

use rmcp::model::TaskStatus;
use serde_json::{Value, json, value::RawValue};

use crate::server::{TaskRecord, TaskState};

/// How long a task is kept: an hour.
const TTL_MS: u64 = 3_600_000;

/// How often a client should look.
const POLL_INTERVAL_MS: u64 = 500;

/// What tells how a task stands, without what comes of it.
fn summary(task: &TaskRecord) -> Value {
    json!({
        "taskId": task.id,
        "status": status(&task.state),
        "createdAt": task.created_at,
        "lastUpdatedAt": task.updated_at,
        "ttlMs": task.ttl_ms,
        "pollIntervalMs": POLL_INTERVAL_MS,
    })
}

/// What tells how a task stands, and what comes of it.
pub(super) fn detailed(task: &TaskRecord) -> Value {
    let mut detailed = summary(task);
    let parsed = |json: &str| {
        serde_json::from_str::<Box<RawValue>>(json).and_then(serde_json::to_value).unwrap_or_default()
    };
    let more = match &task.state {
        TaskState::Working | TaskState::Cancelled => None,
        TaskState::InputRequired(requests) => Some(("inputRequests", json!(requests))),
        TaskState::Completed(result) => Some(("result", parsed(result))),
        TaskState::Failed(error) => Some(("error", parsed(error))),
    };
    if let (Some((name, value)), Some(members)) = (more, detailed.as_object_mut()) {
        members.insert(name.to_owned(), value);
    }
    detailed
}

const fn status(state: &TaskState) -> TaskStatus {
    match state {
        TaskState::Working => TaskStatus::Working,
        TaskState::InputRequired(_) => TaskStatus::InputRequired,
        TaskState::Completed(_) => TaskStatus::Completed,
        TaskState::Failed(_) => TaskStatus::Failed,
        TaskState::Cancelled => TaskStatus::Cancelled,
    }
}
