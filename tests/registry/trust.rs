//! Only what the owner of a key has signed is run, where that is asked for.

use crate::program::Workspace;
use crate::server::{Kind, Server};

struct Scene {
    server: Server,
    workspace: Workspace,
    key: String,
    public: String,
}

impl Scene {
    fn new() -> Self {
        let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
        let (key, public) = workspace.keys(1);
        Self { server, workspace, key, public }
    }

    fn push(&self, version: &str, more: &[&str]) -> String {
        let (reference, app) = (self.reference(version), self.workspace.small_app(version));
        let mut arguments = vec!["push", &reference, "-f", &app, "--insecure", "--no-sbom"];
        arguments.extend(more);
        self.workspace.registry(&arguments).answer()
    }

    fn reference(&self, version: &str) -> String {
        self.server.reference(&format!("small:{version}"))
    }

    fn verify(&self, version: &str, public: &str) -> crate::program::Outcome {
        self.workspace.registry(&["verify", &self.reference(version), "--key", public, "--insecure"])
    }
}

#[test]
fn a_signature_is_found_where_cosign_puts_it_and_holds_for_its_key_alone() {
    let scene = Scene::new();
    let digest = scene.push("1.0.0", &["--sign-key", &scene.key]);
    let (manifest, _) = scene.server.manifest("small", &format!("{}.sig", digest.replace(':', "-")));
    let layer = &manifest["layers"][0];
    assert_eq!(layer["mediaType"], "application/vnd.dev.cosign.simplesigning.v1+json");
    assert!(layer["annotations"]["dev.cosignproject.cosign/signature"].is_string());
    assert_eq!(scene.verify("1.0.0", &scene.public).answer(), digest);
    let (_, stranger) = scene.workspace.keys(2);
    assert!(scene.verify("1.0.0", &stranger).error_line().contains("not by the key"));
}

#[test]
fn signing_twice_is_signing_once_and_a_second_key_signs_beside_the_first() {
    let scene = Scene::new();
    let digest = scene.push("1.0.0", &["--sign-key", &scene.key]);
    scene.push("1.0.0", &["--sign-key", &scene.key]);
    let signatures = || {
        let (manifest, _) = scene.server.manifest("small", &format!("{}.sig", digest.replace(':', "-")));
        manifest["layers"].as_array().unwrap().len()
    };
    assert_eq!(signatures(), 1);
    let (key, public) = scene.workspace.keys(2);
    scene.push("1.0.0", &["--sign-key", &key]);
    assert_eq!(signatures(), 2);
    assert_eq!(scene.verify("1.0.0", &scene.public).answer(), digest);
    assert_eq!(scene.verify("1.0.0", &public).answer(), digest);
}

#[test]
fn what_is_not_signed_is_neither_pulled_nor_run() {
    let scene = Scene::new();
    scene.push("1.0.0", &[]);
    assert!(scene.verify("1.0.0", &scene.public).error_line().contains("is not signed"));
    let reference = scene.reference("1.0.0");
    let pulled = scene.workspace.registry(&["pull", &reference, "--insecure", "--verify-key", &scene.public]);
    assert!(pulled.error_line().contains("is not signed"));
    let mut command = scene.workspace.command();
    command.args(["up", "--insecure", "--listen", "127.0.0.1:0", "-f", &reference]);
    let output = command.env("RUNTIME_SHIM_VERIFY_KEY", &scene.public).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not signed"));
    assert!(!scene.workspace.cache().join("artifacts").exists(), "nothing was fetched");
}

#[test]
fn a_signature_of_another_version_does_not_count() {
    let scene = Scene::new();
    let signed = scene.push("1.0.0", &["--sign-key", &scene.key]);
    let other = scene.push("2.0.0", &[]);
    let (signature, _) = scene.server.manifest("small", &format!("{}.sig", signed.replace(':', "-")));
    scene.server.put_manifest("small", &format!("{}.sig", other.replace(':', "-")), &signature);
    assert!(scene.verify("2.0.0", &scene.public).error_line().contains("not by the key"));
    assert_eq!(scene.verify("1.0.0", &scene.public).answer(), signed);
}
