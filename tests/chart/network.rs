//! Nothing talks to anything unless a policy names it.

use serde_json::Value;

use crate::operator;
use crate::render::{Render, each, items, render};

fn selects(selector: &Value, labels: &Value) -> bool {
    let wanted = selector["matchLabels"].as_object().into_iter().flatten();
    wanted.into_iter().all(|(label, value)| labels[label] == *value)
}

/// Labels and ports of every pod, those of SpinKube's operator included.
fn pods(rendered: &Render) -> Vec<(Value, Value)> {
    let mut pods: Vec<Value> = rendered.pods().into_iter().map(|(_, pod)| pod.clone()).collect();
    if let [app] = rendered.find_all("SpinApp")[..] {
        pods.push(operator::deployment(app, rendered.only("SpinAppExecutor"))["spec"]["template"].clone());
    }
    let ports = |pod: &Value| {
        items(&pod["spec"]["containers"])
            .iter()
            .flat_map(|one| items(&one["ports"]).to_vec())
            .collect::<Value>()
    };
    pods.iter().map(|pod| (pod["metadata"]["labels"].clone(), ports(pod))).collect()
}

#[test]
fn every_pod_is_denied_everything_and_allowed_by_name() {
    for (environment, rendered) in each() {
        let policies = rendered.find_all("NetworkPolicy");
        for (labels, _) in pods(&rendered) {
            let mine = policies.iter().filter(|policy| selects(&policy["spec"]["podSelector"], &labels));
            let names: Vec<&str> = mine.map(|policy| policy["metadata"]["name"].as_str().unwrap()).collect();
            assert_eq!(names.len(), 2, "{environment}: {labels}: {names:?}");
            assert!(names.iter().any(|name| name.ends_with("-deny")), "{environment}: {names:?}");
        }
        for policy in policies {
            assert_eq!(
                policy["spec"]["policyTypes"],
                serde_json::json!(["Ingress", "Egress"]),
                "{environment}"
            );
        }
    }
}

#[test]
fn pods_are_found_by_labels_that_no_operator_rewrites() {
    // Flagger's primary pods are called otherwise (app.kubernetes.io/name: …-primary), and are those that serve.
    for mode in ["mode=runtime-image", "mode=spinkube"] {
        let mut rendered = vec![render("prod", &[mode]), render("dev", &[mode])];
        if mode == "mode=runtime-image" {
            rendered.push(render("prod", &["canary.mode=flagger", "httpRoute.enabled=false"]));
            rendered.push(render("prod", &["canary.mode=argo-rollouts"]));
        }
        for rendered in rendered {
            for kind in ["NetworkPolicy", "PodDisruptionBudget", "PodMonitor", "Service"] {
                for object in rendered.find_all(kind) {
                    let spec = object["spec"].to_string();
                    assert!(
                        !spec.contains("app.kubernetes.io/name"),
                        "{kind} {}: {spec}",
                        object["metadata"]["name"]
                    );
                }
            }
        }
    }
}

#[test]
fn what_selects_a_deployments_pods_stays_as_it_was_released() {
    let wanted = serde_json::json!({
        "app.kubernetes.io/name": "todo-chatbot",
        "app.kubernetes.io/instance": "todo",
        "app.kubernetes.io/component": "app",
    });
    for (settings, kind) in [(&[][..], "Deployment"), (&["canary.mode=argo-rollouts"], "Rollout")] {
        let rendered = render("prod", settings);
        assert_eq!(rendered.only(kind)["spec"]["selector"]["matchLabels"], wanted, "it cannot be changed");
    }
}

#[test]
fn only_ports_that_are_there_can_be_reached() {
    for (environment, rendered) in each() {
        let pods = pods(&rendered);
        for policy in rendered.find_all("NetworkPolicy") {
            let selected = pods.iter().filter(|(labels, _)| selects(&policy["spec"]["podSelector"], labels));
            let open: Vec<u64> = selected
                .flat_map(|(_, ports)| items(ports).to_vec())
                .filter_map(|port| port["containerPort"].as_u64())
                .collect();
            let allowed = items(&policy["spec"]["ingress"]).iter().flat_map(|rule| items(&rule["ports"]));
            for port in allowed.filter_map(|port| port["port"].as_u64()) {
                // SpinKube's operator names no port for metrics; the runtime listens there all the same.
                let unnamed = environment.ends_with("spinkube") && port == 9464;
                assert!(
                    unnamed || open.contains(&port),
                    "{environment}: {port} of {}",
                    policy["metadata"]["name"]
                );
            }
        }
    }
}

#[test]
fn callers_are_named() {
    for (environment, rendered) in each() {
        for policy in rendered.find_all("NetworkPolicy") {
            for rule in items(&policy["spec"]["ingress"]) {
                assert!(!items(&rule["from"]).is_empty(), "{environment}: {}", policy["metadata"]["name"]);
                assert!(!items(&rule["ports"]).is_empty(), "{environment}: {}", policy["metadata"]["name"]);
            }
            for rule in items(&policy["spec"]["egress"]) {
                assert!(!items(&rule["ports"]).is_empty(), "{environment}: {}", policy["metadata"]["name"]);
            }
        }
    }
}

fn leaves_by(rendered: &Render) -> Vec<u64> {
    let policy = rendered.named("NetworkPolicy", "todo-todo-chatbot-app");
    let ports = items(&policy["spec"]["egress"]).iter().flat_map(|rule| items(&rule["ports"]));
    ports.filter_map(|port| port["port"].as_u64()).collect()
}

#[test]
fn a_way_out_is_there_only_for_what_is_used() {
    // DNS twice, the database; the artifact comes by the node.
    assert_eq!(leaves_by(&render("dev", &["mode=runtime-class"])), [53, 53, 5432]);
    assert_eq!(leaves_by(&render("dev", &["mode=runtime-image"])), [53, 53, 5432, 443]);
    let model =
        ["mode=runtime-class", "variables.model=openai", "variables.openai_origin=http://models:8000"];
    assert_eq!(leaves_by(&render("dev", &model)), [53, 53, 5432, 8000]);
    let issuer = [
        "mode=runtime-class",
        "variables.auth_issuer=https://id.example/realms/todo",
        "variables.auth_issuer_origin=http://keycloak.id.svc:8080",
    ];
    assert_eq!(leaves_by(&render("dev", &issuer)), [53, 53, 5432, 8080]);
    let traces = ["mode=runtime-class", "otel.endpoint=http://collector.monitoring.svc:4318"];
    assert_eq!(leaves_by(&render("dev", &traces)), [53, 53, 5432, 4318]);
}

#[test]
fn a_cache_on_the_nodes_answers_dns_where_it_is_named() {
    let answering = |settings: &[&str]| -> Vec<Value> {
        let rendered = render("dev", settings);
        let policy = rendered.named("NetworkPolicy", "todo-todo-chatbot-app");
        let rules = items(&policy["spec"]["egress"]).iter().filter(|rule| rule["ports"][0]["port"] == 53);
        rules
            .flat_map(|rule| items(&rule["to"]).to_vec())
            .filter(|peer| peer["ipBlock"].is_object())
            .collect()
    };
    assert!(answering(&[]).is_empty());
    let cache = "169.254.20.10/32";
    let found = answering(&[&format!("networkPolicy.dnsRanges={{{cache}}}")]);
    assert_eq!(found, [serde_json::json!({ "ipBlock": { "cidr": cache } })]);
}
