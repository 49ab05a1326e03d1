//! Every tool and endpoint is a component of its own, declared, composed and tested.

use std::collections::BTreeSet;

use crate::spin_toml::{components, folders, routed};

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn the_component_folders_are_the_components_of_the_manifest() {
    let mut expected = names(&["send-mail", "verify-token"]);
    for kind in ["tools", "endpoints", "models"] {
        expected.extend(folders(kind));
    }
    assert_eq!(components().keys().cloned().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn every_endpoint_has_a_route_and_nothing_else_has() {
    assert_eq!(routed(), folders("endpoints"));
}

#[test]
fn every_component_is_built_by_the_command_that_names_it() {
    for (id, component) in components() {
        let command = component["build"]["command"].as_str().unwrap();
        assert!(command.ends_with(&format!("--package {id}")), "{id}: {command}");
        let file = format!("/{}.wasm", id.replace('-', "_"));
        assert!(component["source"].as_str().unwrap().ends_with(&file), "{id}");
    }
}

#[test]
fn every_tool_has_a_wit_package_a_skill_and_tests() {
    for tool in folders("tools") {
        let root = harness::repository();
        let wit = std::fs::read_to_string(root.join("wit").join(&tool).join("tool.wit")).unwrap();
        assert!(wit.starts_with(&format!("package todo:{tool}@")), "{tool}");
        assert!(
            root.join("components/tools").join(&tool).join("SKILL.md").is_file(),
            "{tool} has no SKILL.md"
        );
        let tests = root.join("tests/tools").join(format!("{}.rs", tool.replace('-', "_")));
        assert!(tests.is_file(), "{tool} has no {}", tests.display());
    }
}

#[test]
fn rest_and_mcp_compose_every_tool_and_chat_composes_none() {
    let components = components();
    for endpoint in ["rest-api", "mcp"] {
        let dependencies = components[endpoint]["dependencies"].as_object().unwrap();
        for tool in folders("tools") {
            let key = format!("todo:{tool}/tool@1.0.0");
            assert_eq!(dependencies[&key]["component"].as_str(), Some(tool.as_str()), "{endpoint}");
        }
    }
    let chat = components["chat"]["dependencies"].as_object().unwrap();
    assert!(
        chat.values().all(|dependency| !folders("tools").contains(dependency["component"].as_str().unwrap()))
    );
}
