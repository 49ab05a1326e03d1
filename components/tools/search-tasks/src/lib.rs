//! Finds the caller's tasks by words.

mod arguments;
mod describe;
mod select_matches;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/search-tasks"],
        world: "todo:search-tasks/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::search_tasks::tool::Guest;
use task_model::types::{Caller, Description, TaskMatches, TaskSearch, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn search_tasks(caller: Caller, input: TaskSearch) -> Result<TaskMatches, ToolError> {
        select_matches::select_matches(&caller, input).await
    }
}
