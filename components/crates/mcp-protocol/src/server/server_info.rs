//! What a server says of itself, written once.

use rmcp::model::{
    CacheScope, DiscoverResult, Implementation, InitializeResult, ProtocolVersion, ServerCapabilities,
};

use super::client::TASKS;
use crate::message::Revision;

/// How long a client may keep what `server/discover` answers: one hour. It only changes with a new version.
const DISCOVERY_TTL_MS: u64 = 3_600_000;

/// A server's identity, capabilities and instructions, in the forms in which the revisions want them.
#[derive(Clone, Debug)]
pub struct ServerInfo {
    discovery: Box<str>,
    handshakes: Box<[(Revision, Box<str>)]>,
    identity: Box<str>,
    capabilities: ServerCapabilities,
}

impl ServerInfo {
    /// A server that offers what its capabilities say, and tells models how to use it in `instructions`.
    ///
    /// # Errors
    ///
    /// Fails where what it says has no JSON form.
    pub fn new(
        identity: &Implementation,
        instructions: Option<&str>,
        capabilities: ServerCapabilities,
    ) -> Result<Self, serde_json::Error> {
        let versions = Revision::ALL.map(ProtocolVersion::from).to_vec();
        let mut discovery = DiscoverResult::new(versions, capabilities.clone())
            .with_server_info(identity.clone())
            .with_ttl_ms(DISCOVERY_TTL_MS)
            .with_cache_scope(CacheScope::Public);
        discovery.instructions = instructions.map(str::to_owned);

        // Tasks, as they are here, came with the stateless revision.
        let mut before = capabilities.clone();
        if let Some(extensions) = &mut before.extensions {
            extensions.remove(TASKS);
        }
        let handshakes =
            Revision::ALL.into_iter().filter(|revision| !revision.is_stateless()).map(|revision| {
                let mut result = InitializeResult::new(before.clone())
                    .with_protocol_version(revision.into())
                    .with_server_info(identity.clone());
                result.instructions = instructions.map(str::to_owned);
                serde_json::to_string(&result).map(|json| (revision, json.into_boxed_str()))
            });
        Ok(Self {
            discovery: serde_json::to_string(&discovery)?.into_boxed_str(),
            handshakes: handshakes.collect::<Result<_, _>>()?,
            identity: serde_json::to_string(identity)?.into_boxed_str(),
            capabilities,
        })
    }

    /// What the server offers.
    pub(crate) const fn capabilities(&self) -> &ServerCapabilities {
        &self.capabilities
    }

    /// Whether an extension is offered.
    pub(crate) fn offers(&self, extension: &str) -> bool {
        self.capabilities.extensions.as_ref().is_some_and(|extensions| extensions.contains_key(extension))
    }

    /// The result of `server/discover`.
    pub(crate) fn discovery(&self) -> &str {
        &self.discovery
    }

    /// The result of `initialize` in a revision that has it.
    pub(crate) fn handshake(&self, revision: Revision) -> Option<&str> {
        self.handshakes.iter().find(|(known, _)| *known == revision).map(|(_, json)| json.as_ref())
    }

    /// Writes what every result of the stateless revision says of the server.
    pub(crate) fn write_result_meta(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\"_meta\":{\"io.modelcontextprotocol/serverInfo\":");
        out.extend_from_slice(self.identity.as_bytes());
        out.push(b'}');
    }
}
