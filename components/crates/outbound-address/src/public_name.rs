//! Names that are the same everywhere.

/// Names that are for one machine or one network (RFC 6761, RFC 6762, RFC 8375, RFC 9476), and the usual ones of clusters and offices.
const PRIVATE_SUFFIXES: [&str; 16] = [
    "alt",
    "arpa",
    "cluster.local",
    "corp",
    "example",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "test",
];

/// Whether a host's name, in lower case, is one of the public Internet.
#[must_use]
pub fn is_public_name(name: &str) -> bool {
    let is_private =
        |suffix: &&str| name == *suffix || name.strip_suffix(*suffix).is_some_and(|rest| rest.ends_with('.'));
    name.contains('.') && !name.ends_with('.') && !PRIVATE_SUFFIXES.iter().any(is_private)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_machine_or_network_are_not_public() {
        assert!(is_public_name("hooks.example.org") && is_public_name("notlocalhost.dev"));
        for name in ["localhost", "app.localhost", "postgres", "printer.local", "mcp.spin.internal", "a.dev."]
        {
            assert!(!is_public_name(name), "{name}");
        }
    }
}
