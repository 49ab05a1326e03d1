//! spin.toml says nothing that upstream Spin 4.1 does not know.

use serde_json::{Value, json};

use crate::spin_toml::manifest;

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(include_str!("spin-manifest-v2.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn every_key_of_the_manifest_is_one_that_spin_knows() {
    let errors: Vec<String> = validator()
        .iter_errors(&manifest())
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn a_key_that_spin_does_not_know_is_refused() {
    let mut manifest = manifest();
    manifest["component"]["chat"]["allowed_outbound_host"] = json!([]);
    assert!(!validator().is_valid(&manifest));
}

#[test]
fn a_component_composes_at_most_one_interface_of_each_package() {
    for (id, component) in crate::spin_toml::components() {
        let Some(dependencies) = component["dependencies"].as_object() else { continue };
        let mut packages: Vec<&str> =
            dependencies.keys().filter_map(|key| key.split(['/', '@']).next()).collect();
        packages.sort_unstable();
        let count = packages.len();
        packages.dedup();
        assert_eq!(packages.len(), count, "{id}: Spin takes one dependency per package");
    }
}

#[test]
fn a_dependency_has_no_dependencies_or_settings_of_its_own_since_spin_ignores_them() {
    let components = crate::spin_toml::components();
    let composed: Vec<&str> = components
        .values()
        .filter_map(|component| component["dependencies"].as_object())
        .flat_map(|dependencies| dependencies.values())
        .filter_map(|dependency| dependency["component"].as_str())
        .collect();
    for id in composed {
        let component = components.get(id).unwrap_or_else(|| panic!("{id} is composed but not declared"));
        for key in ["dependencies", "variables", "allowed_outbound_hosts", "environment", "files"] {
            assert!(component.get(key).is_none(), "{id} has {key}, which composition ignores");
        }
    }
}
