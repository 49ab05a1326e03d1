//! Components as `spin registry push` puts them together: its adapter answers for what is denied, and leaves imports of types
//! behind that no host of today has all of.

use crate::fixtures::fixture;
use crate::running::app;
use spin_composer::{deny_adapter, plug};
use std::path::Path;

fn manifest(source: &Path) -> String {
    format!(
        "[[trigger.http]]\nroute = '/...'\ncomponent = 'asker'\n\
         [component.asker]\nsource = '{}'\nfiles = ['static/*']\nenvironment = {{ NAME = 'value' }}\n\
         allowed_outbound_hosts = ['http://asker.spin.internal']\nvariables = {{ name = 'value' }}\n",
        source.display()
    )
}

/// The asker with a reacher that inherits `allowed_outbound_hosts` alone.
fn composed() -> Vec<u8> {
    let read = |name: &str| std::fs::read(fixture(name)).unwrap();
    let denied = plug(&read("reacher"), &deny_adapter().unwrap()).unwrap();
    plug(&read("asker"), &denied).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_with_a_denied_dependency_runs_and_is_denied_with_ordinary_errors() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("asker.wasm");
    std::fs::write(&source, composed()).unwrap();
    let app = app(&manifest(&source)).file("static/a.txt", "content").run().await;
    assert_eq!(app.text("/variable?name").await, "denied: Error::Undefined(\"name\")");
    for path in ["/environment?NAME", "/file?/static/a.txt"] {
        let answer = app.text(path).await;
        assert!(answer.starts_with("denied: "), "{path}: {answer}");
    }
    let inherited = app.text("/fetch?http://asker.spin.internal/environment?NAME").await;
    assert!(inherited.starts_with("reached: denied: "), "{inherited}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_more_than_types_is_refused_by_name_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("asker.wasm");
    let stores = r#"(component (import "spin:key-value/key-value@3.0.0" (instance (export "open" (func)))))"#;
    std::fs::write(&source, wat::parse_str(stores).unwrap()).unwrap();
    let error = app(&manifest(&source)).file("static/a.txt", "content").error().await;
    assert!(error.contains("asker") && error.contains("spin:key-value/key-value@3.0.0"), "{error}");
}
