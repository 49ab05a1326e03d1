//! Nothing has more rights than it needs.

use serde_json::json;

use crate::spin_toml::{components, folders};

const DATABASE: &str = "postgres://{{ db_host }}:{{ db_port }}";
const ISSUER_KEYS: &str = "http://issuer-keys.spin.internal";

#[test]
fn endpoints_that_compose_tools_reach_the_database_and_what_fetches_keys_and_so_do_their_tools() {
    let components = components();
    for endpoint in ["rest-api", "mcp"] {
        assert_eq!(
            components[endpoint]["allowed_outbound_hosts"],
            json!([DATABASE, ISSUER_KEYS]),
            "{endpoint}"
        );
    }
}

#[test]
fn the_built_in_model_inherits_nothing() {
    let components = components();
    let model = &components["chat"]["dependencies"]["todo:model-builtin/model@1.0.0"];
    assert!(matches!(model.get("inherit_configuration"), None | Some(serde_json::Value::Bool(false))));
}

#[test]
fn the_page_and_the_api_documents_reach_nothing_and_know_nothing_but_what_they_tell_browsers() {
    let components = components();
    // Whether people reach the app over TLS; of the page also who may load its element, and which element stands in its place.
    let public_url = json!({ "public_url": "{{ public_url }}" });
    let mut of_the_page = public_url.clone();
    for name in ["cors_origins", "chatkit_script_url", "chatkit_domain_key"] {
        of_the_page[name] = json!(format!("{{{{ {name} }}}}"));
    }
    for (endpoint, variables) in [("web-ui", of_the_page), ("api-docs", public_url)] {
        for right in ["allowed_outbound_hosts", "files", "environment", "key_value_stores"] {
            assert!(components[endpoint].get(right).is_none(), "{endpoint} has {right}");
        }
        assert_eq!(components[endpoint]["variables"], variables, "{endpoint}");
    }
}

#[test]
fn no_tool_asks_the_host_for_more_than_postgresql_variables_and_what_rust_brings() {
    for tool in folders("tools") {
        for import in imports(&tool) {
            let granted =
                ["wasi:cli/", "wasi:clocks/", "wasi:io/", "wasi:random/", "wasi:filesystem/", "todo:types/"];
            let known = granted.iter().any(|prefix| import.starts_with(prefix))
                || import.starts_with("spin:postgres/")
                || import.starts_with("spin:variables/");
            assert!(known, "{tool} imports {import}");
        }
    }
}

#[test]
fn the_built_in_model_asks_the_host_for_nothing_but_what_rust_brings() {
    for import in imports("model-builtin") {
        let forbidden = ["spin:", "wasi:http", "wasi:sockets", "fermyon:"];
        assert!(!forbidden.iter().any(|prefix| import.starts_with(prefix)), "model-builtin imports {import}");
    }
}

/// What a built component imports, by interface.
fn imports(id: &str) -> Vec<String> {
    let file =
        harness::repository().join(format!("target/wasm32-wasip2/release/{}.wasm", id.replace('-', "_")));
    let bytes = std::fs::read(&file).unwrap_or_else(|error| {
        panic!("{}: {error}; run `cargo up` or `runtime-shim build` first", file.display())
    });
    let mut imports = Vec::new();
    let mut depth = 0;
    for payload in wasmparser::Parser::new(0).parse_all(&bytes) {
        match payload.unwrap() {
            wasmparser::Payload::ModuleSection { .. } | wasmparser::Payload::ComponentSection { .. } => {
                depth += 1
            }
            wasmparser::Payload::End(_) if depth > 0 => depth -= 1,
            wasmparser::Payload::ComponentImportSection(section) if depth == 0 => {
                imports.extend(section.into_iter().map(|import| import.unwrap().name.name.to_owned()));
            }
            _ => {}
        }
    }
    imports
}

#[test]
fn no_secret_is_in_a_tracked_file_name() {
    for file in harness::tracked_files() {
        let name = file.to_string_lossy();
        assert!(![".pem", ".key", ".env"].iter().any(|ending| name.ends_with(ending)), "{name}");
    }
}

#[test]
fn what_fetches_from_anywhere_knows_nothing_and_what_knows_people_fetches_from_nowhere_else() {
    let components = components();
    let fetching = &components["client-documents"];
    assert_eq!(fetching["allowed_outbound_hosts"], json!(["https://*:443"]));
    for right in ["variables", "files", "environment", "key_value_stores", "dependencies"] {
        assert!(fetching.get(right).is_none(), "client-documents has {right}");
    }
    let hosts = json!([DATABASE, "http://client-documents.spin.internal"]);
    assert_eq!(components["oauth"]["allowed_outbound_hosts"], hosts);

    let calling = &components["webhook-caller"];
    let beside = "{{ reminder_webhook_origin }}";
    assert_eq!(calling["allowed_outbound_hosts"], json!(["https://*:443", beside]));
    assert_eq!(calling["variables"], json!({ "webhook_origin": beside }));
    for right in ["files", "environment", "key_value_stores", "dependencies"] {
        assert!(calling.get(right).is_none(), "webhook-caller has {right}");
    }
    let hosts = json!([DATABASE, "http://webhook-caller.spin.internal", ISSUER_KEYS]);
    assert_eq!(components["reminder-sender"]["allowed_outbound_hosts"], hosts);

    let keys = &components["issuer-keys"];
    assert_eq!(keys["allowed_outbound_hosts"], json!(["{{ auth_issuer_origin }}"]));
    let known = ["auth_issuer", "auth_issuer_origin", "auth_issuer_keys_path"];
    let known: serde_json::Map<_, _> =
        known.map(|name| (name.to_owned(), json!(format!("{{{{ {name} }}}}")))).into_iter().collect();
    assert_eq!(keys["variables"], json!(known));
    for right in ["files", "environment", "key_value_stores", "dependencies"] {
        assert!(keys.get(right).is_none(), "issuer-keys has {right}");
    }
}
