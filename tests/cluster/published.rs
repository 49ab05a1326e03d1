//! What a release publishes: two versions of the runtime's image and three of the app's artifact, one of which is broken.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use harness::{repository, runtime_shim};

use crate::programs::{registry, setting};
use crate::shell::{progress, run};

/// Digests of what is in the registry.
#[derive(Debug, Clone)]
pub struct Published {
    /// The runtime's image.
    pub image: String,
    /// The runtime's next image, which differs by a label.
    pub next_image: String,
    pub app: String,
    /// The app's next version.
    pub next: String,
    /// A version that is never ready: its health is answered by another component.
    pub broken: String,
}

/// Publishes once, and says what.
pub fn published() -> &'static Published {
    static PUBLISHED: OnceLock<Published> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let manifest = std::fs::read_to_string(repository().join("spin.toml")).unwrap();
        let next = manifest.replacen("version = \"0.1.0\"", "version = \"0.1.1\"", 1);
        assert_ne!(next, manifest, "the app's version is no longer 0.1.0");
        let broken = next.replace("release/health.wasm", "release/web_ui.wasm");
        assert_ne!(broken, next, "the health component's file has another name");
        let image = push_image();
        let published = Published {
            next_image: push_next_image(&image),
            image,
            app: push_app("0.1.0", &manifest),
            next: push_app("0.1.1", &next),
            broken: push_app("0.1.2", &broken),
        };
        progress(&format!("published {published:?}"));
        published
    })
}

fn push_image() -> String {
    let name = format!("{}/todo-assistant/runtime:0.1.0", registry());
    push_archive(Path::new(&setting("CLUSTER_RUNTIME_IMAGE")), &name)
}

fn push_next_image(image: &str) -> String {
    let repository = format!("{}/todo-assistant/runtime", registry());
    let (image, name) = (format!("{repository}@{image}"), format!("{repository}:0.1.1"));
    let label = ["--label", "org.opencontainers.image.version=0.1.1", "--tag", &name];
    let next = digest_in(&run(Command::new("crane").args(["mutate", "--insecure"]).args(label).arg(&image)));
    assert!(!image.ends_with(&next), "the next image is the same one");
    next
}

/// Pushes the image in an archive under that name; its digest.
pub fn push_archive(archive: &Path, name: &str) -> String {
    let layout = tempfile::tempdir().unwrap();
    run(Command::new("tar")
        .arg("--extract")
        .arg("--file")
        .arg(archive)
        .arg("--directory")
        .arg(layout.path()));
    digest_in(&run(Command::new("crane").args(["push", "--insecure"]).arg(layout.path()).arg(name)))
}

/// Pushes the app with this manifest instead of its own.
fn push_app(version: &str, manifest: &str) -> String {
    let file = ManifestBeside::write(repository(), version, manifest);
    let reference = format!("{}/todo-assistant/app:{version}", registry());
    let pushed = run(Command::new(runtime_shim())
        .args(["registry", "push", "--insecure", "--from"])
        .arg(&file.0)
        .arg(&reference));
    digest_in(&pushed)
}

/// The digest that a program printed last.
pub fn digest_in(text: &str) -> String {
    let at = text.rfind("sha256:").unwrap_or_else(|| panic!("no digest in: {text}"));
    text[at..].chars().take("sha256:".len() + 64).collect()
}

/// A manifest beside the app's own, so that its paths hold; removed in the end.
struct ManifestBeside(PathBuf);

impl ManifestBeside {
    fn write(folder: &Path, version: &str, manifest: &str) -> Self {
        let path = folder.join(format!("spin-{version}.cluster-test.toml"));
        std::fs::write(&path, manifest).unwrap();
        Self(path)
    }
}

impl Drop for ManifestBeside {
    fn drop(&mut self) {
        let _gone = std::fs::remove_file(&self.0);
    }
}
