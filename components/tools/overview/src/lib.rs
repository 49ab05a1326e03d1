//! Tells where the caller stands.

mod arguments;
mod describe;
mod select_overview;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/types", "../../../wit/overview"],
        world: "todo:overview/component",
        with: { "todo:types/types@1.0.0": task_model::types },
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::overview::tool::Guest;
use task_model::types::{Caller, Description, Overview, OverviewQuery, ToolError};

pub use describe::describe;

impl Guest for bindings::Component {
    fn describe() -> Description {
        describe()
    }

    async fn show_overview(caller: Caller, input: OverviewQuery) -> Result<Overview, ToolError> {
        select_overview::select_overview(&caller, input).await
    }
}
