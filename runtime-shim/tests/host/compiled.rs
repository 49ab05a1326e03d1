//! Code compiled ahead of a run.

use crate::running::unruly;
use runtime_shim::engine::CodeTarget;
use runtime_shim::precompile;

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

fn compiled_files(folder: &std::path::Path) -> usize {
    let files = std::fs::read_dir(folder).unwrap();
    files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|e| e == "cwasm")).count()
}
