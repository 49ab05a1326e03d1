use super::*;

#[test]
fn a_secret_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = SecretStore::open(folder.path().join("secrets")).unwrap();
    let first = store.get_or_create("key", 32).unwrap();
    assert!(first.is_new);
    assert_eq!(first.value.len(), 64);
    let again = store.get_or_create("key", 32).unwrap();
    assert!(!again.is_new);
    assert_eq!(again.value, first.value);
    assert_ne!(store.get_or_create("other", 32).unwrap().value, first.value);
    assert!(!format!("{first:?}").contains(&first.value));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("secrets");
    let store = SecretStore::open(&place).unwrap();
    store.get_or_create("key", 32).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place), 0o700);
    assert_eq!(mode(&place.join("key")), 0o600);

    fs::set_permissions(place.join("key"), fs::Permissions::from_mode(0o644)).unwrap();
    let error = store.get_or_create("key", 32).unwrap_err().to_string();
    assert!(error.contains("chmod 600"), "{error}");
}

#[test]
fn an_empty_file_is_an_error_rather_than_a_weak_secret() {
    let folder = tempfile::tempdir().unwrap();
    let store = SecretStore::open(folder.path()).unwrap();
    write_private(&folder.path().join("key"), "").unwrap();
    assert!(store.get_or_create("key", 32).is_err());
}

#[test]
fn starters_at_the_same_time_agree_on_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = SecretStore::open(folder.path()).unwrap();
    let values: Vec<Secret> = std::thread::scope(|scope| {
        let handles: Vec<_> =
            (0..8).map(|_| scope.spawn(|| store.get_or_create("key", 32).unwrap())).collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    assert_eq!(values.iter().filter(|secret| secret.is_new).count(), 1);
    assert!(values.windows(2).all(|pair| pair[0].value == pair[1].value));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
