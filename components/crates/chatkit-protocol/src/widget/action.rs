//! What happens when a person acts on a widget.

use serde_json::Value;

use crate::record::{names, record};

names! {
    /// Who does it.
    Handler { Server = "server", Client = "client" }
}

names! {
    /// What is shown meanwhile.
    LoadingBehavior { Auto = "auto", None = "none", OnlyItself = "self", Container = "container" }
}

/// By default the server tells of it in a stream.
const fn streaming() -> bool {
    true
}

/// An action, and how it is done.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionConfig {
    /// What is done: the client sends it back as the action's type.
    #[serde(rename = "type")]
    pub kind: String,
    /// With what: sent back as well, with the values of a form added.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub payload: Value,
    /// Who does it.
    #[serde(default)]
    pub handler: Handler,
    /// What is shown meanwhile.
    #[serde(default)]
    pub loading_behavior: LoadingBehavior,
    /// Whether the answer is a stream, else it is one object.
    #[serde(default = "streaming")]
    pub streaming: bool,
}

impl Default for ActionConfig {
    fn default() -> Self {
        Self {
            kind: String::new(),
            payload: Value::Null,
            handler: Handler::Server,
            loading_behavior: LoadingBehavior::Auto,
            streaming: true,
        }
    }
}

record! {
    /// A button of a card.
    CardAction {
        label: String,
        action: ActionConfig,
    }
}
