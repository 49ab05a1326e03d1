//! Other projects' resource definitions, as their Go modules have them.

use std::path::PathBuf;

use serde_json::Value;

use crate::programs::{command, printed};

/// Every file that `tests/cluster/definitions.json` names; needs the network for what is not there yet.
pub fn files() -> Vec<PathBuf> {
    let list = std::fs::read_to_string(crate::repository().join("tests/cluster/definitions.json")).unwrap();
    let list: Vec<Value> = serde_json::from_str(&list).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list.iter()
        .flat_map(|entry| {
            let files: Vec<String> = entry["files"].as_array().unwrap().iter().map(text).collect();
            module_definitions(&text(&entry["module"]), &text(&entry["version"]), &files)
        })
        .collect()
}

/// Files of a module, by their paths in it.
pub fn module_definitions(module: &str, version: &str, files: &[String]) -> Vec<PathBuf> {
    // Outside the repository, where no go.mod has a say.
    let mut go = command("go");
    go.current_dir("/").args(["mod", "download", "-json", &format!("{module}@{version}")]);
    let told: Value = serde_json::from_str(&printed(&mut go)).unwrap();
    let folder = PathBuf::from(told["Dir"].as_str().unwrap());
    files.iter().map(|file| folder.join(file)).collect()
}
