//! Which configuration an import draws on.

/// Put before the name of an import that is denied: `spin:variables/variables@3.0.0` becomes
/// `denied-spin:variables/variables@3.0.0`.
pub const DENIED_PREFIX: &str = "denied-";

/// Interfaces that reach what configuration grants, by the start of their name, and the kind of configuration.
const CAPABILITIES: [(&str, &str); 10] = [
    ("spin:postgres/", "allowed_outbound_hosts"),
    ("fermyon:spin/postgres@", "allowed_outbound_hosts"),
    ("wasi:http/client@", "allowed_outbound_hosts"),
    ("wasi:http/handler@", "allowed_outbound_hosts"),
    ("wasi:http/outgoing-handler@", "allowed_outbound_hosts"),
    ("spin:variables/", "variables"),
    ("fermyon:spin/variables@", "variables"),
    ("wasi:config/", "variables"),
    ("wasi:cli/environment@", "environment"),
    ("wasi:filesystem/preopens@", "files"),
];

/// The kind of configuration behind `import`, if any.
pub(super) fn capability_of(import: &str) -> Option<&'static str> {
    CAPABILITIES.iter().find(|(start, _)| import.starts_with(start)).map(|(_, kind)| *kind)
}
