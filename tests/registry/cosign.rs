//! cosign itself, of the version that writes bundles: what either signs, the other takes.

use std::process::{Command, Output};

use crate::program::Workspace;
use crate::server::{Kind, Server};

const PASSWORD: &str = "made for this run";

/// cosign, as someone who has no use for a public log.
fn cosign(workspace: &Workspace, arguments: &[&str]) -> Output {
    let mut command = Command::new("cosign");
    workspace.equip(&mut command);
    command.args(arguments).env("HOME", workspace.path("home")).env("COSIGN_PASSWORD", PASSWORD);
    command.output().expect("cosign is installed (`cargo xtask test artifacts` installs it)")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn verify(workspace: &Workspace, image: &str, key: &str) -> Output {
    let reach = ["--allow-http-registry", "--allow-insecure-registry", "--insecure-ignore-tlog=true"];
    cosign(workspace, &[&["verify", "--key", key][..], &reach[..], &[image]].concat())
}

fn push(server: &Server, workspace: &Workspace, name: &str, more: &[&str]) -> String {
    let (reference, app) = (server.reference(&format!("{name}:1")), workspace.small_app("1.0.0"));
    let push = ["push", &reference, "-f", &app, "--insecure", "--no-sbom"];
    let digest = workspace.registry(&[&push[..], more].concat()).answer();
    server.reference(&format!("{name}@{digest}"))
}

#[test]
fn what_we_sign_cosign_verifies_in_either_format() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let ((key, public), (_, stranger)) = (workspace.keys(1), workspace.keys(2));
    let image = push(&server, &workspace, "both", &["--sign-key", &key]);
    let verified = verify(&workspace, &image, &public);
    assert!(verified.status.success(), "{}", said(&verified));
    assert!(!verify(&workspace, &image, &stranger).status.success());

    // Each format alone.
    let tag = image.split_once('@').unwrap().1.replace(':', "-");
    for (name, tag) in [("bundle", tag.clone()), ("layer", format!("{tag}.sig"))] {
        let alone = push(&server, &workspace, name, &[]);
        assert!(!verify(&workspace, &alone, &public).status.success(), "{name} before it is signed");
        server.copy_referrers("both", name, &tag);
        let verified = verify(&workspace, &alone, &public);
        assert!(verified.status.success(), "{name}: {}", said(&verified));
    }
}

#[test]
fn what_cosign_signs_we_verify_in_either_format() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let made = cosign(&workspace, &["generate-key-pair", "--output-key-prefix", "signing"]);
    assert!(made.status.success(), "{}", said(&made));
    let (key, public) = (workspace.path("signing.key"), workspace.path("signing.pub"));
    let (key, public) = (key.to_str().unwrap(), public.to_str().unwrap());
    let (_, stranger) = workspace.keys(2);
    for (name, format) in [("bundle", "--new-bundle-format=true"), ("layer", "--new-bundle-format=false")] {
        let image = push(&server, &workspace, name, &[]);
        let ours = |key: &str| workspace.registry(&["verify", &image, "--key", key, "--insecure"]);
        assert!(ours(public).error_line().contains("is not signed"));
        let reach = ["--allow-http-registry", "--allow-insecure-registry"];
        let log = ["--tlog-upload=false", "--use-signing-config=false", format];
        let sign = [&["sign", "--yes", "--key", key][..], &reach[..], &log[..], &[&image]].concat();
        let signed = cosign(&workspace, &sign);
        assert!(signed.status.success(), "{name}: {}", said(&signed));
        assert_eq!(ours(public).answer(), image.split_once('@').unwrap().1, "{name}");
        assert!(ours(&stranger).error_line().contains("not by the key"), "{name}");
    }
}

#[test]
fn a_key_that_cosign_made_signs_here() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let made = cosign(&workspace, &["generate-key-pair", "--output-key-prefix", "signing"]);
    assert!(made.status.success(), "{}", said(&made));
    let reference = server.reference("small:1");
    let app = workspace.small_app("1.0.0");
    let mut push = workspace.command();
    push.args(["registry", "push", &reference, "-f", &app, "--insecure", "--sign-key"]);
    let pushed = push.arg(workspace.path("signing.key")).env("COSIGN_PASSWORD", PASSWORD).output().unwrap();
    assert!(pushed.status.success(), "{}", said(&pushed));
    let digest = String::from_utf8(pushed.stdout).unwrap();
    let image = server.reference(&format!("small@{}", digest.trim()));
    let verified = verify(&workspace, &image, workspace.path("signing.pub").to_str().unwrap());
    assert!(verified.status.success(), "{}", said(&verified));
}
