//! Takes back that tasks of the caller were deleted or completed.

mod describe;
pub mod restore_tasks;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/restore-tasks"],
        world: "todo:restore-tasks/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::restore_tasks::tool::Guest;
use task_model::types::{BulkOutcome, Caller, Description, Restoration, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn restore_tasks(caller: Caller, input: Restoration) -> Result<BulkOutcome, ToolError> {
        restore_tasks::restore_tasks(&caller, input).await
    }
}
