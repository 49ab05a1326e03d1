//! The tools: what is listed of them, and how each is called.

mod definition;
mod operation;
mod schema;

use mcp_protocol::ToolDefinition;

pub(crate) use operation::Operation;

/// A tool as clients see it.
pub(crate) struct ListedTool {
    /// What it does.
    pub(crate) operation: Operation,
    /// What lists say of it.
    pub(crate) definition: ToolDefinition,
    /// The scope that a caller needs.
    pub(crate) scope: String,
}

/// Asks every tool for what it says of itself.
pub(crate) fn list() -> Result<Vec<ListedTool>, serde_json::Error> {
    Operation::ALL.into_iter().map(definition::of).collect()
}
