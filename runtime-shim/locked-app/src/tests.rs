use super::*;
use crate::Digest;
use serde_json::json;

/// Shaped as Spin writes it for an app with middleware-free components, chaining and files.
fn spins_own() -> Value {
    json!({
        "spin_lock_version": 1,
        "must_understand": ["component_host_requirements"],
        "metadata": { "name": "chain", "version": "6.1.2", "triggers": {}, "trigger": { "type": "http" } },
        "variables": { "password": { "secret": true }, "colour": { "default": "red" } },
        "triggers": [{
            "id": "front-http-trigger",
            "trigger_type": "http",
            "trigger_config": { "component": "front", "executor": { "type": "http" }, "route": "/..." }
        }],
        "components": [{
            "id": "front",
            "metadata": { "allowed_outbound_hosts": ["http://back.spin.internal"] },
            "source": { "content_type": "application/wasm", "digest": Digest::sha256(b"wasm").as_str() },
            "env": { "A": "1" },
            "files": [
                { "inline": "aGk", "digest": Digest::sha256(b"hi").as_str(), "path": "small.txt" },
                { "digest": Digest::sha256(b"large").as_str(), "path": "deep/large.txt" }
            ],
            "config": { "colour": "{{ colour }}" },
            "dependencies": {
                "a:b/c@1.0.0": {
                    "source": { "content_type": "application/wasm", "digest": Digest::sha256(b"dep").as_str() },
                    "export": null,
                    "inherit": { "Some": ["variables"] }
                },
                "d:e@1.0.0": {
                    "source": { "content_type": "application/wasm", "digest": Digest::sha256(b"dep").as_str() },
                    "export": "f",
                    "inherit": "All"
                }
            },
            "host_requirements": { "local_service_chaining": "required" },
            "something_new": 1
        }]
    })
}

fn read(value: &Value) -> Result<LockedApp, LockedAppError> {
    LockedApp::from_json(&serde_json::to_vec(value).unwrap())
}

#[test]
fn what_spin_writes_is_read_and_written_back_the_same() {
    let mut value = spins_own();
    let app = read(&value).unwrap();
    assert_eq!(app.components[0].files[0].content.inline.as_deref(), Some(&b"hi"[..]));
    assert_eq!(app.components[0].dependencies["d:e@1.0.0"].inherit, LockedInherit::All);
    value["components"][0].as_object_mut().unwrap().remove("something_new");
    assert_eq!(serde_json::to_value(&app).unwrap(), value);
}

#[test]
fn an_app_that_needs_more_is_refused_by_the_names_of_what_it_needs() {
    let mut value = spins_own();
    value["components"][0]["host_requirements"]["middleware"] = json!("required");
    value["host_requirements"] = json!({ "splines": "required", "nice": "optional" });
    let error = read(&value).unwrap_err().to_string();
    assert_eq!(error, "the app needs what this host does not offer: middleware, splines");
}

#[test]
fn a_field_that_must_be_understood_is_not_skipped() {
    let mut value = spins_own();
    value["must_understand"] = json!(["host_requirements", "new_thing"]);
    assert!(read(&value).unwrap_err().to_string().contains("new_thing"));
    value["must_understand"] = json!([]);
    value["spin_lock_version"] = json!(2);
    assert!(matches!(read(&value), Err(LockedAppError::Version(2))));
}
