//! What the document says happens.

use harness::{programs, repository};
use serde_json::{Value, json};

use crate::built::{app, built};
use crate::document;

#[test]
fn every_command_of_the_document_prints_what_it_says() {
    let commands = document::trying();
    let local = "APP=http://localhost:3000";
    assert_eq!(commands.first().map(String::as_str), Some(local));
    let commands = commands.join("\n").replace(local, &format!("APP={}", app().url));
    let mut bash = programs::command("bash");
    bash.args(["-c", &format!("set -euo pipefail\n{commands}")]).current_dir(&built().folder);
    let output = programs::run(&mut bash);
    let (text, said) = (programs::text(&output), programs::everything(&output));
    assert!(output.status.success(), "{said}\n{}", app().log());
    assert_eq!(text.lines().collect::<Vec<_>>(), document::printed(), "{said}");
}

#[test]
fn the_document_names_the_versions_that_are_installed() {
    let read = |file: &str| std::fs::read_to_string(repository().join(file)).unwrap();
    let text = read(document::DOCUMENT);
    let package: Value = serde_json::from_str(&read("tests/foreign/package.json")).unwrap();
    let dependencies = package["dependencies"].as_object().unwrap();
    let named = |(name, version): (&String, &Value)| format!("{name}@{}", version.as_str().unwrap());
    let named: Vec<String> = dependencies.iter().map(named).collect();
    assert!(text.contains(&format!("npm install --save-exact {}\n", named.join(" "))), "{named:?}");
    let python = read("tests/foreign/requirements.txt");
    assert!(text.contains(&format!("venv/bin/pip install {python}")), "{python}");
}

#[test]
fn one_line_of_the_manifest_replaces_a_tool() {
    let ours = std::fs::read_to_string(repository().join("spin.toml")).unwrap();
    let theirs = std::fs::read_to_string(built().folder.join("spin.toml")).unwrap();
    let changed: Vec<_> = ours.lines().zip(theirs.lines()).filter(|(ours, theirs)| ours != theirs).collect();
    assert_eq!(
        changed,
        [("source = \"target/wasm32-wasip2/release/overview.wasm\"", "source = \"overview/overview.wasm\"")]
    );
}

#[test]
fn the_tool_refuses_as_the_contract_says() {
    let user = app().user();
    let refused = user.get("/api/v1/overview?days=32").expect(400).json();
    assert_eq!(refused["errors"], json!([{ "pointer": "/days", "detail": "Give 1 to 31 days." }]));
    app().user_with("chat", 900).get("/api/v1/overview").expect(403);
    assert_eq!(user.get("/api/v1/overview").expect(200).json()["open_count"], 0);
}
