//! Tools by themselves, for other apps.

use harness::repository;

use crate::program::{Workspace, built, product, text};
use crate::server::{Kind, Server, digest_of};

#[test]
fn every_tool_is_published_under_its_own_name_with_what_it_needs_and_offers() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let types = text(&repository().join("wit/types"));
    let prefix = server.reference("acme");
    let published =
        workspace.registry(&["publish", &prefix, "-f", &product(), "--wit", &types, "--insecure"]);
    assert!(published.success, "{}", published.error);
    for name in ["todo/add-task:1.0.0", "todo/delete-tasks:1.0.0", "todo/identity:1.0.0", "todo/types:1.0.0"]
    {
        assert!(published.output.contains(&format!("/acme/{name} sha256:")), "{name}\n{}", published.output);
    }

    let (manifest, _) = server.manifest("acme/todo/add-task", "1.0.0");
    assert_eq!(manifest["config"]["mediaType"], "application/vnd.wasm.config.v0+json");
    assert_eq!(manifest["layers"].as_array().unwrap().len(), 1);
    assert_eq!(manifest["layers"][0]["mediaType"], "application/wasm");
    let wasm = std::fs::read(built("add_task")).unwrap();
    assert_eq!(manifest["layers"][0]["digest"], digest_of(&wasm));
    let config = std::fs::read(server.blob_file(manifest["config"]["digest"].as_str().unwrap())).unwrap();
    let config: serde_json::Value = serde_json::from_slice(&config).unwrap();
    assert_eq!(config["component"]["exports"], serde_json::json!(["todo:add-task/tool@1.0.0"]));
    let imports = config["component"]["imports"].as_array().unwrap();
    assert!(
        imports.iter().any(|import| import.as_str().unwrap().starts_with("spin:postgres/")),
        "{imports:?}"
    );
}

#[test]
fn an_unknown_component_is_named() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let prefix = server.reference("acme");
    let outcome = workspace.registry(&[
        "publish",
        &prefix,
        "-f",
        &product(),
        "--component-id",
        "ad-task",
        "--insecure",
    ]);
    assert!(outcome.error_line().contains("\"ad-task\""), "{}", outcome.error_line());
}
