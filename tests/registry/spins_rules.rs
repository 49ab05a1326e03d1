//! What we push meets the rules by which Spin reads an artifact, each with where Spin 4.1 has it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::program::{Workspace, product};
use crate::server::{Kind, Server};

const APP: &str = "application/vnd.fermyon.spin.application.v1+config";
const WASM: &str = "application/vnd.wasm.content.layer.v1+wasm";
const DATA: &str = "application/vnd.wasm.content.layer.v1+data";
const ARCHIVE: &str = "application/vnd.wasm.content.bundle.v1.tar+gzip";

/// An artifact in the registry: its layers and what the locked app says.
struct Pushed {
    layers: Vec<(String, String)>,
    locked: Value,
}

fn push(app: &str, more: &[&str]) -> Pushed {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let app = if app.is_empty() { workspace.small_app("1.0.0") } else { app.to_owned() };
    let reference = server.reference("app:1");
    let push = ["push", &reference, "-f", &app, "--insecure", "--no-sbom"];
    workspace.registry(&[&push[..], more].concat()).answer();
    let (manifest, _) = server.manifest("app", "1");
    assert_eq!(manifest["config"]["mediaType"], "application/vnd.oci.image.config.v1+json");
    let layers = manifest["layers"].as_array().unwrap();
    let of = |layer: &Value| (text(&layer["mediaType"]), text(&layer["digest"]));
    let layers: Vec<(String, String)> = layers.iter().map(of).collect();
    let apps: Vec<&String> =
        layers.iter().filter(|(kind, _)| kind == APP).map(|(_, digest)| digest).collect();
    assert_eq!(apps.len(), 1, "{layers:?}");
    let locked = serde_json::from_slice(&std::fs::read(server.blob_file(apps[0])).unwrap()).unwrap();
    Pushed { layers, locked }
}

impl Pushed {
    fn components(&self) -> &Vec<Value> {
        self.locked["components"].as_array().unwrap()
    }

    fn has(&self, kind: &str, digest: &Value) -> bool {
        self.layers.iter().any(|(of, name)| of == kind && Some(name.as_str()) == digest.as_str())
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn items(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// The product, and a small app with files in each of the two ways.
fn artifacts() -> [Pushed; 3] {
    [push(&product(), &[]), push("", &[]), push("", &["--archive-layers"])]
}

/// `crates/locked-app/src/locked.rs`: `FixedVersionBackwardCompatible<1>`, `MustUnderstand`, `SUPPORTED_HOST_REQS`; version 1
/// is what something that must be understood makes of it.
#[test]
fn the_version_and_what_must_be_understood_are_ones_that_spin_knows() {
    for pushed in artifacts() {
        let locked = &pushed.locked;
        let must = items(&locked["must_understand"]);
        assert_eq!(locked["spin_lock_version"], u64::from(!must.is_empty()));
        for field in &must {
            assert!(["host_requirements", "component_host_requirements"].contains(&text(field).as_str()));
        }
        let mut demanding = object(&locked["host_requirements"]);
        for component in pushed.components() {
            demanding.extend(object(&component["host_requirements"]));
        }
        assert_eq!(demanding.is_empty(), must.is_empty(), "{demanding:?}");
        for (feature, level) in demanding {
            assert!(["local_service_chaining", "middleware"].contains(&feature.as_str()), "{feature}");
            assert!(["required", "optional"].contains(&text(&level).as_str()));
        }
        assert!(locked["metadata"]["name"].is_string());
    }
}

/// `crates/http/src/config.rs`: `HttpTriggerConfig` denies unknown fields, and wants a component or a fixed response.
#[test]
fn triggers_have_the_fields_that_spin_allows_and_name_components_that_are_there() {
    for pushed in artifacts() {
        let components: BTreeSet<String> = pushed.components().iter().map(|c| text(&c["id"])).collect();
        let mut ids = BTreeSet::new();
        for trigger in items(&pushed.locked["triggers"]) {
            assert!(ids.insert(text(&trigger["id"])), "{trigger}");
            assert_eq!(trigger["trigger_type"], "http");
            let config = object(&trigger["trigger_config"]);
            for field in config.keys() {
                let known = ["component", "static_response", "route", "executor"];
                assert!(known.contains(&field.as_str()), "{trigger}");
            }
            assert_ne!(config.contains_key("component"), config.contains_key("static_response"), "{trigger}");
            if let Some(component) = config.get("component") {
                assert!(components.contains(&text(component)), "{trigger}");
            }
            let route = &config["route"];
            assert!(route.is_string() || *route == serde_json::json!({ "private": true }), "{trigger}");
        }
    }
}

/// `crates/oci/src/loader.rs`: all WebAssembly by a digest that is a layer of its kind; `crates/locked-app/src/locked.rs`:
/// `inherit` is `"All"` or `{"Some": […]}`; `crates/serde/src/dependencies.rs` and `crates/compose`: one entry for a package.
#[test]
fn components_and_what_fills_their_imports_are_layers_and_inherit_in_spins_words() {
    let kinds = [
        "ai_models",
        "allowed_outbound_hosts",
        "environment",
        "files",
        "key_value_stores",
        "sqlite_databases",
        "variables",
    ];
    for pushed in artifacts() {
        let mut sources = Vec::new();
        for component in pushed.components() {
            sources.push(component["source"].clone());
            let mut packages = BTreeSet::new();
            for (name, dependency) in object(&component["dependencies"]) {
                sources.push(dependency["source"].clone());
                let package = name.split(['/', '@']).next().unwrap_or_default().to_owned();
                assert!(packages.insert(package), "{name} of {}", component["id"]);
                assert!(dependency["export"].is_null() || dependency["export"].is_string(), "{dependency}");
                match dependency.get("inherit") {
                    None => {}
                    Some(Value::String(all)) => assert_eq!(all, "All"),
                    Some(some) => {
                        assert_eq!(object(some).keys().collect::<Vec<_>>(), ["Some"], "{dependency}");
                        let known = |kind: &Value| kinds.contains(&text(kind).as_str());
                        assert!(items(&some["Some"]).iter().all(known), "{dependency}");
                    }
                }
            }
        }
        for source in sources {
            assert_eq!(source["content_type"], "application/wasm");
            assert!(pushed.has(WASM, &source["digest"]), "{source}");
        }
    }
}

/// `crates/oci/src/loader.rs`: a file is inline or the layer of its digest, or in an archive; its path leads nowhere else.
#[test]
fn files_are_where_spin_looks_for_them() {
    for pushed in artifacts() {
        let archived = pushed.layers.iter().any(|(kind, _)| kind == ARCHIVE);
        for file in pushed.components().iter().flat_map(|component| items(&component["files"])) {
            let found = file["inline"].is_string() || archived || pushed.has(DATA, &file["digest"]);
            assert!(found && file["digest"].is_string(), "{file}");
            let path = text(&file["path"]);
            assert!(path.split('/').all(|part| !["", ".", ".."].contains(&part)), "{path}");
        }
    }
}

/// `crates/locked-app/src/locked.rs`: a variable without a default is required; no other field says so.
#[test]
fn variables_have_a_default_or_are_required() {
    let pushed = push(&product(), &[]);
    let variables = object(&pushed.locked["variables"]);
    for name in ["db_app_password", "db_identity_password", "better_auth_secret"] {
        assert_eq!(variables[name].get("default"), None, "{name}");
        assert_eq!(variables[name]["secret"], true, "{name}");
    }
    for (name, variable) in variables {
        for field in object(&variable).keys() {
            assert!(["default", "secret", "description"].contains(&field.as_str()), "{name}: {field}");
        }
    }
}
