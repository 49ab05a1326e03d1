//! In mode spinkube, too, a release is judged by its new pods, and what its hooks make goes with it.

use std::fs;
use std::path::Path;

use harness::programs::{command, everything, run};
use serde_json::{Value, json};

use crate::operator;
use crate::render::{CHART, ENVIRONMENTS, NAME, Render, items, render};

fn annotation<'a>(object: &'a Value, name: &str) -> &'a str {
    object["metadata"]["annotations"][name].as_str().unwrap_or_default()
}

fn job(rendered: &Render) -> &Value {
    rendered.named("Job", &format!("{NAME}-rollout"))
}

fn arguments(rendered: &Render) -> Vec<&str> {
    let container = &job(rendered)["spec"]["template"]["spec"]["containers"][0];
    items(&container["args"]).iter().filter_map(Value::as_str).collect()
}

#[test]
fn a_release_waits_for_the_pods_of_its_own_spin_app() {
    for environment in ENVIRONMENTS {
        for by in ["spinkube.runBy=runtime-image", "spinkube.runBy=runtime-class"] {
            let rendered = render(environment, &["mode=spinkube", by]);
            assert_eq!(annotation(job(&rendered), "helm.sh/hook"), "post-install,post-upgrade,post-rollback");
            let app = rendered.only("SpinApp");
            let deployment = operator::deployment(app, rendered.only("SpinAppExecutor"));
            let checksum = annotation(&deployment, "checksum/spinapp");
            let given = arguments(&rendered);
            assert_eq!(given[..2], ["wait-for-rollout", NAME]);
            assert!(given.contains(&format!("--checksum={checksum}").as_str()), "{given:?}");
            assert!(given.contains(&"--hardened"), "{given:?}");
        }
    }
}

#[test]
fn whatever_changes_a_spin_app_is_waited_for() {
    let checksum = |settings: &[&str]| {
        let rendered = render("dev", &[&["mode=spinkube"], settings].concat());
        rendered.only("SpinApp")["spec"]["deploymentAnnotations"]["checksum/spinapp"].clone()
    };
    let before = checksum(&[]);
    let artifact = format!("artifact.digest=sha256:{}", "3".repeat(64));
    let image = format!("image.digest=sha256:{}", "3".repeat(64));
    for change in [
        &artifact,
        &image,
        "replicaCount=4",
        "variables.model=openai",
        "resources.limits.cpu=2",
        "preStopSeconds=9",
    ] {
        assert_ne!(checksum(&[change]), before, "{change}");
    }
}

#[test]
fn only_mode_spinkube_needs_it_and_it_can_be_left_out() {
    for settings in [
        &["mode=runtime-image"][..],
        &["mode=runtime-class"],
        &["mode=spinkube", "spinkube.rolloutSeconds=0"],
    ] {
        let rendered = render("prod", settings);
        assert!(!rendered.text.contains("-rollout"), "{settings:?}");
    }
}

#[test]
fn it_gives_up_by_itself_and_before_helm_does() {
    let rendered = render("prod", &["mode=spinkube", "spinkube.rolloutSeconds=100"]);
    assert!(arguments(&rendered).contains(&"--timeout=100"));
    assert_eq!(job(&rendered)["spec"]["activeDeadlineSeconds"], 160);
    let default = render("prod", &["mode=spinkube"]);
    let seconds = arguments(&default).iter().find_map(|one| one.strip_prefix("--timeout=")).unwrap();
    assert!(seconds.parse::<u32>().unwrap() < 300, "Helm waits for five minutes");
}

