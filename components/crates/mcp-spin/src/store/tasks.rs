//! Tasks.

use std::collections::BTreeMap;

use mcp_protocol::{StoreError, TaskRecord, TaskState, TaskStep, TaskWork};
use serde_json::Value;
use user_database::{DecodeError, Parameter, Row, Statement, optional};
use uuid::Uuid;

use super::{PostgresStore, jsonb, seconds, text, uuid};

const TABLE: &str = "todo.mcp_tasks";
const CREATE: Statement = Statement::new("create_mcp_task", TABLE, include_str!("create_mcp_task.sql"));
const TASK: Statement = Statement::new("read_mcp_task", TABLE, include_str!("read_mcp_task.sql"));
const LEASE: Statement = Statement::new("lease_mcp_task", TABLE, include_str!("lease_mcp_task.sql"));
const RENEW: Statement =
    Statement::new("renew_mcp_task_lease", TABLE, include_str!("renew_mcp_task_lease.sql"));
const FINISH: Statement =
    Statement::new("finish_mcp_task_round", TABLE, include_str!("finish_mcp_task_round.sql"));
const UPDATE: Statement = Statement::new("update_mcp_task", TABLE, include_str!("update_mcp_task.sql"));
const CANCEL: Statement = Statement::new("cancel_mcp_task", TABLE, include_str!("cancel_mcp_task.sql"));

impl PostgresStore {
    pub(super) async fn create_task(
        &self,
        task: Uuid,
        work: &TaskWork,
        ttl_ms: u64,
        worker: Uuid,
        time: u32,
    ) -> Result<TaskRecord, StoreError> {
        let parameters = vec![
            uuid(task),
            text(&work.tool),
            text(&work.arguments),
            Parameter::Int16(work.client.into()),
            work.state.as_ref().map_or(Parameter::DbNull, jsonb),
            jsonb(&work.answers),
            Parameter::Int64(i64::try_from(ttl_ms).unwrap_or(i64::MAX)),
            uuid(worker),
            seconds(time),
        ];
        let made = self.at_most_one(&CREATE, parameters, record).await?;
        made.ok_or_else(|| StoreError::Internal("The task was not made.".to_owned()))
    }

    pub(super) async fn task(&self, task: Uuid) -> Result<Option<TaskRecord>, StoreError> {
        self.at_most_one(&TASK, vec![uuid(task)], record).await
    }

    pub(super) async fn lease_task(
        &self,
        task: Uuid,
        worker: Uuid,
        time: u32,
    ) -> Result<Option<TaskWork>, StoreError> {
        self.at_most_one(&LEASE, vec![uuid(task), uuid(worker), seconds(time)], work).await
    }

    pub(super) async fn renew_task_lease(
        &self,
        task: Uuid,
        worker: Uuid,
        time: u32,
    ) -> Result<bool, StoreError> {
        self.does(&RENEW, vec![uuid(task), uuid(worker), seconds(time)]).await
    }

    pub(super) async fn finish_round(
        &self,
        task: Uuid,
        worker: Uuid,
        step: &TaskStep,
    ) -> Result<(), StoreError> {
        let (status, requests, state, outcome) = match step {
            TaskStep::Ask(requests, state) => ("input_required", Some(requests), state.as_ref(), None),
            TaskStep::Complete(result) => ("completed", None, None, Some(result)),
            TaskStep::Fail(error) => ("failed", None, None, Some(error)),
        };
        let parameters = vec![
            uuid(task),
            uuid(worker),
            text(status),
            requests.map_or(Parameter::DbNull, jsonb),
            state.map_or(Parameter::DbNull, jsonb),
            optional(outcome.cloned()),
        ];
        self.does(&FINISH, parameters).await.map(drop)
    }

    pub(super) async fn update_task(
        &self,
        task: Uuid,
        answers: &BTreeMap<String, Value>,
    ) -> Result<bool, StoreError> {
        self.does(&UPDATE, vec![uuid(task), jsonb(answers)]).await
    }

    pub(super) async fn cancel_task(&self, task: Uuid) -> Result<bool, StoreError> {
        self.does(&CANCEL, vec![uuid(task)]).await
    }
}

fn record(row: &mut Row) -> Result<TaskRecord, DecodeError> {
    let id = row.read("id")?;
    let status: String = row.read("status")?;
    let requests: Option<String> = row.read("requests")?;
    let outcome: Option<String> = row.read("outcome")?;
    let state = match status.as_str() {
        "working" => TaskState::Working,
        "cancelled" => TaskState::Cancelled,
        "completed" => TaskState::Completed(outcome.unwrap_or_default()),
        "failed" => TaskState::Failed(outcome.unwrap_or_default()),
        _ => {
            let requests = serde_json::from_str(&requests.unwrap_or_default());
            TaskState::InputRequired(
                requests.map_err(|error| row.invalid_value("requests", error.to_string()))?,
            )
        }
    };
    Ok(TaskRecord {
        id,
        state,
        created_at: row.read("created_at")?,
        updated_at: row.read("updated_at")?,
        ttl_ms: u64::try_from(row.read::<i64>("ttl_ms")?).unwrap_or_default(),
        is_abandoned: row.read("is_abandoned")?,
    })
}

fn work(row: &mut Row) -> Result<TaskWork, DecodeError> {
    let tool = row.read("tool")?;
    let arguments = row.read("arguments")?;
    let client = u8::try_from(row.read::<i16>("client")?).unwrap_or_default();
    let rounds = u32::try_from(row.read::<i32>("rounds")?).unwrap_or_default();
    let state: Option<String> = row.read("state")?;
    let state = state.map(|state| serde_json::from_str(&state)).transpose();
    let state = state.map_err(|error| row.invalid_value("state", error.to_string()))?;
    let answers: String = row.read("answers")?;
    let answers =
        serde_json::from_str(&answers).map_err(|error| row.invalid_value("answers", error.to_string()))?;
    Ok(TaskWork { tool, arguments, client, rounds, state, answers })
}
