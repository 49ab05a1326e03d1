//! Makes one of the caller's done tasks open again.

mod describe;
mod reopen_task;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/reopen-task"],
        world: "todo:reopen-task/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::reopen_task::tool::Guest;
use task_model::types::{Caller, Description, Task, TaskRef, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn reopen_task(caller: Caller, input: TaskRef) -> Result<Task, ToolError> {
        reopen_task::reopen_task(&caller, input).await
    }
}
