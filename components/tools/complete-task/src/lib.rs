//! Marks one of the caller's tasks as done.

mod complete_task;
mod describe;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/complete-task"],
        world: "todo:complete-task/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::complete_task::tool::Guest;
use task_model::types::{Caller, Description, Task, TaskRef, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn complete_task(caller: Caller, input: TaskRef) -> Result<Task, ToolError> {
        complete_task::complete_task(&caller, input).await
    }
}
