use super::*;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, SystemTime};

struct Node {
    _root: TempDir,
    folder: PathBuf,
    store: Store,
}

fn node() -> Node {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("store");
    let store = Store::open(&folder).unwrap();
    Node { _root: root, folder, store }
}

impl Node {
    fn compiled(&self, component: &str) -> Code {
        let file = self.store.code_folder().join(format!("{component}.cwasm"));
        std::fs::write(&file, component).unwrap();
        Code::from([(component.to_owned(), file)])
    }
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn an_app_is_found_again_by_what_it_is_and_what_runs_it() {
    let node = node();
    let app = Digest::sha256(b"app");
    let code = node.compiled("web");
    node.store.entry(&app, "engine").remember(&code).unwrap();
    assert_eq!(node.store.entry(&app, "engine").code().unwrap(), Some(code));
    assert_eq!(node.store.entry(&app, "another").code().unwrap(), None);
    assert_eq!(node.store.entry(&Digest::sha256(b"other"), "engine").code().unwrap(), None);
}

#[test]
fn an_app_whose_code_is_gone_is_not_there() {
    let node = node();
    let code = node.compiled("web");
    let entry = node.store.entry(&Digest::sha256(b"app"), "engine");
    entry.remember(&code).unwrap();
    std::fs::remove_file(&code["web"]).unwrap();
    assert_eq!(entry.code().unwrap(), None);
}

#[test]
fn a_container_of_any_user_may_read_the_code_it_is_given_and_nobody_finds_it() {
    let node = node();
    let code = node.compiled("web");
    node.store.entry(&Digest::sha256(b"app"), "engine").remember(&code).unwrap();
    assert_eq!(mode(&code["web"]), 0o444);
    assert_eq!(mode(&node.folder), 0o700);
}

#[test]
fn a_folder_that_others_may_enter_is_refused() {
    let node = node();
    std::fs::set_permissions(&node.folder, std::fs::Permissions::from_mode(0o711)).unwrap();
    assert!(matches!(Store::open(&node.folder), Err(StoreError::Open(_))));
    let link = node.folder.with_file_name("link");
    std::os::unix::fs::symlink(&node.folder, &link).unwrap();
    assert!(matches!(Store::open(&link), Err(StoreError::Open(_))));
}

#[test]
fn code_is_kept_as_long_as_an_app_that_starts_needs_it() {
    let node = node();
    let [used, unused] = ["used", "unused"].map(|component| node.compiled(component));
    let left_over = node.compiled("left-over");
    for (app, code) in [("a", &used), ("b", &unused)] {
        node.store.entry(&Digest::sha256(app.as_bytes()), "engine").remember(code).unwrap();
    }
    let before = SystemTime::now() - Duration::from_secs(60);
    for file in std::fs::read_dir(node.folder.join("apps")).unwrap() {
        File::options().append(true).open(file.unwrap().path()).unwrap().set_modified(before).unwrap();
    }
    // Starting it counts.
    node.store.entry(&Digest::sha256(b"a"), "engine").code().unwrap().unwrap();
    node.store.forget(before + Duration::from_secs(1)).unwrap();
    assert!(used["used"].is_file());
    assert!(!unused["unused"].exists() && !left_over["left-over"].exists());
    assert_eq!(node.store.entry(&Digest::sha256(b"b"), "engine").code().unwrap(), None);
}

#[test]
fn one_process_at_a_time_changes_the_store() {
    let node = node();
    let held = node.store.lock().unwrap();
    let other = File::options().append(true).open(node.folder.join("lock")).unwrap();
    assert!(matches!(other.try_lock(), Err(std::fs::TryLockError::WouldBlock)));
    drop(held);
    other.try_lock().unwrap();
}

#[test]
fn what_a_process_left_that_died_is_removed_and_what_another_works_in_is_not() {
    let node = node();
    let working = node.store.scratch().unwrap();
    let died = node.folder.join("scratch-died");
    std::fs::create_dir(&died).unwrap();
    let long_ago = SystemTime::now() - Duration::from_secs(60);
    File::open(&died).unwrap().set_modified(long_ago).unwrap();
    node.store.clean_up(long_ago + Duration::from_secs(1)).unwrap();
    assert!(working.path().is_dir() && !died.exists());
    assert!(node.store.code_folder().is_dir());
}
