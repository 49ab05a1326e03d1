//! What a server has to do; everything else is the protocol.

use crate::{CallError, ServerCard, ToolCall, ToolDefinition, ToolResult};

/// A server of tools. One value serves every request: it holds nothing of any one of them.
pub trait Server {
    /// On whose behalf a request is made, and what it may do.
    type Caller;

    /// What the server says of itself.
    fn card(&self) -> &ServerCard;

    /// The tools that this caller may call, always in the same order.
    fn tools<'a>(&'a self, caller: &'a Self::Caller) -> impl Iterator<Item = &'a ToolDefinition>;

    /// Calls a tool. What goes wrong inside the tool is a result too ([`ToolResult::error`]), so that a model reads it.
    ///
    /// # Errors
    ///
    /// Fails where the tool was not called at all.
    fn call_tool(
        &self,
        caller: &Self::Caller,
        call: ToolCall<'_>,
    ) -> impl Future<Output = Result<ToolResult, CallError>>;

    /// The value of `WWW-Authenticate` for a token that lacks a scope. Without one, the answer carries none.
    fn scope_challenge(&self, scope: &str) -> Option<String> {
        let _ = scope;
        None
    }
}
