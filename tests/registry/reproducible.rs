//! What is built says nothing of who built it where.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::{repository, runtime_shim, tracked_files};

use crate::program::product;
use crate::server::digest_of;

/// The app that is built twice: small, with crates of the registry in it.
const APP: &str = "runtime-shim/tests/fixtures/spin.toml";
const COMPONENTS: [&str; 3] = ["unruly", "asker", "reacher"];

fn cargo_home() -> PathBuf {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap()
}

fn build(top: &Path, home: &Path) -> Vec<String> {
    let mut build = Command::new(runtime_shim());
    build.args(["build", "--all", "--from", APP]).current_dir(top).env("CARGO_HOME", home);
    let built = build.output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let wasm = |name: &&str| top.join(format!("target/wasm32-wasip2/release/fixture_{name}.wasm"));
    COMPONENTS.iter().map(wasm).map(|file| digest_of(&std::fs::read(file).unwrap())).collect()
}

#[test]
fn another_checkout_of_another_person_builds_the_same_bytes() {
    let here = build(repository(), &cargo_home());
    let elsewhere = tempfile::tempdir().unwrap();
    let top = elsewhere.path().join("another/checkout");
    std::fs::create_dir_all(&top).unwrap();
    for file in tracked_files() {
        let to = top.join(&file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(repository().join(file), to).unwrap();
    }
    // Their crates are at another place, where cargo finds them under that name.
    let home = elsewhere.path().join("home/.cargo");
    std::fs::create_dir_all(&home).unwrap();
    for entry in std::fs::read_dir(cargo_home()).unwrap() {
        let entry = entry.unwrap();
        symlink(entry.path(), home.join(entry.file_name())).unwrap();
    }
    assert_eq!(build(&top, &home), here);
}

#[test]
fn no_component_names_a_folder_of_its_builder() {
    let manifest: toml::Table = std::fs::read_to_string(product()).unwrap().parse().unwrap();
    let built = manifest["component"].as_table().unwrap().values();
    let built = built.map(|component| repository().join(component["source"].as_str().unwrap()));
    let components: Vec<PathBuf> = built.collect();
    assert!(components.len() > 20, "{components:?}");
    let home = cargo_home();
    let top = repository().canonicalize().unwrap();
    for file in components {
        let bytes = std::fs::read(&file).unwrap();
        for folder in [&home, &top] {
            let name = folder.to_str().unwrap().as_bytes();
            let found = bytes.windows(name.len()).any(|window| window == name);
            assert!(!found, "{} names {}", file.display(), folder.display());
        }
    }
}
