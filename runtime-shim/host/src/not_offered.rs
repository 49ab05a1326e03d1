//! Interfaces of Spin that this host does not offer, and what a component's author does instead.

use wasmtime::component::Component;

const POSTGRES: &str = "build it with an SDK that asks for spin:postgres@4";
const STATE: &str = "keep state in PostgreSQL, through spin:postgres@4";
const SERVICE: &str = "reach such a service over HTTP, through wasi:http";

/// The interfaces, and what to do instead. Which of them there are: the world `spin:up/platform@4.1.0` of Spin, and what it includes.
const NOT_OFFERED: [(&str, &str); 19] = [
    ("spin:postgres/postgres@3", POSTGRES),
    ("fermyon:spin/postgres", POSTGRES),
    ("spin:key-value/key-value", STATE),
    ("fermyon:spin/key-value", STATE),
    ("wasi:keyvalue/store", STATE),
    ("wasi:keyvalue/batch", STATE),
    ("wasi:keyvalue/atomics", STATE),
    ("spin:sqlite/sqlite", STATE),
    ("fermyon:spin/sqlite", STATE),
    ("spin:mysql/mysql", STATE),
    ("fermyon:spin/mysql", STATE),
    ("spin:redis/redis", SERVICE),
    ("fermyon:spin/redis", SERVICE),
    ("spin:mqtt/mqtt", SERVICE),
    ("fermyon:spin/mqtt", SERVICE),
    ("fermyon:spin/llm", SERVICE),
    ("fermyon:spin/http", SERVICE),
    ("wasi:config/store", "read variables through spin:variables@3"),
    ("wasi:http/client@0.3.0-rc-2026-03-15", "build it for wasi:http@0.3.0"),
];

/// What `component` asks for in vain, as one sentence, and what its author does instead. `None` when none of it is known here.
pub fn explain(component: &Component) -> Option<String> {
    let ty = component.component_type();
    let imports = ty.imports(component.engine()).map(|(name, _)| name);
    let asked: Vec<String> =
        imports.filter_map(|name| Some(format!("{name} ({})", instead_of(name)?))).collect();
    (!asked.is_empty()).then(|| format!("it asks for what this host does not offer: {}", asked.join(", ")))
}

fn instead_of(import: &str) -> Option<&'static str> {
    let is_version = |rest: &str| rest.is_empty() || rest.starts_with(['@', '.']);
    NOT_OFFERED
        .iter()
        .find(|(interface, _)| import.strip_prefix(interface).is_some_and(is_version))
        .map(|(_, instead)| *instead)
}

#[cfg(test)]
mod tests {
    use super::instead_of;

    #[test]
    fn what_is_there_and_what_only_has_types_is_not_among_them() {
        for offered in [
            "spin:postgres/postgres@4.0.0",
            "spin:postgres/postgres@4.2.0",
            "fermyon:spin/variables@2.0.0",
            "fermyon:spin/http-types",
            "fermyon:spin/rdbms-types@2.0.0",
            "fermyon:spin/redis-types",
            "wasi:http/outgoing-handler@0.2.0",
        ] {
            assert_eq!(instead_of(offered), None, "{offered}");
        }
    }
}
