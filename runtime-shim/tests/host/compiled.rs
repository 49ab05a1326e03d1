//! Code compiled ahead of a run.

use crate::running::unruly;
use runtime_engine::CodeTarget;
use runtime_shim::{PreparedApp, compatibility, precompile, prepare};
use std::path::PathBuf;

#[tokio::test(flavor = "multi_thread")]
async fn code_compiled_ahead_for_any_machine_is_found_and_nothing_is_compiled_again() {
    let shipped = tempfile::tempdir().unwrap();
    let cache = tempfile::tempdir().unwrap();
    let packed = unruly("").with(|s| {
        s.cache_dir = shipped.path().to_owned();
        s.code = CodeTarget::X86_64V3;
    });
    assert_eq!(precompile(&packed.written()).unwrap(), 1);

    let app = unruly("").with(|s| {
        s.cache_dir = cache.path().to_owned();
        s.compiled_dir = Some(shipped.path().to_owned());
        s.code = CodeTarget::X86_64V3;
    });
    let app = app.run().await;
    assert_eq!(app.text("/hello").await, "hello");
    assert_eq!(compiled_files(cache.path()), 0);
    assert_eq!(compiled_files(shipped.path()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn code_that_came_with_the_program_but_is_of_no_use_is_compiled_again_elsewhere() {
    let shipped = tempfile::tempdir().unwrap();
    let cache = tempfile::tempdir().unwrap();
    let packed = unruly("").with(|s| s.cache_dir = shipped.path().to_owned());
    precompile(&packed.written()).unwrap();
    for file in std::fs::read_dir(shipped.path()).unwrap() {
        std::fs::write(file.unwrap().path(), "not code").unwrap();
    }
    let app = unruly("").with(|s| {
        s.cache_dir = cache.path().to_owned();
        s.compiled_dir = Some(shipped.path().to_owned());
    });
    assert_eq!(app.run().await.text("/hello").await, "hello");
    assert_eq!(compiled_files(cache.path()), 1);
}

/// The app as a node prepares it for its pods.
fn prepared(settings: &runtime_shim::RunSettings) -> PreparedApp {
    let manifest = app_manifest::read(&settings.manifest).unwrap();
    let code = prepare(settings, &manifest).unwrap();
    PreparedApp { manifest, code }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prepared_app_needs_neither_its_manifest_nor_its_components_nor_a_folder_to_write_in() {
    let node = unruly("");
    let prepared = prepared(&node.written());
    let app = unruly("").with(|s| {
        s.prepared = Some(prepared);
        s.cache_dir = PathBuf::from("/proc/nowhere");
    });
    let app = app.run().await;
    std::fs::remove_file(app.folder().join("spin.toml")).unwrap();
    assert_eq!(app.text("/hello").await, "hello");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prepared_app_without_the_code_of_a_component_does_not_start() {
    let mut prepared = prepared(&unruly("").written());
    prepared.code.clear();
    let error = unruly("").with(|s| s.prepared = Some(prepared)).error().await;
    assert_eq!(error, "component unruly is not among the prepared code");
}

#[test]
fn code_for_other_limits_or_another_target_is_told_apart() {
    let native = unruly("").settings;
    let v3 = unruly("").with(|s| s.code = CodeTarget::X86_64V3).settings;
    assert_eq!(compatibility(&native).unwrap(), compatibility(&native.clone()).unwrap());
    assert_ne!(compatibility(&native).unwrap(), compatibility(&v3).unwrap());
}

fn compiled_files(folder: &std::path::Path) -> usize {
    let files = std::fs::read_dir(folder).unwrap();
    files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|e| e == "cwasm")).count()
}
