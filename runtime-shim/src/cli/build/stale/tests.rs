use super::*;
use std::time::Duration;

struct App {
    folder: tempfile::TempDir,
}

const MANIFEST: &str = r#"
spin_manifest_version = 2
[application]
name = "app"
[component.watched]
source = "watched.wasm"
[component.watched.build]
command = "cargo build -p watched"
watch = ["watched/**/*", "shared.lock"]
[component.whole]
source = "whole/target/whole.wasm"
[component.whole.build]
command = "make"
workdir = "whole"
[component.ready]
source = "ready.wasm"
"#;

impl App {
    /// All sources an hour old, everything built half an hour ago.
    fn built() -> Self {
        let app = Self { folder: tempfile::tempdir().unwrap() };
        for file in ["watched/src/lib.rs", "shared.lock", "other.txt", "whole/src/main.c", "spin.toml"] {
            app.write(file, 3600);
        }
        for file in ["watched.wasm", "whole/target/whole.wasm"] {
            app.write(file, 1800);
        }
        for folder in ["watched/src", "watched", "whole/src", "whole"] {
            app.age(folder, 3600);
        }
        app
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn write(&self, file: &str, seconds_ago: u64) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "x").unwrap();
        self.age(file, seconds_ago);
    }

    fn age(&self, file: &str, seconds_ago: u64) {
        let time = SystemTime::now() - Duration::from_secs(seconds_ago);
        fs::File::open(self.path(file)).unwrap().set_modified(time).unwrap();
    }

    fn stamps(&self) -> Stamps {
        Stamps::beside(&self.path("data"))
    }

    fn stale(&self) -> Vec<(String, Reason)> {
        let mut manifest: Manifest = toml::from_str(MANIFEST).unwrap();
        manifest.folder = self.folder.path().to_path_buf();
        let stale = find_stale(&manifest, &self.stamps()).unwrap();
        stale.into_iter().map(|stale| (stale.component, stale.reason)).collect()
    }

    fn one(&self) -> Stale {
        let mut manifest: Manifest = toml::from_str(MANIFEST).unwrap();
        manifest.folder = self.folder.path().to_path_buf();
        everything(&manifest).remove(0)
    }
}

#[test]
fn nothing_is_stale_when_all_sources_are_older() {
    assert_eq!(App::built().stale(), []);
}

#[test]
fn missing_webassembly_is_built() {
    let app = App::built();
    fs::remove_file(app.path("watched.wasm")).unwrap();
    assert_eq!(app.stale(), [("watched".to_owned(), Reason::NotBuilt)]);
}

#[test]
fn a_newer_source_is_named() {
    for changed in ["watched/src/lib.rs", "shared.lock"] {
        let app = App::built();
        app.write(changed, 60);
        assert_eq!(app.stale(), [("watched".to_owned(), Reason::Changed(app.path(changed)))]);
    }
    let app = App::built();
    app.write("whole/src/main.c", 60);
    assert_eq!(app.stale(), [("whole".to_owned(), Reason::Changed(app.path("whole/src/main.c")))]);
}

#[test]
fn files_nobody_watches_do_not_count() {
    let app = App::built();
    app.write("other.txt", 60);
    app.write("whole/target/object.o", 60);
    app.write("whole/.git/index", 60);
    app.age("whole", 3600);
    assert_eq!(app.stale(), []);
}

#[test]
fn a_removed_source_counts_as_a_change() {
    let app = App::built();
    app.write("watched/src/extra.rs", 3600);
    fs::remove_file(app.path("watched/src/extra.rs")).unwrap();
    assert_eq!(app.stale(), [("watched".to_owned(), Reason::Changed(app.path("watched/src")))]);
}

#[test]
fn a_build_that_left_the_file_alone_still_counts() {
    let app = App::built();
    app.write("shared.lock", 60);
    app.stamps().put(&app.one(), SystemTime::now() - Duration::from_secs(30));
    assert_eq!(app.stale(), []);
    // What changes after the build began is new again, although the WebAssembly is newer still.
    app.write("watched.wasm", 0);
    app.write("shared.lock", 10);
    assert_eq!(app.stale(), [("watched".to_owned(), Reason::Changed(app.path("shared.lock")))]);
}

#[test]
fn another_command_builds_again() {
    let app = App::built();
    let mut built = app.one();
    built.build = toml::from_str("command = 'cargo build -p watched --features old'").unwrap();
    app.stamps().put(&built, SystemTime::now());
    assert_eq!(app.stale(), [("watched".to_owned(), Reason::Command)]);
}

#[test]
fn a_pattern_that_cannot_be_read_is_named() {
    let mut manifest: Manifest = toml::from_str(&MANIFEST.replace("shared.lock", "a***b")).unwrap();
    let app = App::built();
    manifest.folder = app.folder.path().to_path_buf();
    let error = find_stale(&manifest, &app.stamps()).unwrap_err().to_string();
    assert!(error.contains("watched") && error.contains("a***b"), "{error}");
}
