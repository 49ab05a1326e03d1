use super::*;
use serde_json::Value;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let wit = "/// Words that all share.\npackage demo:words@1.2.3;\ninterface types { record word { text: string } }\n\
               world speaker { export types; }";
    std::fs::write(folder.path().join("words.wit"), wit).unwrap();
    folder
}

#[test]
fn a_package_of_interfaces_is_named_by_itself_and_lists_what_it_holds() {
    let (name, artifact) = pack_interfaces(folder().path(), None).unwrap();
    assert_eq!(name.reference("registry.example/acme/"), "registry.example/acme/demo/words:1.2.3");
    let config: Value = serde_json::from_slice(&artifact.config.bytes).unwrap();
    assert_eq!(config["layerDigests"][0], artifact.layers[0].digest.as_str());
    assert_eq!(config["created"], NO_TIME);
    let exports: Vec<_> = config["component"]["exports"].as_array().unwrap().iter().collect();
    assert_eq!(exports, ["demo:words/speaker@1.2.3", "demo:words/types@1.2.3"]);
    let manifest: Value = serde_json::from_slice(&artifact.manifest).unwrap();
    assert_eq!(manifest["config"]["mediaType"], media_type::WASM_CONFIG);
    assert_eq!(manifest["layers"][0]["mediaType"], media_type::WASM_PACKAGE);
    assert_eq!(manifest["annotations"][VERSION], "1.2.3");
    assert_eq!(manifest["annotations"][DESCRIPTION], "Words that all share.");
}

#[test]
fn it_is_the_same_every_time() {
    let digest = || pack_interfaces(folder().path(), Some("2026-01-02T03:04:05Z")).unwrap().1.digest();
    assert_eq!(digest(), digest());
}

#[test]
fn a_component_is_named_for_the_one_package_it_exports() {
    let named = |exports: &[&str]| {
        let exports = exports.iter().map(|export| (*export).to_owned()).collect();
        name_of(&Interfaces { exports, imports: BTreeSet::new(), target: None })
    };
    let name = named(&["demo:tool/run@1.0.0", "demo:tool/describe@1.0.0", "wasi:cli/run@0.2.0"]).unwrap();
    assert_eq!(name.to_string(), "demo:tool@1.0.0");
    assert!(
        matches!(named(&["wasi:http/handler@0.3.0"]), Err(PackageError::Name(found)) if found.is_empty())
    );
    assert!(
        matches!(named(&["a:b/c@1.0.0", "a:d/e@1.0.0"]), Err(PackageError::Name(found)) if found.len() == 2)
    );
    assert!(named(&["a:b/c"]).is_err(), "without a version there is no tag");
}

#[test]
fn what_is_no_component_is_refused() {
    assert!(matches!(pack_component(b"\0asm".to_vec(), None, None), Err(PackageError::NotAComponent(_))));
    let (_, interfaces) = pack_interfaces(folder().path(), None).unwrap();
    let bytes = interfaces.layers[0].bytes.clone();
    assert!(matches!(pack_component(bytes, None, None), Err(PackageError::NotAComponent(_))));
}
