//! `POST /api/v1/tasks`: adds a task. With an `Idempotency-Key`, which the caller carries, a repeated request answers what
//! the first one made.

use endpoint::{Problem, Response, body, json};
use task_model::types::{Caller, NewTask, Task, ToolError};

use crate::answer;
use crate::handler::{Call, Handler};

impl Handler<Task> for NewTask {
    async fn handle(
        Call { caller, parts, body, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Task, ToolError>,
    ) -> Result<Response, Problem> {
        let text = body::read(&parts.headers, body, &["application/json"]).await?;
        let input = json::read(&text)?;
        let task = tool(caller, input).await?;
        answer::created(&task)
    }
}
