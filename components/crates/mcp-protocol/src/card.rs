//! What a server says of itself, written once.

use rmcp::model::{
    CacheScope, DiscoverResult, Implementation, InitializeResult, ProtocolVersion, ServerCapabilities,
    ToolsCapability,
};

use crate::Revision;

/// How long a client may keep what `server/discover` answers: one hour. It only changes with a new version.
const DISCOVERY_TTL_MS: u64 = 3_600_000;

/// A server's identity, capabilities and instructions, in the forms in which the revisions want them.
#[derive(Clone, Debug)]
pub struct ServerCard {
    discovery: Box<str>,
    handshakes: Box<[(Revision, Box<str>)]>,
    identity: Box<str>,
}

impl ServerCard {
    /// A server that offers tools, and tells models how to use it in `instructions`.
    ///
    /// # Errors
    ///
    /// Fails where what it says has no JSON form.
    pub fn new(identity: &Implementation, instructions: Option<&str>) -> Result<Self, serde_json::Error> {
        let mut capabilities = ServerCapabilities::default();
        capabilities.tools = Some(ToolsCapability::default());
        let versions = Revision::ALL.map(ProtocolVersion::from).to_vec();
        let mut discovery = DiscoverResult::new(versions, capabilities.clone())
            .with_server_info(identity.clone())
            .with_ttl_ms(DISCOVERY_TTL_MS)
            .with_cache_scope(CacheScope::Public);
        discovery.instructions = instructions.map(str::to_owned);

        let handshakes =
            Revision::ALL.into_iter().filter(|revision| !revision.is_stateless()).map(|revision| {
                let mut result = InitializeResult::new(capabilities.clone())
                    .with_protocol_version(revision.into())
                    .with_server_info(identity.clone());
                result.instructions = instructions.map(str::to_owned);
                serde_json::to_string(&result).map(|json| (revision, json.into_boxed_str()))
            });
        Ok(Self {
            discovery: serde_json::to_string(&discovery)?.into_boxed_str(),
            handshakes: handshakes.collect::<Result<_, _>>()?,
            identity: serde_json::to_string(identity)?.into_boxed_str(),
        })
    }

    /// The result of `server/discover`.
    pub(crate) fn discovery(&self) -> &str {
        &self.discovery
    }

    /// The result of `initialize` in a revision that has it.
    pub(crate) fn handshake(&self, revision: Revision) -> Option<&str> {
        self.handshakes.iter().find(|(known, _)| *known == revision).map(|(_, json)| json.as_ref())
    }

    /// Writes what every result of the stateless revision says of the server, as the last member of the result.
    pub(crate) fn write_result_meta(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b",\"_meta\":{\"io.modelcontextprotocol/serverInfo\":");
        out.extend_from_slice(self.identity.as_bytes());
        out.push(b'}');
    }
}
