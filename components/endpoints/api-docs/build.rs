//! Collects what the endpoints say of their operations: every `openapi/*.json` in the folders beside this one. What is not
//! JSON is an error of the build.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let endpoints = fs::canonicalize("..")?;
    // Where a new endpoint gets its route.
    println!("cargo::rerun-if-changed=../../../spin.toml");
    let mut descriptions = Vec::new();
    for endpoint in entries(&endpoints)? {
        let folder = endpoint.join("openapi");
        if folder.is_dir() {
            println!("cargo::rerun-if-changed={}", folder.display());
            descriptions.extend(entries(&folder)?.into_iter().filter(|file| has_ending(file, "json")));
        }
    }
    let mut list = String::from("[\n");
    for file in &descriptions {
        let description: Value = serde_json::from_str(&fs::read_to_string(file)?)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        let name = file.strip_prefix(&endpoints)?.display().to_string();
        // Without the blanks that people need.
        writeln!(list, "    ({name:?}, {:?}),", description.to_string())?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("descriptions.rs"), list)?;
    Ok(())
}

/// What is in a folder, in the order of names.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn has_ending(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|found| found == ending)
}
