//! Artifacts that others have pushed.

use std::process::Command;

use harness::{repository, runtime_shim};
use serde_json::{Value, json};
use spin_composer::{deny_adapter, plug};

use crate::program::{Workspace, built};
use crate::run_from_there::Running;
use crate::server::{Kind, Server};

const APP: &str = "application/vnd.fermyon.spin.application.v1+config";
const WASM: &str = "application/vnd.wasm.content.layer.v1+wasm";
/// The app that the fixtures are in.
const FIXTURES: &str = "runtime-shim/tests/fixtures/spin.toml";

/// Puts an app of one component there as Spin pushes it: the image configuration with its label, the locked app a layer behind
/// the component. `locked` is the locked app without the component's digest.
fn push_as_spin(server: &Server, repository: &str, wasm: &[u8], mut locked: Value) {
    let wasm_digest = server.put_blob(repository, wasm);
    locked["components"][0]["source"] = json!({ "content_type": "application/wasm", "digest": wasm_digest });
    let locked = serde_json::to_vec(&locked).unwrap();
    let locked_digest = server.put_blob(repository, &locked);
    let config = json!({ "architecture": "wasm", "os": "Wasip1",
                         "config": { "Labels": { "com.fermyon.spin.lockedAppDigest": locked_digest } },
                         "rootfs": { "type": "layers", "diff_ids": [] } });
    let config = serde_json::to_vec(&config).unwrap();
    let config_digest = server.put_blob(repository, &config);
    let manifest = json!({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": config_digest, "size": config.len() },
        "layers": [
            { "mediaType": WASM, "digest": wasm_digest, "size": wasm.len() },
            { "mediaType": APP, "digest": locked_digest, "size": locked.len() }
        ]
    });
    server.put_manifest(repository, "1", &manifest);
}

#[test]
fn an_app_in_the_form_that_spin_pushes_is_run() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let locked = json!({
        "spin_lock_version": 0,
        "metadata": { "name": "docs", "version": "0.1.0", "trigger": { "type": "http" }, "triggers": {} },
        "triggers": [{ "id": "docs-http-trigger", "trigger_type": "http",
                       "trigger_config": { "component": "docs", "executor": { "type": "http" }, "route": "/..." } }],
        "components": [{ "id": "docs", "metadata": { "description": "", "build": { "command": "make" } },
                         "files": [{ "inline": "aGk", "digest": "sha256:8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4", "path": "a.txt" }] }]
    });
    push_as_spin(&server, "spin/docs", &std::fs::read(built("api_docs")).unwrap(), locked);
    let running = Running::start(&workspace, &["--insecure", "-f", &server.reference("spin/docs:1")], &[]);
    running.nobody().get("/api/docs").expect(200);
}

/// One component that asks another to reach things, built with the host's fixtures.
fn fixture(name: &str) -> Vec<u8> {
    let mut build = Command::new(runtime_shim());
    build.args(["build", "--all", "--from", FIXTURES]).current_dir(repository());
    let output = build.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(built(&format!("fixture_{name}"))).unwrap()
}

/// Spin composes when it pushes, with an adapter in front of the dependency for what is denied; the locked app says nothing of
/// dependencies any more.
#[test]
fn an_app_that_spin_has_composed_with_a_denied_dependency_is_run_and_stays_denied() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let denied = plug(&fixture("reacher"), &deny_adapter().unwrap()).unwrap();
    let asker = plug(&fixture("asker"), &denied).unwrap();
    let locked = json!({
        "spin_lock_version": 1,
        "must_understand": ["component_host_requirements"],
        "metadata": { "name": "ask", "version": "0.1.0", "trigger": { "type": "http" }, "triggers": {} },
        "triggers": [{ "id": "asker-http-trigger", "trigger_type": "http",
                       "trigger_config": { "component": "asker", "executor": { "type": "http" }, "route": "/..." } }],
        "components": [{ "id": "asker", "metadata": { "allowed_outbound_hosts": ["http://asker.spin.internal"] },
                         "env": { "NAME": "value" }, "config": { "name": "value" },
                         "host_requirements": { "local_service_chaining": "required" } }]
    });
    push_as_spin(&server, "spin/ask", &asker, locked);
    let running = Running::start(&workspace, &["--insecure", "-f", &server.reference("spin/ask:1")], &[]);
    for path in ["/variable?name", "/environment?NAME"] {
        let said = running.nobody().get(path).expect(200).body;
        assert!(said.starts_with("denied: "), "{path}: {said}");
    }
    // What it inherits it has.
    let said = running.nobody().get("/fetch?http://asker.spin.internal/environment?NAME").expect(200).body;
    assert!(said.starts_with("reached: denied: "), "{said}");
}

#[test]
fn an_image_that_is_no_app_is_refused_by_what_it_lacks() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let blob = server.put_blob("linux", b"{}");
    let manifest = json!({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": blob, "size": 2 },
        "layers": []
    });
    server.put_manifest("linux", "1", &manifest);
    let outcome = workspace.registry(&["pull", &server.reference("linux:1"), "--insecure"]);
    assert!(outcome.error_line().contains("is no Spin app"), "{}", outcome.error_line());
}
