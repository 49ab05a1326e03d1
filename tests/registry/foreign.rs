//! Artifacts that others have pushed.

use serde_json::json;

use crate::program::{Desk, built};
use crate::run_from_there::Running;
use crate::server::{Kind, Server};

const APP: &str = "application/vnd.fermyon.spin.application.v1+config";
const WASM: &str = "application/vnd.wasm.content.layer.v1+wasm";

/// As Spin pushes it: the image configuration with its label, the locked app a layer behind the components.
#[test]
fn an_app_in_the_form_that_spin_pushes_is_run() {
    let (server, desk) = (Server::start(Kind::Open), Desk::new());
    let wasm = std::fs::read(built("api_docs")).unwrap();
    let wasm_digest = server.put_blob("spin/docs", &wasm);
    let locked = json!({
        "spin_lock_version": 0,
        "metadata": { "name": "docs", "version": "0.1.0", "trigger": { "type": "http" }, "triggers": {} },
        "triggers": [{ "id": "docs-http-trigger", "trigger_type": "http",
                       "trigger_config": { "component": "docs", "executor": { "type": "http" }, "route": "/..." } }],
        "components": [{ "id": "docs", "metadata": { "description": "", "build": { "command": "make" } },
                         "source": { "content_type": "application/wasm", "digest": wasm_digest },
                         "files": [{ "inline": "aGk", "digest": "sha256:8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4", "path": "a.txt" }] }]
    });
    let locked = serde_json::to_vec_pretty(&locked).unwrap();
    let locked_digest = server.put_blob("spin/docs", &locked);
    let config = json!({ "architecture": "wasm", "os": "Wasip1",
                         "config": { "Labels": { "com.fermyon.spin.lockedAppDigest": locked_digest } },
                         "rootfs": { "type": "layers", "diff_ids": [] } });
    let config = serde_json::to_vec(&config).unwrap();
    let config_digest = server.put_blob("spin/docs", &config);
    let manifest = json!({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": config_digest, "size": config.len() },
        "layers": [
            { "mediaType": WASM, "digest": wasm_digest, "size": wasm.len() },
            { "mediaType": APP, "digest": locked_digest, "size": locked.len() }
        ]
    });
    server.put_manifest("spin/docs", "1", &manifest);

    let running = Running::start(&desk, &["--insecure", "-f", &server.reference("spin/docs:1")], &[]);
    running.nobody().get("/api/docs").expect(200);
}

#[test]
fn an_image_that_is_no_app_is_refused_by_what_it_lacks() {
    let (server, desk) = (Server::start(Kind::Open), Desk::new());
    let blob = server.put_blob("linux", b"{}");
    let manifest = json!({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": blob, "size": 2 },
        "layers": []
    });
    server.put_manifest("linux", "1", &manifest);
    let outcome = desk.registry(&["pull", &server.reference("linux:1"), "--insecure"]);
    assert!(outcome.complaint().contains("is no Spin app"), "{}", outcome.complaint());
}
