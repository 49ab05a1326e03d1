//! From a request to a tool and back: the types that a tool takes and gives say how.

use endpoint::{Problem, RequestBody, Response, accept};
use http::request::Parts;
use task_model::types::{Caller, ToolError};

/// A request for a tool.
pub(crate) struct Call {
    /// Who calls.
    pub(crate) caller: Caller,
    /// What the path has for `{id}`; empty where it has no such part.
    pub(crate) id: String,
    /// Method, query and headers.
    pub(crate) parts: Parts,
    /// The body, unread.
    pub(crate) body: RequestBody,
}

/// How a tool is called that takes `Self` and gives an `Output`. Two tools with the same types are called in the same way.
pub(crate) trait Handler<Output>: Sized {
    /// Whether the answer is JSON. Where it is not, `handle` looks at `Accept`.
    const ANSWERS_JSON: bool = true;

    /// Reads the input, calls the tool, and writes what it gives.
    ///
    /// # Errors
    /// The input can't be read, or the tool refuses.
    async fn handle(
        call: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<Output, ToolError>,
    ) -> Result<Response, Problem>;
}

/// Calls a tool.
///
/// # Errors
/// Nothing that the client accepts can be answered; the input can't be read, or the tool refuses.
pub(crate) async fn call<Input: Handler<Output>, Output>(
    call: Call,
    tool: impl AsyncFnOnce(Caller, Input) -> Result<Output, ToolError>,
) -> Result<Response, Problem> {
    if Input::ANSWERS_JSON {
        accept::negotiate(&call.parts.headers, &["application/json"])?;
    }
    Input::handle(call, tool).await
}
