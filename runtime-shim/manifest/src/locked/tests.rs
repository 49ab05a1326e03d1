use super::*;
use crate::{Route, VariableSources, resolve_components, resolve_variables};
use serde_json::json;
use std::collections::BTreeMap;

/// An app in Spin's words, with components apart: as `runtime-shim registry push` writes it, and Spin's library would without
/// composing. Its command `spin registry push` always composes, and then `dependencies` are empty.
fn spins_own() -> Value {
    let wasm = |content: &[u8]| json!({ "content_type": "application/wasm", "digest": Digest::sha256(content).as_str() });
    json!({
        "spin_lock_version": 1,
        "must_understand": ["component_host_requirements"],
        "metadata": { "name": "chain", "version": "6.1.2", "triggers": {}, "trigger": { "type": "http" } },
        "variables": { "password": { "secret": true }, "colour": { "default": "red" } },
        "triggers": [
            { "id": "front-http-trigger", "trigger_type": "http",
              "trigger_config": { "component": "front", "executor": { "type": "http" }, "route": "/..." } },
            { "id": "back-http-trigger", "trigger_type": "http",
              "trigger_config": { "component": "back", "route": { "private": true } } },
            { "id": "http-trigger1", "trigger_type": "http",
              "trigger_config": { "route": "/teapot", "static_response": { "status_code": 418 } } }
        ],
        "components": [
            { "id": "front",
              "metadata": { "allowed_outbound_hosts": ["http://back.spin.internal"], "build": { "command": "make" } },
              "source": wasm(b"front"),
              "env": { "A": "1" },
              "files": [
                  { "inline": "aGk", "digest": Digest::sha256(b"hi").as_str(), "path": "small.txt" },
                  { "digest": Digest::sha256(b"large").as_str(), "path": "deep/large.txt" }
              ],
              "config": { "shade": "dark {{ colour }}" },
              "dependencies": {
                  "a:b/c@1.0.0": { "source": wasm(b"dep"), "export": null },
                  "d:e@1.0.0": { "source": wasm(b"dep"), "export": "f", "inherit": "All" }
              },
              "host_requirements": { "local_service_chaining": "required" } },
            { "id": "back", "source": wasm(b"back") }
        ]
    })
}

fn read_value(value: &Value) -> Result<Manifest, ManifestError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(LOCKED), serde_json::to_vec(value).unwrap()).unwrap();
    super::super::read(folder.path())
}

#[test]
fn an_artifact_of_spins_is_an_app() {
    let manifest = read_value(&spins_own()).unwrap();
    assert_eq!(manifest.application.version.as_deref(), Some("6.1.2"));
    assert!(matches!(&manifest.trigger.http[0].route, Route::Pattern(route) if route == "/..."));
    assert!(matches!(&manifest.trigger.http[1].route, Route::Private { private: true }));
    assert_eq!(manifest.trigger.http[2].static_response.as_ref().unwrap().status_code, Some(418));
    let front = &manifest.component["front"];
    assert!(front.build.is_none());
    assert!(matches!(&front.files[0], Files::Inline { content, .. } if content == b"hi"));
    let large = content_path(&Digest::sha256(b"large"));
    assert!(matches!(&front.files[1], Files::Mount { source, .. } if *source == large));
    let ComponentDependency::Local(denied) = &front.dependencies["a:b/c@1.0.0"] else { panic!("local") };
    assert_eq!(denied.inherit_configuration, Some(Inherit::All(false)));
    assert_eq!(denied.path, Some(content_path(&Digest::sha256(b"dep"))));
    let ComponentDependency::Local(open) = &front.dependencies["d:e@1.0.0"] else { panic!("local") };
    assert_eq!(
        (open.inherit_configuration.clone(), open.export.as_deref()),
        (Some(Inherit::All(true)), Some("f"))
    );
}

#[test]
fn its_variables_and_templates_resolve_as_a_manifests_do() {
    let manifest = read_value(&spins_own()).unwrap();
    let error = resolve_variables(&manifest, &VariableSources::default()).unwrap_err();
    assert!(matches!(error, ManifestError::MissingVariables { names } if names == ["password"]));
    let arguments = BTreeMap::from([("password".to_owned(), "x".to_owned())]);
    let sources = VariableSources { arguments, ..VariableSources::default() };
    let values = resolve_variables(&manifest, &sources).unwrap();
    let components = resolve_components(&manifest, &values, &BTreeMap::new()).unwrap();
    assert_eq!(components["front"].variables["shade"], "dark red");
    assert!(components["front"].allowed_hosts.allows("http", "back.spin.internal", 80));
}

#[test]
fn what_this_host_does_not_offer_is_refused_by_name() {
    let refusal = |change: &dyn Fn(&mut Value)| {
        let mut value = spins_own();
        change(&mut value);
        read_value(&value).unwrap_err().to_string()
    };
    let error = refusal(&|v| v["components"][1]["metadata"] = json!({ "key_value_stores": ["default"] }));
    assert!(error.contains("component.back.key_value_stores"), "{error}");
    let error = refusal(&|v| v["triggers"][0]["trigger_type"] = json!("redis"));
    assert!(error.contains("trigger.redis"), "{error}");
    let error = refusal(&|v| v["components"][1]["trigger_dependencies"] = json!({ "middleware": [] }));
    assert!(error.contains("components.back.trigger_dependencies"), "{error}");
    let error = refusal(&|v| v["triggers"][0]["trigger_config"]["component"] = json!("nobody"));
    assert!(error.contains("no [component.nobody]"), "{error}");
}

#[test]
fn a_digest_that_leads_elsewhere_is_refused() {
    for digest in ["sha256:../../../../etc/passwd", "md5:0", ""] {
        let mut value = spins_own();
        value["components"][1]["source"]["digest"] = json!(digest);
        let error = read_value(&value).unwrap_err().to_string();
        assert!(error.starts_with("components.back.source"), "{error}");
    }
    let mut value = spins_own();
    value["components"][1]["source"] =
        json!({ "content_type": "application/wasm", "source": "file:///x.wasm" });
    assert!(read_value(&value).unwrap_err().to_string().contains("not named by a digest"));
}

#[test]
fn a_folder_without_a_locked_app_is_none() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(folder_of(folder.path()), None);
    assert_eq!(folder_of(&folder.path().join(LOCKED)), Some(folder.path().to_owned()));
    assert!(matches!(read(folder.path()), Err(ManifestError::Read { .. })));
}
