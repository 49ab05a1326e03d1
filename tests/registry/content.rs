//! What is pushed is what is pulled, the same every time, and nothing else is taken for it.

use cyclonedx_bom::prelude::{Bom, SpecVersion, Validate as _};
use std::path::Path;

use crate::program::{Workspace, product};
use crate::server::{Kind, Server};

fn push(workspace: &Workspace, reference: &str, app: &str, more: &[&str]) -> String {
    let mut arguments = vec!["push", reference, "-f", app, "--insecure"];
    arguments.extend(more);
    workspace.registry(&arguments).answer()
}

#[test]
fn the_same_app_has_the_same_digests_wherever_and_whenever_it_is_pushed() {
    let (first, second) = (Server::start(Kind::Open), Server::start(Kind::Open));
    let (workspace, elsewhere) = (Workspace::new(), Workspace::new());
    let digest = push(&workspace, &first.reference("app:1"), &product(), &[]);
    assert_eq!(push(&elsewhere, &second.reference("other/name:2"), &product(), &[]), digest);
    let tag = digest.replace(':', "-");
    let (list, _) = first.manifest("app", &tag);
    let (same_list, _) = second.manifest("other/name", &tag);
    assert_eq!(list, same_list, "what is attached");
    // In another folder, at another time by the clock of its files.
    let small =
        push(&workspace, &first.reference("small:1"), &workspace.small_app("1.0.0"), &["--archive-layers"]);
    let again =
        push(&elsewhere, &first.reference("small:2"), &elsewhere.small_app("1.0.0"), &["--archive-layers"]);
    assert_eq!(small, again);
    let newer =
        push(&workspace, &first.reference("small:3"), &workspace.small_app("1.0.1"), &["--archive-layers"]);
    assert_ne!(small, newer);
}

#[test]
fn an_artifact_says_what_it_is_and_what_it_is_made_of() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let reference = server.reference("todo/app:1");
    let digest =
        push(&workspace, &reference, &product(), &["--annotation", "org.opencontainers.image.revision=abc"]);
    let (manifest, served) = server.manifest("todo/app", "1");
    assert_eq!(served, digest);
    assert_eq!(manifest["annotations"]["org.opencontainers.image.revision"], "abc");
    assert_eq!(manifest["annotations"]["org.opencontainers.image.title"], "todo-assistant");
    assert_eq!(manifest["annotations"]["org.opencontainers.image.created"], "2026-01-02T03:04:05Z");
    let layers = manifest["layers"].as_array().unwrap();
    let of = |kind: &str| layers.iter().filter(|layer| layer["mediaType"] == kind).count();
    assert_eq!(of("application/vnd.fermyon.spin.application.v1+config"), 1);
    let components = workspace.registry(&["inspect", &reference, "--insecure"]);
    let listed = components.output.lines().filter(|line| line.starts_with("component")).count();
    assert_eq!(of("application/vnd.wasm.content.layer.v1+wasm"), listed, "each once\n{}", components.output);

    let document = workspace.registry(&["inspect", &reference, "--insecure", "--sbom"]);
    let document: serde_json::Value = serde_json::from_str(&document.output).unwrap();
    let bom = Bom::parse_json_value(document.clone()).unwrap();
    let valid = bom.validate_version(SpecVersion::V1_5);
    assert!(valid.passed(), "{valid:?}");
    assert_eq!((&document["bomFormat"], &document["specVersion"]), (&"CycloneDX".into(), &"1.5".into()));
    let parts = document["components"].as_array().unwrap();
    let named =
        |name: &str| parts.iter().find(|part| part["name"] == name).unwrap_or_else(|| panic!("{name}"));
    let hash = named("add-task")["hashes"][0]["content"].as_str().unwrap().to_owned();
    assert!(layers.iter().any(|layer| layer["digest"] == format!("sha256:{hash}")));
    assert!(named("spin-sdk")["purl"].as_str().unwrap().starts_with("pkg:cargo/spin-sdk@"));
    assert!(parts.iter().all(|part| part["name"] != "scratch-postgres"), "no test's crates");
}

#[test]
fn changed_content_is_refused_and_never_becomes_an_app() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let reference = server.reference("small:1");
    push(&workspace, &reference, &workspace.small_app("1.0.0"), &["--no-sbom"]);
    let (manifest, _) = server.manifest("small", "1");
    let layers = manifest["layers"].as_array().unwrap();
    for layer in layers {
        let file = server.blob_file(layer["digest"].as_str().unwrap());
        let before = std::fs::read(&file).unwrap();
        let mut changed = before.clone();
        let last = changed.len() - 1;
        changed[last] ^= 1;
        std::fs::write(&file, changed).unwrap();
        let stranger = Workspace::new();
        let outcome = stranger.registry(&["pull", &reference, "--insecure"]);
        assert!(outcome.error_line().contains("something else"), "{}", outcome.error_line());
        assert!(!holds_an_app(&stranger.cache()));
        std::fs::write(&file, before).unwrap();
    }
    workspace.registry(&["pull", &reference, "--insecure"]).answer();
    assert!(holds_an_app(&workspace.cache()));
}

fn holds_an_app(cache: &Path) -> bool {
    let artifacts = std::fs::read_dir(cache.join("artifacts"));
    artifacts.is_ok_and(|mut all| all.any(|entry| entry.unwrap().path().join("locked.json").is_file()))
}

#[test]
fn what_two_versions_share_is_fetched_once() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    for version in ["1.0.0", "1.0.1"] {
        push(
            &workspace,
            &server.reference(&format!("small:{version}")),
            &workspace.small_app(version),
            &["--no-sbom"],
        );
    }
    workspace.registry(&["pull", &server.reference("small:1.0.0"), "--insecure"]).answer();
    let (manifest, _) = server.manifest("small", "1.0.1");
    for layer in manifest["layers"].as_array().unwrap() {
        if layer["mediaType"] != "application/vnd.fermyon.spin.application.v1+config" {
            std::fs::remove_file(server.blob_file(layer["digest"].as_str().unwrap())).unwrap();
        }
    }
    let folder = workspace.registry(&["pull", &server.reference("small:1.0.1"), "--insecure"]).answer();
    assert!(workspace.path(&folder).join("locked.json").is_file());
}

#[test]
fn composing_for_other_hosts_stops_at_a_right_that_only_ours_can_deny() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let reference = server.reference("todo/app:composed");
    let arguments = ["push", &reference, "-f", &product(), "--insecure", "--compose", "--no-sbom"];
    let outcome = workspace.registry(&arguments);
    let error_line = outcome.error_line();
    assert!(error_line.contains("todo:model-builtin/model@1.0.0"), "{error_line}");
}
