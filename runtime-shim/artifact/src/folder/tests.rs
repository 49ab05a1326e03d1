use super::*;
use crate::pack::{Files, Packer};
use locked_app::LockedApp;
use std::collections::BTreeMap;

fn artifact(how: Files) -> Artifact {
    let app = LockedApp::from_json(br#"{"spin_lock_version":0,"triggers":[],"components":[]}"#).unwrap();
    let mut packer = Packer::new(how);
    packer.wasm(b"\0asm".to_vec());
    packer.files(BTreeMap::from([("a".to_owned(), vec![7; 500])])).unwrap();
    packer.finish(&app, &BTreeMap::new()).unwrap()
}

#[test]
fn every_content_lies_under_its_digest_archived_or_not() {
    for how in [Files::Apart, Files::Archived] {
        let folder = tempfile::tempdir().unwrap();
        write_artifact(&artifact(how), folder.path()).unwrap();
        for content in [vec![7; 500], b"\0asm".to_vec()] {
            let path = folder.path().join(content_path(&Digest::sha256(&content)));
            assert_eq!(std::fs::read(path).unwrap(), content);
        }
        assert!(folder.path().join(LOCKED).is_file());
    }
}

#[test]
fn a_changed_layer_is_refused_and_leaves_no_app_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut artifact = artifact(Files::Apart);
    artifact.layers[0].bytes.push(0);
    let error = write_artifact(&artifact, folder.path()).unwrap_err();
    assert!(matches!(error, FolderError::Tampered { .. }), "{error}");
    assert!(!folder.path().join(LOCKED).exists());
}

#[test]
fn an_image_without_an_app_is_named_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let unpacking = Unpacking::new(folder.path()).unwrap();
    assert!(matches!(unpacking.finish(), Err(FolderError::NoApp)));
}
