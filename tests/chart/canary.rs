//! A version that misses the objective does not stay.

use harness::programs::{command, printed};
use serde_json::Value;

use crate::render::{NAME, Render, items, refusal, render};

const FLAGGER: [&str; 2] = ["canary.mode=flagger", "httpRoute.enabled=false"];

#[test]
fn argo_rollouts_looks_at_the_new_pods_and_aborts() {
    let rendered = render("prod", &["canary.mode=argo-rollouts"]);
    assert!(rendered.find_all("Deployment").is_empty());
    let spec = &rendered.only("Rollout")["spec"];
    let canary = &spec["strategy"]["canary"];
    let weights: Vec<&Value> =
        items(&canary["steps"]).iter().map(|step| &step["setWeight"]).filter(|w| !w.is_null()).collect();
    assert_eq!(weights, [5, 20, 50]);
    assert_eq!(
        canary["analysis"]["templates"][0]["templateName"],
        rendered.only("AnalysisTemplate")["metadata"]["name"]
    );
    assert_eq!(spec["progressDeadlineAbort"], true);
    for metric in items(&rendered.only("AnalysisTemplate")["spec"]["metrics"]) {
        assert!(metric["provider"]["prometheus"]["query"].as_str().unwrap().contains("{{args.hash}}"));
    }
    // The label by which they are told apart has to be scraped.
    let labels = &rendered.only("PodMonitor")["spec"]["podTargetLabels"];
    assert!(items(labels).iter().any(|label| label == "rollouts-pod-template-hash"));
    // Route, Services and Rollout speak of the same two.
    let backends = items(&rendered.only("HTTPRoute")["spec"]["rules"][0]["backendRefs"]);
    let backends: Vec<&Value> = backends.iter().map(|backend| &backend["name"]).collect();
    assert_eq!(backends, [&canary["stableService"], &canary["canaryService"]]);
    for service in backends {
        rendered.named("Service", service.as_str().unwrap());
    }
    assert_eq!(rendered.only("ScaledObject")["spec"]["scaleTargetRef"]["kind"], "Rollout");
}

#[test]
fn flagger_has_the_service_and_the_route_for_itself() {
    let rendered = render("prod", &FLAGGER);
    assert!(rendered.find_all("Service").is_empty() && rendered.find_all("HTTPRoute").is_empty());
    let spec = &rendered.only("Canary")["spec"];
    assert_eq!(spec["targetRef"]["name"], rendered.only("Deployment")["metadata"]["name"]);
    assert_eq!(spec["service"]["name"], NAME);
    for service in ["apex", "primary", "canary"] {
        assert_eq!(spec["service"][service]["labels"]["cost-centre"], "product", "{service}");
    }
    assert_eq!(spec["service"]["gatewayRefs"][0]["name"], rendered.only("Gateway")["metadata"]["name"]);
    assert_eq!(spec["analysis"]["stepWeights"], serde_json::json!([5, 20, 50]));
    for metric in items(&spec["analysis"]["metrics"]) {
        rendered.named("MetricTemplate", metric["templateRef"]["name"].as_str().unwrap());
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (settings, says) in [
        (&["mode=spinkube", "canary.mode=flagger"][..], "canary.mode"),
        (&["canary.mode=flagger"], "Flagger makes the route"),
        (&[FLAGGER[0], FLAGGER[1], "autoscaling.keda.enabled=false"], "an autoscaler has to say"),
        (&["autoscaling.hpa.enabled=true"], "either hpa or keda"),
        (&["mode=spinkube", "service.port=8080"], "at port 80"),
    ] {
        assert!(refusal("prod", settings).contains(says), "{settings:?}");
    }
}

fn queries(rendered: &Render) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(query)) = fields.get("query") {
                    found.push(query.clone());
                }
                fields.values().for_each(|value| collect(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    rendered.all().iter().for_each(|object| collect(object, &mut found));
    found
}

#[test]
fn prometheus_understands_every_question() {
    let mut questions = queries(&render("prod", &["canary.mode=argo-rollouts"]));
    questions.extend(queries(&render("prod", &FLAGGER)));
    assert_eq!(questions.len(), 8);
    let rules: Vec<Value> = questions
        .iter()
        .enumerate()
        .map(|(n, query)| {
            let filled = query
                .replace("{{args.hash}}", "a")
                .replace("{{ namespace }}", "b")
                .replace("{{ target }}", "c");
            serde_json::json!({"record": format!("question:{n}"), "expr": filled})
        })
        .collect();
    let file = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    let groups = serde_json::json!({"groups": [{"name": "questions", "rules": rules}]});
    std::fs::write(file.path(), groups.to_string()).unwrap();
    let said = printed(command("promtool").args(["check", "rules"]).arg(file.path()));
    assert!(said.contains("8 rules found"), "{said}");
}
