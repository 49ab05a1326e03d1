//! Marks many of the caller's tasks as done at once.

pub mod complete_tasks;
mod describe;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/complete-tasks"],
        world: "todo:complete-tasks/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::complete_tasks::tool::Guest;
use task_model::types::{BulkOutcome, Caller, Description, TaskSelection, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn complete_tasks(caller: Caller, input: TaskSelection) -> Result<BulkOutcome, ToolError> {
        complete_tasks::complete_tasks(&caller, input).await
    }
}
