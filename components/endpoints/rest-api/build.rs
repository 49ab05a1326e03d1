//! Writes the table of routes: `openapi/<tool>.json` describes by which method and path a tool is called.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

/// In this order they are listed in `Allow`.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=openapi");
    // By path: `{` comes after the letters, so that words such as `search` stand before `{id}`.
    let mut routes = BTreeMap::new();
    for file in fs::read_dir("openapi")? {
        let file = file?.path();
        let read = || Ok::<Value, Box<dyn Error>>(serde_json::from_str(&fs::read_to_string(&file)?)?);
        let description = read().map_err(|error| format!("{}: {error}", file.display()))?;
        let paths = description.get("paths").and_then(Value::as_object);
        for (template, item) in paths.into_iter().flatten() {
            let described = METHODS.iter().enumerate().filter(|(_, method)| item.get(method).is_some());
            for (rank, method) in described {
                let route = route(method, template, &operation(&file));
                if routes.insert((template.clone(), rank), route).is_some() {
                    let file = file.display();
                    return Err(format!("{file}: another tool is called by {method} {template}").into());
                }
            }
        }
    }
    let mut table = String::from("[\n");
    for route in routes.values() {
        writeln!(table, "    {route},")?;
    }
    table.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("routes.rs"), table)?;
    Ok(())
}

/// A row of the table, as Rust.
fn route(method: &str, template: &str, operation: &str) -> String {
    let method = method.to_uppercase();
    format!("Route {{ method: Method::{method}, template: {template:?}, operation: Operation::{operation} }}")
}

/// The operation of a file: the name of the tool, as a Rust variant.
fn operation(file: &Path) -> String {
    let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let capitalized = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{}{rest}", first.to_uppercase())
    };
    name.split('_').map(capitalized).collect()
}
