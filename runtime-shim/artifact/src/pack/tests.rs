use super::*;
use locked_app::LockedApp;
use serde_json::{Value, json};

fn app() -> LockedApp {
    LockedApp::from_json(br#"{"spin_lock_version":0,"triggers":[],"components":[]}"#).unwrap()
}

fn files() -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([
        ("a/large.txt".to_owned(), vec![b'x'; 1000]),
        ("b/small.txt".to_owned(), b"small".to_vec()),
        ("c/same.txt".to_owned(), vec![b'x'; 1000]),
    ])
}

fn packed(how: Files) -> (Vec<ContentPath>, Artifact) {
    let mut packer = Packer::new(how);
    packer.wasm(b"\0asm".to_vec());
    let paths = packer.files(files()).unwrap();
    (paths, packer.finish(&app(), &BTreeMap::new()).unwrap())
}

#[test]
fn the_same_parts_make_the_same_artifact() {
    for how in [Files::Apart, Files::Archived] {
        assert_eq!(packed(how).1.digest(), packed(how).1.digest());
    }
}

#[test]
fn equal_content_is_one_layer_and_tiny_content_none() {
    let (paths, artifact) = packed(Files::Apart);
    let types: Vec<_> = artifact.layers.iter().map(|layer| layer.media_type).collect();
    assert_eq!(types, [media_type::WASM, media_type::DATA, media_type::APP]);
    assert_eq!(paths[0].content, paths[2].content);
    assert_eq!(paths[1].content.inline.as_deref(), Some(&b"small"[..]));
}

#[test]
fn an_archive_gives_back_what_went_in() {
    let (paths, artifact) = packed(Files::Archived);
    let types: Vec<_> = artifact.layers.iter().map(|layer| layer.media_type).collect();
    assert_eq!(types, [media_type::WASM, media_type::ARCHIVE, media_type::APP]);
    let mut unpacked = BTreeMap::new();
    unpack(&artifact.layers[1].bytes, |digest, bytes| {
        unpacked.insert(digest.to_string(), bytes.to_vec());
        Ok(())
    })
    .unwrap();
    for (path, bytes) in paths.iter().zip(files().into_values()) {
        assert_eq!(unpacked[path.content.digest.as_ref().unwrap()], bytes, "{}", path.path);
    }
}

#[test]
fn a_damaged_archive_is_an_error() {
    let (_, artifact) = packed(Files::Archived);
    let bytes = &artifact.layers[1].bytes;
    assert!(unpack(&bytes[..bytes.len() / 2], |_, _| Ok(())).is_err());
    assert!(unpack(b"no archive", |_, _| Ok(())).is_err());
}

#[test]
fn manifest_and_configuration_are_what_the_image_specification_asks_for() {
    let mut packer = Packer::new(Files::Apart);
    packer.wasm(b"\0asm".to_vec());
    let annotations = BTreeMap::from([("org.opencontainers.image.title".to_owned(), "x".to_owned())]);
    let artifact = packer.finish(&app(), &annotations).unwrap();
    let manifest: Value = serde_json::from_slice(&artifact.manifest).unwrap();
    let app = &artifact.layers[1];
    assert_eq!(manifest["schemaVersion"], 2);
    assert_eq!(manifest["mediaType"], media_type::MANIFEST);
    assert_eq!(manifest["config"]["mediaType"], media_type::IMAGE_CONFIG);
    assert_eq!(manifest["config"]["digest"], artifact.config.digest.as_str());
    assert_eq!(
        manifest["layers"][1],
        json!({ "mediaType": media_type::APP, "digest": app.digest.as_str(), "size": app.bytes.len() })
    );
    assert_eq!(manifest["annotations"]["org.opencontainers.image.title"], "x");
    let config: Value = serde_json::from_slice(&artifact.config.bytes).unwrap();
    assert_eq!((&config["os"], &config["architecture"]), (&json!("wasip1"), &json!("wasm")));
    assert_eq!(config["rootfs"], json!({ "type": "layers", "diff_ids": [] }));
}

#[test]
fn more_layers_than_registries_take_are_refused_and_an_archive_helps() {
    let many: BTreeMap<_, _> = (0..600).map(|n| (format!("{n}"), format!("{n:>200}").into_bytes())).collect();
    let mut packer = Packer::new(Files::Apart);
    packer.files(many.clone()).unwrap();
    assert!(matches!(packer.finish(&app(), &BTreeMap::new()), Err(PackError::TooManyLayers(601))));
    let mut packer = Packer::new(Files::Archived);
    packer.files(many).unwrap();
    assert_eq!(packer.finish(&app(), &BTreeMap::new()).unwrap().layers.len(), 2);
}
