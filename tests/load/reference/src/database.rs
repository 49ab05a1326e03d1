//! The tools' own statements, run by sqlx.

use std::sync::LazyLock;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use list_tasks::filters::Filters;
use list_tasks::order::Order;
use serde_json::json;
use sql_template::Template;
use sqlx::postgres::PgRow;
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, Row};
use task_model::search_terms::{Weight, fold, vector};
use task_model::types::{NewTask, Priority, SortDirection, Task, TaskPage, TaskSort, TaskStatus};
use task_model::{id, instant, labels, notes, priority, title};

use crate::State;

const INSERT: Template = sql_template::template!(
    include_str!("../../../../components/crates/task-addition/src/insert_task.sql"),
    task_columns: task_rows::TASK_COLUMNS,
);

/// The statement of a list in its default order, as the tool puts it together: as PostgreSQL takes it, and the names of its
/// parameters behind the user.
static PAGE: LazyLock<(String, Vec<&'static str>)> = LazyLock::new(|| {
    let default = Order { status: TaskStatus::All, sort: TaskSort::Due, direction: SortDirection::Ascending };
    let statement = default.statement(Filters::Absent);
    (statement.sql.clone().into_owned(), statement.names())
});

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no valid token")]
    Unauthorized,
    #[error("the input is not valid")]
    Invalid,
    #[error("the statement has a parameter {0}, which this reference gives no value: add it in database.rs")]
    Parameter(&'static str),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Parameter(_) | Self::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, self.to_string()).into_response()
    }
}

/// The statements, for a reference in another language: what PostgreSQL takes, and the names of its parameters in the order of
/// their numbers.
pub fn statements() -> serde_json::Value {
    let (page, names) = &*PAGE;
    let names: Vec<&str> = ["user_id"].into_iter().chain(names.iter().copied()).collect();
    json!({
        "insert": { "sql": INSERT.sql(), "parameters": INSERT.names().as_slice() },
        "page": { "sql": page, "parameters": names },
    })
}

impl State {
    /// The first page of a user's tasks.
    pub async fn list(&self, user: &str, limit: u32) -> Result<TaskPage, Error> {
        let (sql, names) = &*PAGE;
        let mut query = sqlx::query(AssertSqlSafe(sql.as_str())).bind(user);
        for name in names {
            query = match *name {
                "limit" => query.bind(i64::from(limit) + 1),
                "after_due_by" => query.bind("-infinity"),
                "after_id" => query.bind(Uuid::nil()),
                name => return Err(Error::Parameter(name)),
            };
        }
        let rows = query.fetch_all(&self.pool).await?;
        let more = rows.len() > limit as usize;
        let items: Vec<Task> = rows.iter().take(limit as usize).map(task).collect::<Result<_, _>>()?;
        let next_cursor = items.last().filter(|_| more).map(|last| last.id.clone());
        Ok(TaskPage { items, next_cursor })
    }

    /// Adds a task.
    pub async fn add(&self, user: &str, new: NewTask) -> Result<Task, Error> {
        let now = Timestamp::now();
        let title = title::title(&new.title).map_err(|_| Error::Invalid)?;
        let notes = new.notes.as_deref().map(notes::notes).transpose().map_err(|_| Error::Invalid)?.flatten();
        let mut violations = task_model::Violations::none();
        let labels = labels::labels(new.labels.as_deref().unwrap_or_default(), &mut violations);
        violations.finish().map_err(|_| Error::Invalid)?;
        let mut query = sqlx::query(INSERT.sql());
        for name in INSERT.names().as_slice() {
            query = match *name {
                "user_id" => query.bind(user),
                "id" => query.bind(id::new_id(now)),
                "title" => query.bind(&title),
                "title_key" => query.bind(fold(&title)),
                "notes" => query.bind(&notes),
                "due_by" => query.bind("infinity"),
                "due_offset" => query.bind(None::<i32>),
                "due_on" | "due_at" | "time_zone" | "idempotency_key" | "recurrence" => {
                    query.bind(None::<String>)
                }
                "list_id" | "parent_id" => query.bind(None::<Uuid>),
                "fingerprint" => query.bind(None::<Vec<u8>>),
                "priority" => query.bind(priority::rank(new.priority.unwrap_or(Priority::Normal))),
                "labels" => query.bind(&labels),
                "now" => query.bind(instant::text(now)),
                "request_id" => query.bind("reference"),
                "title_words" => query.bind(vector(&title, Weight::Title)),
                "label_words" => query.bind(vector(&labels.join(" "), Weight::Labels)),
                "notes_words" => query.bind(vector(notes.as_deref().unwrap_or_default(), Weight::Notes)),
                name => return Err(Error::Parameter(name)),
            };
        }
        let row = query.fetch_one(&self.pool).await?;
        Ok(task(&row)?)
    }
}

fn task(row: &PgRow) -> Result<Task, sqlx::Error> {
    let written = |microseconds: i64| instant::text(instant::at(microseconds));
    Ok(Task {
        id: row.try_get::<Uuid, _>("id")?.to_string(),
        title: row.try_get("title")?,
        notes: row.try_get("notes")?,
        due: match row.try_get::<Option<i64>, _>("due_at")? {
            Some(at) => Some(task_model::due::written(instant::at(at), row.try_get("due_offset")?)),
            None => None,
        },
        time_zone: row.try_get("time_zone")?,
        priority: priority::from_rank(row.try_get("priority")?).unwrap_or(Priority::Normal),
        labels: row.try_get("labels")?,
        list_id: row.try_get::<Option<Uuid>, _>("list_id")?.map(|id| id.to_string()),
        list: row.try_get("list")?,
        // The benchmark's tasks neither repeat nor have subtasks.
        recurrence: None,
        parent_id: None,
        subtasks: None,
        completed_at: row.try_get::<Option<i64>, _>("completed_at")?.map(written),
        version: row.try_get::<i64, _>("version")?.unsigned_abs(),
        created_at: row.try_get("created_at").map(written)?,
        updated_at: row.try_get("updated_at").map(written)?,
    })
}
