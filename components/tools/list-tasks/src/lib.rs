//! Lists the caller's tasks, a page at a time.

mod arguments;
mod describe;
pub mod filters;
pub mod order;
mod position;
mod select_page;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/list-tasks"],
        world: "todo:list-tasks/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::list_tasks::tool::Guest;
use task_model::types::{Caller, Description, TaskPage, TaskQuery, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn list_tasks(caller: Caller, input: TaskQuery) -> Result<TaskPage, ToolError> {
        select_page::select_page(&caller, input).await
    }
}
