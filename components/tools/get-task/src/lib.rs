//! Reads a task.

#[allow(unsafe_code, missing_docs, clippy::all, reason = "generated from WIT")]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/get-task"],
        world: "todo:get-task/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    export!(Component);
}
use bindings::exports::todo::get_task::tool::Guest;
use task_model::types::{Caller, Description, Task, TaskKey, ToolError};

impl Guest for bindings::Component {
    fn describe() -> Description { Description { name: "x".into(), title: "".into(), description: "".into(), version: "".into(), read_only: true, destructive: false, idempotent: true, scope: "".into(), examples: vec![], latency_objective: 3 } }
    async fn get_task(_caller: Caller, input: TaskKey) -> Result<Task, ToolError> { let c = spin_sdk::variables::get("x").await; Err(ToolError::Internal(format!("{:?} {c:?}", input.id))) }
}
