//! Changes fields of one of the caller's tasks.

mod arguments;
mod describe;
mod update_task;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/update-task"],
        world: "todo:update-task/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::update_task::tool::Guest;
use task_model::types::{Caller, Description, Task, TaskChanges, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn update_task(caller: Caller, input: TaskChanges) -> Result<Task, ToolError> {
        update_task::update_task(&caller, input).await
    }
}
