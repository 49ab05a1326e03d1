//! What changed since a client last heard of it.

/// Where in the stream of changes a listener stands. Only the server that made it can read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position(pub String);

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Where to go on.
    pub position: Position,
    /// There are other tools than before.
    pub tools: bool,
    /// There are other prompts than before.
    pub prompts: bool,
    /// There are other resources than before.
    pub resources: bool,
    /// The URIs of resources that have other contents than before.
    pub updated: Vec<String>,
}
