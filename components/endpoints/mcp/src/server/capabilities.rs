//! What the server offers.

use mcp_protocol::model::{
    ExtensionCapabilities, JsonObject, PromptsCapability, ResourcesCapability, ServerCapabilities,
    ToolsCapability,
};
use serde_json::{Value, json};

/// All of it, and nothing that it does not do: tools and prompts never change while it runs, so nobody is told of it.
pub(super) fn declare_capabilities() -> ServerCapabilities {
    let mut capabilities = ServerCapabilities::default();
    capabilities.tools = Some(ToolsCapability::default());
    capabilities.prompts = Some(PromptsCapability::default());
    let mut resources = ResourcesCapability::default();
    resources.subscribe = Some(true);
    resources.list_changed = Some(true);
    capabilities.resources = Some(resources);
    capabilities.completions = Some(JsonObject::new());
    let mut extensions = ExtensionCapabilities::new();
    for (name, settings) in [
        ("io.modelcontextprotocol/skills", json!({"directoryRead": true})),
        ("io.modelcontextprotocol/tasks", json!({})),
    ] {
        if let Value::Object(settings) = settings {
            extensions.insert(name.to_owned(), settings);
        }
    }
    capabilities.extensions = Some(extensions);
    capabilities
}
