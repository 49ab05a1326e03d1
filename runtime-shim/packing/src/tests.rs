use super::*;
use app_artifact::folder::write_artifact;
use app_artifact::media_type;
use app_composition::plan;
use app_manifest::{ComponentDependency, Files as ManifestFiles};
use locked_app::{LockedApp, LockedInherit};

const MANIFEST: &str = r#"
spin_manifest_version = 2
[application]
name = "packed"
version = "1.2.3"
authors = ["A", "B"]
[variables]
host = { default = "db" }
password = { required = true, secret = true, description = "of the role" }
[[trigger.http]]
route = "/..."
component = "api"
[[trigger.http]]
route = "/again"
component = "api"
[[trigger.http]]
id = "fixed"
route = "/fixed"
static_response = { status_code = 204, headers = { a = "b" } }
[component.api]
description = "The api"
source = "api.wasm"
allowed_outbound_hosts = ["postgres://{{ host }}:5432", "http://other.spin.internal"]
environment = { MODE = "x" }
files = ["static/**/*"]
exclude_files = ["static/*.key"]
[component.api.variables]
url = "postgres://u:{{ password }}@{{ host }}"
[component.api.dependencies]
"a:tool@1.0.0" = { component = "tool", inherit_configuration = true }
"a:other@1.0.0" = { component = "tool" }
[component.api.build]
command = "make"
[component.tool]
source = "tool.wasm"
"#;

fn app() -> (tempfile::TempDir, Manifest) {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    };
    put("spin.toml", MANIFEST.as_bytes());
    put("api.wasm", b"\0asm api");
    put("tool.wasm", b"\0asm tool");
    put("static/deep/large.txt", &[b'x'; 500]);
    put("static/small.txt", b"small");
    put("static/secret.key", b"secret");
    let manifest = app_manifest::read(&folder.path().join("spin.toml")).unwrap();
    (folder, manifest)
}

fn locked(artifact: &Artifact) -> LockedApp {
    LockedApp::from_json(&artifact.layers.last().unwrap().bytes).unwrap()
}

#[test]
fn each_component_is_one_layer_however_many_use_it() {
    let (_folder, manifest) = app();
    let artifact = pack(&manifest, &PackSettings::default()).unwrap();
    let types: Vec<_> = artifact.layers.iter().map(|layer| layer.media_type).collect();
    assert_eq!(types, [media_type::WASM, media_type::WASM, media_type::DATA, media_type::APP]);
    let app = locked(&artifact);
    let api = &app.components[0];
    assert_eq!(api.dependencies["a:tool@1.0.0"].inherit, LockedInherit::All);
    assert!(api.dependencies["a:other@1.0.0"].inherit.is_nothing());
    assert_eq!(app.components[1].source.content, api.dependencies["a:tool@1.0.0"].source.content);
}

#[test]
fn triggers_get_the_names_that_spin_gives_them() {
    let (_folder, manifest) = app();
    let app = locked(&pack(&manifest, &PackSettings::default()).unwrap());
    let ids: Vec<_> = app.triggers.iter().map(|trigger| trigger.id.as_str()).collect();
    assert_eq!(ids, ["api-http-trigger", "http-trigger1", "fixed"]);
    let config = serde_json::json!({ "component": "api", "route": "/..." });
    assert_eq!(app.triggers[0].trigger_config, config);
}

#[test]
fn chaining_is_a_requirement_and_no_secret_or_path_is_in_it() {
    let (folder, manifest) = app();
    let artifact = pack(&manifest, &PackSettings::default()).unwrap();
    let text = String::from_utf8(artifact.layers.last().unwrap().bytes.clone()).unwrap();
    assert!(text.contains(r#""must_understand":["component_host_requirements"]"#), "{text}");
    assert!(text.contains(r#""local_service_chaining":"required""#), "{text}");
    assert!(!text.contains("secret.key") && !text.contains("make"), "{text}");
    assert!(!text.contains(folder.path().to_str().unwrap()), "{text}");
}

#[test]
fn the_same_app_packs_to_the_same_digest_in_another_folder() {
    let ((_one, first), (_two, second)) = (app(), app());
    for files in [app_artifact::pack::Files::Apart, app_artifact::pack::Files::Archived] {
        let settings = PackSettings { files, ..PackSettings::default() };
        assert_eq!(pack(&first, &settings).unwrap().digest(), pack(&second, &settings).unwrap().digest());
    }
}

#[test]
fn what_was_packed_runs_like_the_manifest() {
    for files in [app_artifact::pack::Files::Apart, app_artifact::pack::Files::Archived] {
        let (_folder, manifest) = app();
        let unpacked = tempfile::tempdir().unwrap();
        let artifact = pack(&manifest, &PackSettings { files, ..PackSettings::default() }).unwrap();
        write_artifact(&artifact, unpacked.path()).unwrap();
        let read = app_manifest::read(unpacked.path()).unwrap();

        let key = |manifest: &Manifest| plan(manifest, ["api"]).unwrap()[0].key();
        assert_eq!(key(&read), key(&manifest), "compiled code is shared");
        assert_eq!(read.component["api"].variables, manifest.component["api"].variables);
        assert_eq!(read.component["api"].environment, manifest.component["api"].environment);
        assert!(read.variables["password"].required && read.variables["password"].secret);
        assert!(matches!(read.component["api"].dependencies["a:tool@1.0.0"], ComponentDependency::Local(_)));
        let shown = files::files_of(&read, "api", &read.component["api"]).unwrap();
        let paths: Vec<_> = shown.keys().map(String::as_str).collect();
        assert_eq!(paths, ["static/deep/large.txt", "static/small.txt"]);
        assert!(read.component["api"].files.iter().any(|f| matches!(f, ManifestFiles::Inline { .. })));
    }
}

#[test]
fn annotations_tell_the_commits_time_or_none() {
    let (_folder, manifest) = app();
    let given = [("org.opencontainers.image.version".to_owned(), "9".to_owned())];
    let annotations = super::annotations(&manifest, Some(0), given);
    assert_eq!(annotations["org.opencontainers.image.created"], "1970-01-01T00:00:00Z");
    assert_eq!(annotations["org.opencontainers.image.version"], "9");
    assert_eq!(annotations["org.opencontainers.image.authors"], "A, B");
    assert!(!super::annotations(&manifest, None, []).contains_key("org.opencontainers.image.created"));
}
