//! Writes the caller's tasks that match into one document.

mod describe;
mod document;
mod export_tasks;
mod formats;
pub mod select_batch;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/export-tasks"],
        world: "todo:export-tasks/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::export_tasks::tool::Guest;
use task_model::types::{Caller, Description, ExportQuery, TaskDocument, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn export_tasks(caller: Caller, input: ExportQuery) -> Result<TaskDocument, ToolError> {
        export_tasks::export_tasks(&caller, input).await
    }
}
