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

/// Interfaces whose calls the host tells apart by the part that makes them.
const TOLD_APART: [&str; 2] = ["spin:postgres/postgres@", "wasi:http/client@"];

/// The name under which the part at `index` of a composition imports `import`, when the host has to know who calls.
pub(super) fn part_import(index: usize, import: &str) -> Option<String> {
    TOLD_APART.iter().any(|start| import.starts_with(start)).then(|| format!("part{index}-{import}"))
}

/// The part's index and the original name of such an import.
pub fn part_of_import(import: &str) -> Option<(usize, &str)> {
    let (index, original) = import.strip_prefix("part")?.split_once('-')?;
    Some((index.parse().ok()?, original))
}

#[cfg(test)]
mod tests {
    use super::{part_import, part_of_import};

    #[test]
    fn the_host_finds_out_whose_import_it_is() {
        let name = part_import(12, "spin:postgres/postgres@4.2.0").unwrap();
        assert_eq!(part_of_import(&name), Some((12, "spin:postgres/postgres@4.2.0")));
        assert_eq!(part_import(0, "spin:variables/variables@3.0.0"), None);
        for other in
            ["spin:postgres/postgres@4.2.0", "part-x:y/z", "party:a/b", "denied-wasi:http/client@0.3.0"]
        {
            assert_eq!(part_of_import(other), None, "{other}");
        }
    }
}