#[test]
fn it_may_look_at_this_release_and_no_more() {
    let rendered = render("prod", &["mode=spinkube"]);
    let name = format!("{NAME}-rollout");
    assert_eq!(
        rendered.named("Role", &name)["rules"],
        json!([
            {"apiGroups": ["apps"], "resources": ["deployments"], "resourceNames": [NAME], "verbs": ["get"]},
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["list", "delete"]},
            {"apiGroups": ["core.spinkube.dev"], "resources": ["spinappexecutors"], "verbs": ["list", "delete"]},
        ])
    );
    let theirs = render("dev", &["mode=spinkube", "spinkube.harden=false", "spinkube.createExecutor=false"]);
    assert_eq!(theirs.named("Role", &name)["rules"][1]["verbs"], json!(["list"]));
    assert_eq!(items(&theirs.named("Role", &name)["rules"]).len(), 2);
    // Its way to the API server is open before it starts, and all of it goes again, whichever way it ends.
    for kind in ["ServiceAccount", "Role", "RoleBinding", "NetworkPolicy"] {
        let object = rendered.named(kind, &name);
        let weight = |object: &Value| annotation(object, "helm.sh/hook-weight").parse::<i32>().unwrap();
        assert!(weight(object) < weight(job(&rendered)), "{kind}");
        let policy = "before-hook-creation,hook-succeeded,hook-failed";
        assert_eq!(annotation(object, "helm.sh/hook-delete-policy"), policy, "{kind}");
    }
    // The app's own account still may do nothing.
    assert_eq!(rendered.named("Role", NAME)["rules"], json!([]));
}

#[test]
fn the_executor_is_there_before_its_app_and_after_every_rollback() {
    for environment in ENVIRONMENTS {
        let rendered = render(environment, &["mode=spinkube"]);
        let executor = rendered.only("SpinAppExecutor");
        assert_eq!(annotation(executor, "helm.sh/hook"), "pre-install,pre-upgrade,pre-rollback");
        // Pods depend on it, so it is brought up to date and never removed first.
        assert_eq!(annotation(executor, "helm.sh/hook-delete-policy"), "hook-failed");
        assert_eq!(annotation(executor, "argocd.argoproj.io/sync-wave"), "-1");
    }
}

#[test]
fn executors_of_releases_before_are_removed() {
    let rendered = render("dev", &["mode=spinkube"]);
    let executor = rendered.only("SpinAppExecutor");
    let given = arguments(&rendered);
    let kept = format!("--executor={}", executor["metadata"]["name"].as_str().unwrap());
    assert!(given.contains(&kept.as_str()), "{given:?}");
    let selector = given.iter().find_map(|one| one.strip_prefix("--executors=")).unwrap();
    for pair in selector.split(',') {
        let (label, value) = pair.split_once('=').unwrap();
        assert_eq!(executor["metadata"]["labels"][label], value);
    }
}

/// The chart as Helm renders it where it can ask a cluster.
fn with_a_cluster(folder: &Path, flags: &[&str]) -> String {
    let chart = folder.join("chart");
    let source = harness::repository().join(CHART);
    assert!(run(command("cp").arg("-r").arg(&source).arg(&chart)).status.success());
    let file = chart.join("templates/_spinkube.tpl");
    let text = fs::read_to_string(&file).unwrap();
    let asks = r#"{{- if lookup "v1" "ServiceAccount" .Release.Namespace "default" -}}true{{- end -}}"#;
    assert!(text.contains(asks));
    fs::write(&file, text.replace(asks, "true")).unwrap();
    let values = chart.join("values-prod.yaml");
    let mut helm = command("helm");
    helm.arg("template").arg("todo").arg(&chart).arg("--values").arg(values).arg("--set=mode=spinkube");
    everything(&run(helm.args(flags)))
}

#[test]
fn uninstalling_takes_what_hooks_have_made() {
    let folder = tempfile::tempdir().unwrap();
    let known = ["--api-versions=core.spinkube.dev/v1alpha1/SpinAppExecutor"];
    let documents = serde_saphyr::from_multiple::<Value>(&with_a_cluster(folder.path(), &known)).unwrap();
    for kind in ["SpinAppExecutor", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"] {
        let of_kind: Vec<&Value> = documents.iter().filter(|document| document["kind"] == kind).collect();
        let [one, other] = of_kind[..] else { panic!("{} of {kind}", of_kind.len()) };
        let (first, last) =
            if annotation(one, "helm.sh/hook") == "post-delete" { (other, one) } else { (one, other) };
        assert_eq!(annotation(last, "helm.sh/hook"), "post-delete");
        assert_eq!(annotation(last, "helm.sh/hook-delete-policy"), "before-hook-creation,hook-succeeded");
        assert_eq!(first["metadata"]["name"], last["metadata"]["name"]);
        assert_eq!(first["spec"], last["spec"]);
    }
}

#[test]
fn a_cluster_without_spinkube_is_told_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let said = with_a_cluster(folder.path(), &[]);
    assert!(said.contains("this cluster does not know SpinKube's SpinApp"), "{said}");
}
