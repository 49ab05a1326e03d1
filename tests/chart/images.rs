//! Which content runs.

use crate::render::{NAME, items, refusal, render};

const DIGEST: &str = "sha256:3333333333333333333333333333333333333333333333333333333333333333";

#[test]
fn a_digest_wins_over_a_tag() {
    let pinned = render("dev", &["image.tag=7.0.0", &format!("image.digest={DIGEST}")]);
    let container = &pinned.only("Deployment")["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["image"], format!("ghcr.io/todo-assistant/runtime@{DIGEST}"));
    assert_eq!(container["imagePullPolicy"], "IfNotPresent");

    let tagged = render("dev", &["image.tag=7.0.0"]);
    let container = &tagged.only("Deployment")["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["image"], "ghcr.io/todo-assistant/runtime:7.0.0");
    assert_eq!(container["imagePullPolicy"], "Always");
}

#[test]
fn the_artifact_is_what_each_mode_runs() {
    let digest = format!("artifact.digest={DIGEST}");
    let expected = format!("ghcr.io/todo-assistant/app@{DIGEST}");

    let image = render("prod", &[&digest]);
    let container = &image.only("Deployment")["spec"]["template"]["spec"]["containers"][0];
    let arguments = items(&container["args"]);
    let from = arguments.iter().position(|argument| argument == "--from").unwrap();
    assert_eq!(arguments[from + 1], expected);

    let class = render("prod", &[&digest, "mode=runtime-class"]);
    let pod = &class.only("Deployment")["spec"]["template"]["spec"];
    assert_eq!(pod["containers"][0]["image"], expected);
    assert_eq!(pod["runtimeClassName"], "todo");

    let spin = render("prod", &[&digest, "mode=spinkube"]);
    assert_eq!(spin.only("SpinApp")["spec"]["image"], expected);
}

#[test]
fn nothing_is_called_latest() {
    for image in ["image.tag", "artifact.tag", "database.statefulset.image.tag"] {
        assert!(refusal("dev", &[&format!("{image}=latest")]).contains("tag"), "{image}");
    }
}

#[test]
fn a_plain_registry_is_asked_plainly_and_a_key_is_asked_for() {
    let rendered = render(
        "dev",
        &[
            "artifact.registry=registry.local:5000",
            "artifact.insecure=true",
            "artifact.verifyKey=a public key",
        ],
    );
    let container = &rendered.only("Deployment")["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(rendered.named("ConfigMap", NAME)["data"]["RUNTIME_SHIM_REGISTRY_INSECURE"], "true");
    let key = items(&container["env"]).iter().find(|variable| variable["name"] == "RUNTIME_SHIM_VERIFY_KEY");
    let path = &key.unwrap()["value"];
    assert!(items(&container["volumeMounts"]).iter().any(|mount| mount["mountPath"] == *path));
    let files = rendered.named("ConfigMap", &format!("{NAME}-files"));
    assert_eq!(files["data"]["verify-key.pem"], "a public key\n");
    let policy = rendered.named("NetworkPolicy", &format!("{NAME}-app"));
    let ports = items(&policy["spec"]["egress"]).iter().flat_map(|rule| items(&rule["ports"]));
    assert!(ports.into_iter().any(|port| port["port"] == 5000));
}
