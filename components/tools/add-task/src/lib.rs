//! Adds a task to the caller's list.

mod arguments;
mod describe;
mod insert_task;
mod quota;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/add-task"],
        world: "todo:add-task/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::add_task::tool::Guest;
use task_model::types::{Caller, Description, NewTask, Task, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn add_task(caller: Caller, input: NewTask) -> Result<Task, ToolError> {
        insert_task::insert_task(&caller, input).await
    }
}
