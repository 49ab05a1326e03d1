//! Mode spinkube fits what SpinKube's operator makes of it.

use serde_json::Value;

use crate::operator;
use crate::render::{ENVIRONMENTS, NAME, Render, items, render};

fn derived(rendered: &Render) -> Value {
    operator::deployment(rendered.only("SpinApp"), rendered.only("SpinAppExecutor"))
}

#[test]
fn the_operator_makes_what_the_chart_leaves_out() {
    for environment in ENVIRONMENTS {
        let rendered = render(environment, &["mode=spinkube"]);
        assert!(rendered.of("Deployment").is_empty());
        assert!(rendered.of("Service").iter().all(|service| service["metadata"]["name"] != NAME));
        let app = rendered.only("SpinApp");
        assert_eq!(app["spec"]["executor"], rendered.only("SpinAppExecutor")["metadata"]["name"]);
        let (deployment, service) = (derived(&rendered), operator::service(app));
        for budget in rendered.of("PodDisruptionBudget") {
            for (label, value) in budget["spec"]["selector"]["matchLabels"].as_object().unwrap() {
                assert_eq!(deployment["spec"]["template"]["metadata"]["labels"][label], *value);
            }
        }
        for ingress in rendered.of("Ingress") {
            let backend = &ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"];
            assert_eq!(backend["name"], service["metadata"]["name"]);
            assert_eq!(backend["port"]["number"], service["spec"]["ports"][0]["port"]);
        }
        for scaler in rendered.of("HorizontalPodAutoscaler").into_iter().chain(rendered.of("ScaledObject")) {
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
fn what_hardens_its_pods_selects_them_alone() {
    let rendered = render("prod", &["mode=spinkube"]);
    let policy = rendered.only("MutatingAdmissionPolicy");
    assert_eq!(
        rendered.only("MutatingAdmissionPolicyBinding")["spec"]["policyName"],
        policy["metadata"]["name"]
    );
    let labels = &derived(&rendered)["spec"]["template"]["metadata"]["labels"];
    let constraints = &policy["spec"]["matchConstraints"];
    for (label, value) in constraints["objectSelector"]["matchLabels"].as_object().unwrap() {
        assert_eq!(labels[label], *value);
    }
    assert_eq!(constraints["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"], "todo");
    let patch = policy["spec"]["mutations"][0]["jsonPatch"]["expression"].as_str().unwrap();
    for part in [
        "runAsNonRoot: true",
        "drop: [\"ALL\"]",
        "RuntimeDefault",
        "readOnlyRootFilesystem: true",
        "preStop",
        "port_start",
    ] {
        assert!(patch.contains(part), "{part}");
    }
    // The operator says where to listen.
    assert!(!patch.contains("SPIN_HTTP_LISTEN_ADDR"));
    assert!(render("dev", &["mode=spinkube"]).of("MutatingAdmissionPolicy").is_empty());
}
