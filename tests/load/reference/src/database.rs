//! The tools' own statements, run by sqlx.

use std::borrow::Cow;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use list_tasks::filters::Filters;
use list_tasks::order::Order;
use sqlx::postgres::PgRow;
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, Row};
use task_model::types::{NewTask, Priority, SortDirection, Task, TaskPage, TaskSort, TaskStatus};
use task_model::words::{Weight, fold, vector};
use task_model::{id, instant, labels, notes, priority, title};

use crate::State;

const INSERT: &str = include_str!("../../../../components/tools/add-task/src/insert_task.sql");

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no valid token")]
    Unauthorized,
    #[error("the input is not valid")]
    Invalid,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, self.to_string()).into_response()
    }
}

/// The statement of a list in its default order, as the tool puts it together.
pub fn page_statement() -> Cow<'static, str> {
    let default = Order { status: TaskStatus::All, sort: TaskSort::Due, direction: SortDirection::Ascending };
    default.statement(Filters::Absent)
}

impl State {
    /// The first page of a user's tasks.
    pub async fn list(&self, user: &str, limit: u32) -> Result<TaskPage, Error> {
        static STATEMENT: std::sync::LazyLock<Cow<'static, str>> = std::sync::LazyLock::new(page_statement);
        let rows = sqlx::query(AssertSqlSafe(STATEMENT.as_ref()))
            .bind(user)
            .bind(i64::from(limit) + 1)
            .bind("-infinity")
            .bind(Uuid::nil())
            .fetch_all(&self.pool)
            .await?;
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
        let row = sqlx::query(INSERT)
            .bind(user)
            .bind(id::new_id(now))
            .bind(&title)
            .bind(fold(&title))
            .bind(&notes)
            .bind(None::<String>)
            .bind(None::<String>)
            .bind(None::<i32>)
            .bind(None::<String>)
            .bind("infinity")
            .bind(priority::rank(new.priority.unwrap_or(Priority::Normal)))
            .bind(&labels)
            .bind(instant::text(now))
            .bind(None::<String>)
            .bind(None::<Vec<u8>>)
            .bind("reference")
            .bind(vector(&title, Weight::Title))
            .bind(vector(&labels.join(" "), Weight::Labels))
            .bind(vector(notes.as_deref().unwrap_or_default(), Weight::Notes))
            .fetch_one(&self.pool)
            .await?;
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
        priority: priority::of_rank(row.try_get("priority")?).unwrap_or(Priority::Normal),
        labels: row.try_get("labels")?,
        completed_at: row.try_get::<Option<i64>, _>("completed_at")?.map(written),
        version: row.try_get::<i64, _>("version")?.unsigned_abs(),
        created_at: row.try_get("created_at").map(written)?,
        updated_at: row.try_get("updated_at").map(written)?,
    })
}
