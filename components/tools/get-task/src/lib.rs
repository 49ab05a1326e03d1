//! Reads one of the caller's tasks.

mod describe;
mod select_task;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/get-task"],
        world: "todo:get-task/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::get_task::tool::Guest;
use task_model::types::{Caller, Description, Task, TaskKey, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn get_task(caller: Caller, input: TaskKey) -> Result<Task, ToolError> {
        select_task::select_task(&caller, input).await
    }
}
