//! Which keys a manifest may have. Serde would name the first unknown key without its table; here all are collected
//! with their full path.

use toml::{Table, Value};

/// A table's shape: what its keys lead to.
enum Shape {
    /// Any value; what it holds is the model's business.
    Any,
    /// A table with these keys and no others. A value that is no table is left to the model.
    Table(&'static [(&'static str, Shape)]),
    /// A table of which these keys are known, and others are somebody else's business.
    Known(&'static [(&'static str, Shape)]),
    /// A table with free names, each of this shape.
    Each(&'static Shape),
    /// A list whose items have this shape.
    List(&'static Shape),
}

use Shape::{Any, Each, Known, List, Table as Keys};

const BUILD: Shape = Keys(&[("command", Any), ("workdir", Any), ("watch", Any)]);
const SOURCE: Shape =
    Keys(&[("url", Any), ("digest", Any), ("registry", Any), ("package", Any), ("version", Any)]);
const DEPENDENCY: Shape = Keys(&[
    ("component", Any),
    ("path", Any),
    ("url", Any),
    ("digest", Any),
    ("registry", Any),
    ("package", Any),
    ("version", Any),
    ("export", Any),
    ("inherit_configuration", Any),
]);
const COMPONENT: Shape = Keys(&[
    ("description", Any),
    ("source", SOURCE),
    ("files", List(&Keys(&[("source", Any), ("destination", Any)]))),
    ("exclude_files", Any),
    ("allowed_outbound_hosts", Any),
    ("allowed_http_hosts", Any),
    ("key_value_stores", Any),
    ("sqlite_databases", Any),
    ("ai_models", Any),
    ("environment", Any),
    ("variables", Any),
    ("build", BUILD),
    ("tool", Any),
    ("dependencies", Each(&DEPENDENCY)),
    ("dependencies_inherit_configuration", Any),
    ("targets", Any),
    (
        "profile",
        Each(&Keys(&[
            ("source", SOURCE),
            ("environment", Any),
            ("dependencies", Each(&DEPENDENCY)),
            ("build", BUILD),
        ])),
    ),
]);
const HTTP_TRIGGER: Shape = Keys(&[
    ("id", Any),
    ("component", Any),
    ("components", Any),
    ("route", Keys(&[("private", Any)])),
    ("executor", Keys(&[("type", Any), ("entrypoint", Any), ("argv", Any)])),
    ("static_response", Keys(&[("status_code", Any), ("headers", Any), ("body", Any)])),
    ("dependencies", Any),
]);
const MANIFEST: Shape = Keys(&[
    ("spin_manifest_version", Any),
    (
        "application",
        Keys(&[
            ("name", Any),
            ("version", Any),
            ("description", Any),
            ("authors", Any),
            ("targets", Any),
            ("trigger", Any),
            ("tool", Any),
        ]),
    ),
    ("variables", Each(&Keys(&[("default", Any), ("required", Any), ("secret", Any), ("description", Any)]))),
    ("trigger", Known(&[("http", List(&HTTP_TRIGGER))])),
    ("component", Each(&COMPONENT)),
]);

/// The full paths of all keys in `manifest` that Spin 4.1 does not know, sorted.
pub(super) fn unknown_keys(manifest: &Table) -> Vec<String> {
    let mut found = Vec::new();
    walk_table(manifest, &MANIFEST, "", &mut found);
    found.sort();
    found
}

fn walk(value: &Value, shape: &Shape, path: &str, found: &mut Vec<String>) {
    match (value, shape) {
        (Value::Array(items), List(item)) => {
            for (index, value) in items.iter().enumerate() {
                walk(value, item, &format!("{path}[{index}]"), found);
            }
        }
        (Value::Table(table), Keys(_) | Known(_) | Each(_)) => walk_table(table, shape, path, found),
        _ => {}
    }
}

fn walk_table(table: &Table, shape: &Shape, path: &str, found: &mut Vec<String>) {
    for (key, value) in table {
        let path = join(path, key);
        match shape {
            Keys(keys) => match keys.iter().find(|(name, _)| name == key) {
                Some((_, shape)) => walk(value, shape, &path, found),
                None => found.push(path),
            },
            Known(keys) => {
                if let Some((_, shape)) = keys.iter().find(|(name, _)| name == key) {
                    walk(value, shape, &path, found);
                }
            }
            Each(shape) => walk(value, shape, &path, found),
            Any | List(_) => {}
        }
    }
}

/// `path.key`, with the key quoted as TOML demands when it is more than letters, digits, `-` and `_`.
fn join(path: &str, key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let key = if bare { key.to_owned() } else { format!("{key:?}") };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::unknown_keys;

    fn unknown(text: &str) -> Vec<String> {
        unknown_keys(&text.parse().unwrap())
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_path() {
        assert_eq!(
            unknown("[component.chat]\nalowed_outbound_hosts = []\nsource = 'x'"),
            ["component.chat.alowed_outbound_hosts"]
        );
    }

    #[test]
    fn every_level_is_looked_at() {
        assert_eq!(
            unknown(
                "extra = 1\n[application]\nnam = 'x'\n[variables.a]\nsecrit = true\n[[trigger.http]]\nroute = { privat = true }\n\
                 [component.c.dependencies]\n'a:b/c@1.0.0' = { componnt = 'd' }\n[component.c.build]\ncmd = ''"
            ),
            [
                "application.nam",
                "component.c.build.cmd",
                "component.c.dependencies.\"a:b/c@1.0.0\".componnt",
                "extra",
                "trigger.http[0].route.privat",
                "variables.a.secrit",
            ]
        );
    }

    #[test]
    fn free_tables_stay_free() {
        assert!(unknown("[component.c.environment]\nA = '1'\n[component.c.tool.x]\ny = 1").is_empty());
    }
}
