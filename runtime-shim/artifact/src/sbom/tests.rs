use super::*;
use serde_json::Value;
use std::path::Path;

/// A workspace of two crates, one of which makes a component.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("Cargo.toml", "[workspace]\nresolver = '3'\nmembers = ['api-part', 'words', 'for-tests']\n");
    put(
        "api-part/Cargo.toml",
        "[package]\nname = 'api-part'\nversion = '0.3.0'\nedition = '2024'\nlicense = 'MIT/Apache-2.0'\n\
         [lib]\ncrate-type = ['cdylib']\n[dependencies]\nwords = { path = '../words' }\n\
         [dev-dependencies]\nfor-tests = { path = '../for-tests' }\n",
    );
    for library in ["words", "for-tests"] {
        put(&format!("{library}/Cargo.toml"), &format!("[package]\nname = '{library}'\nversion = '1.0.0'\n"));
    }
    for package in ["api-part", "words", "for-tests"] {
        put(&format!("{package}/src/lib.rs"), "");
    }
    put(
        "Cargo.lock",
        "version = 4\n[[package]]\nname = 'api-part'\nversion = '0.3.0'\ndependencies = ['for-tests', 'words']\n\
         [[package]]\nname = 'for-tests'\nversion = '1.0.0'\n[[package]]\nname = 'words'\nversion = '1.0.0'\n",
    );
    folder
}

fn app() -> LockedApp {
    let wasm = Digest::sha256(b"wasm");
    let source = serde_json::json!({ "content_type": "application/wasm", "digest": wasm.as_str() });
    let app = serde_json::json!({
        "spin_lock_version": 0, "metadata": { "name": "a", "version": "1.0.0" }, "triggers": [],
        "components": [
            { "id": "api", "source": { "content_type": "application/wasm", "digest": Digest::sha256(b"other").as_str() },
              "dependencies": { "x:y@1.0.0": { "source": source, "export": null } } },
            { "id": "tool", "source": source }
        ]
    });
    LockedApp::from_json(&serde_json::to_vec(&app).unwrap()).unwrap()
}

fn document() -> Value {
    let workspace = workspace();
    let components = [("api", Path::new("target/api_part.wasm")), ("tool", Path::new("bought.wasm"))];
    let crates = Crates::read(workspace.path(), components).unwrap();
    serde_json::from_slice(&sbom(&app(), &crates).unwrap()).unwrap()
}

#[test]
fn every_component_has_its_hash_and_the_crates_in_it() {
    let document = document();
    assert_eq!((&document["bomFormat"], &document["specVersion"]), (&"CycloneDX".into(), &"1.5".into()));
    let parts = document["components"].as_array().unwrap();
    let names: Vec<_> = parts.iter().map(|part| part["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["api", "tool", "api-part", "words"], "and nothing that only tests use");
    assert_eq!(parts[1]["hashes"][0]["content"], Digest::sha256(b"wasm").hex());
    assert_eq!(parts[2]["licenses"][0]["expression"], "MIT OR Apache-2.0");
}

#[test]
fn relations_lead_from_the_app_to_crates() {
    let document = document();
    let on = |of: &str| {
        let all = document["dependencies"].as_array().unwrap().clone();
        all.into_iter().find(|relation| relation["ref"] == of).unwrap()["dependsOn"].clone()
    };
    assert_eq!(on("app:a"), serde_json::json!(["component:api", "component:tool"]));
    assert_eq!(on("component:api"), serde_json::json!(["component:tool", "crate:api-part@0.3.0"]));
    assert_eq!(on("crate:api-part@0.3.0"), serde_json::json!(["crate:words@1.0.0"]));
}

#[test]
fn the_document_is_the_same_every_time() {
    assert_eq!(document(), document());
    assert!(document().get("serialNumber").is_none() && document()["metadata"].get("timestamp").is_none());
}

#[test]
fn an_app_without_cargo_still_has_its_components() {
    let folder = tempfile::tempdir().unwrap();
    let crates = Crates::read(folder.path(), [("api", Path::new("api.wasm"))]).unwrap();
    let document: Value = serde_json::from_slice(&sbom(&app(), &crates).unwrap()).unwrap();
    assert_eq!(document["components"].as_array().unwrap().len(), 2);
}
