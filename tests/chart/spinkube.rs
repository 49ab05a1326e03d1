//! Mode spinkube fits what SpinKube's operator makes of it.

use serde_json::{Value, json};

use crate::operator;
use crate::render::{ENVIRONMENTS, NAME, Render, items, render};

fn derived(rendered: &Render) -> Value {
    operator::deployment(rendered.only("SpinApp"), rendered.only("SpinAppExecutor"))
}

#[test]
fn the_operator_makes_what_the_chart_leaves_out() {
    for environment in ENVIRONMENTS {
        let rendered = render(environment, &["mode=spinkube"]);
        assert!(rendered.find_all("Deployment").is_empty());
        assert!(rendered.find_all("Service").iter().all(|service| service["metadata"]["name"] != NAME));
        let app = rendered.only("SpinApp");
        assert_eq!(app["spec"]["executor"], rendered.only("SpinAppExecutor")["metadata"]["name"]);
        let (deployment, service) = (derived(&rendered), operator::service(app));
        for budget in rendered.find_all("PodDisruptionBudget") {
            for (label, value) in budget["spec"]["selector"]["matchLabels"].as_object().unwrap() {
                assert_eq!(deployment["spec"]["template"]["metadata"]["labels"][label], *value);
            }
        }
        for ingress in rendered.find_all("Ingress") {
            let backend = &ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"];
            assert_eq!(backend["name"], service["metadata"]["name"]);
            assert_eq!(backend["port"]["number"], service["spec"]["ports"][0]["port"]);
        }
        for scaler in
            rendered.find_all("HorizontalPodAutoscaler").into_iter().chain(rendered.find_all("ScaledObject"))
        {
            assert_eq!(scaler["spec"]["scaleTargetRef"]["name"], deployment["metadata"]["name"]);
            assert_eq!(app["spec"]["enableAutoscaling"], true);
        }
    }
}

#[test]
fn its_pods_get_the_same_variables_as_those_of_a_deployment() {
    let plain = render("prod", &[]);
    let settings = plain.named("ConfigMap", NAME)["data"].as_object().unwrap();
    let container = &plain.only("Deployment")["spec"]["template"]["spec"]["containers"][0];
    let secret = items(&container["env"]).iter().filter_map(|one| one["name"].as_str());
    let mut expected: Vec<&str> = settings
        .keys()
        .map(String::as_str)
        .chain(secret)
        .filter(|name| name.starts_with("SPIN_VARIABLE_"))
        .collect();
    expected.sort_unstable();

    let deployment = derived(&render("prod", &["mode=spinkube"]));
    let environment = items(&deployment["spec"]["template"]["spec"]["containers"][0]["env"]);
    let mut given: Vec<&str> = environment
        .iter()
        .filter_map(|one| one["name"].as_str())
        .filter(|name| name.starts_with("SPIN_VARIABLE_"))
        .collect();
    given.sort_unstable();
    assert_eq!(given, expected);
}

#[test]
fn either_executor_runs_the_artifact() {
    let image = derived(&render("prod", &["mode=spinkube"]));
    let container = &image["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["image"], "ghcr.io/todo-assistant/runtime:0.1.0");
    assert_eq!(container["args"][4], "ghcr.io/todo-assistant/app:0.1.0");

    let class = derived(&render("prod", &["mode=spinkube", "spinkube.runBy=runtime-class"]));
    let pod = &class["spec"]["template"]["spec"];
    assert_eq!(pod["containers"][0]["image"], "ghcr.io/todo-assistant/app:0.1.0");
    assert_eq!(pod["runtimeClassName"], "todo");
}

#[test]
fn a_probe_names_its_headers_though_there_are_none() {
    // The operator's webhook writes null for what is left out, and its definition takes no null.
    let rendered = render("prod", &["mode=spinkube"]);
    for probe in ["readiness", "liveness"] {
        let request = &rendered.only("SpinApp")["spec"]["checks"][probe]["httpGet"];
        assert_eq!(request["httpHeaders"], json!([]), "{probe}");
    }
}

#[test]
fn a_runtime_that_compiles_has_the_same_time_in_every_mode() {
    for (setting, seconds) in [("probes.startupSeconds=60", 60), ("probes.startupSeconds=90", 90)] {
        let own = render("prod", &[setting]);
        let probe = &own.only("Deployment")["spec"]["template"]["spec"]["containers"][0]["startupProbe"];
        assert_eq!(probe["failureThreshold"], seconds);
        let delay = |settings: &[&str]| {
            render("prod", settings).only("SpinApp")["spec"]["checks"]["liveness"]["initialDelaySeconds"]
                .clone()
        };
        assert_eq!(delay(&["mode=spinkube", setting]), json!(seconds));
        assert_eq!(delay(&["mode=spinkube", setting, "spinkube.livenessDelaySeconds=7"]), json!(7));
    }
}

#[test]
fn another_runtime_image_rolls_the_pods() {
    let image = |digit: &str| format!("image.digest=sha256:{}", digit.repeat(64));
    let of = |settings: &[&str]| render("prod", settings);
    let (before, after) = (of(&["mode=spinkube", &image("1")]), of(&["mode=spinkube", &image("2")]));
    let template =
        |rendered: &Render| derived(rendered)["spec"]["template"]["metadata"]["annotations"].clone();
    assert_ne!(template(&before), template(&after));
    // An app of one version never meets the executor of another.
    let executor = |rendered: &Render| rendered.only("SpinAppExecutor")["metadata"]["name"].clone();
    assert_ne!(executor(&before), executor(&after));
    let class = ["mode=spinkube", "spinkube.runBy=runtime-class"];
    assert_ne!(executor(&of(&class)), executor(&of(&[class[0], class[1], "runtimeClass.name=other"])));
}

#[test]
fn what_pods_do_not_read_rolls_none() {
    let of = |settings: &[&str]| derived(&render("dev", settings));
    let before = of(&["mode=spinkube"]);
    for change in ["replicaCount=5", "service.annotations.a=b", "spinkube.rolloutSeconds=99"] {
        let after = of(&["mode=spinkube", change]);
        assert_eq!(after["spec"]["template"], before["spec"]["template"], "{change}");
    }
}

#[test]
fn the_executor_is_called_as_no_other_in_the_cluster() {
    let name = |settings: &[&str]| -> String {
        let rendered = render("dev", &[&["mode=spinkube"], settings].concat());
        let name = rendered.only("SpinAppExecutor")["metadata"]["name"].as_str().unwrap().to_owned();
        assert_eq!(rendered.only("SpinApp")["spec"]["executor"], name.as_str());
        assert!(name.len() <= 63, "{name}");
        name
    };
    assert_ne!(name(&[]), name(&["--namespace=todo-other"]));
    assert!(name(&["--namespace=todo-prod"]).starts_with("todo-todo-chatbot-todo-prod-"));
    let long = format!("--namespace={}", "n".repeat(63));
    let longer = format!("--namespace={}m", "n".repeat(62));
    assert_ne!(name(&[&long]), name(&[&longer]));
    assert_eq!(name(&["spinkube.executor=mine"]), "mine");
    let theirs = render("dev", &["mode=spinkube", "spinkube.createExecutor=false"]);
    assert_eq!(theirs.only("SpinApp")["spec"]["executor"], NAME);
    assert!(theirs.find_all("SpinAppExecutor").is_empty());
}
