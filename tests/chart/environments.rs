//! Helm accepts the chart, and each environment is what it is meant to be.

use harness::programs::{command, printed};

use crate::render::{CHART, ENVIRONMENTS, MODES, NAME, each, items, render};

#[test]
fn helm_has_nothing_to_say_about_any_environment() {
    for environment in ENVIRONMENTS {
        for mode in MODES {
            let values = format!("{CHART}/values-{environment}.yaml");
            let said = printed(
                command("helm")
                    .args(["lint", "--strict", CHART, "--values", &values])
                    .args(["--set", &format!("mode={mode}")]),
            );
            assert!(said.contains("0 chart(s) failed"), "{said}");
        }
    }
}

#[test]
fn every_object_says_who_pays_for_it() {
    for (environment, rendered) in each() {
        for object in rendered.all() {
            let labels = &object["metadata"]["labels"];
            for label in ["project", "environment", "cost-centre", "owner"] {
                let value = labels[label].as_str().unwrap_or_default();
                assert!(
                    !matches!(value, "" | "unassigned"),
                    "{environment}: {label} of {}",
                    object["metadata"]
                );
            }
            assert!(environment.starts_with(labels["environment"].as_str().unwrap()), "{environment}");
        }
        for (name, pod) in rendered.pods() {
            assert!(pod["metadata"]["labels"]["cost-centre"].is_string(), "{environment}: {name}");
        }
    }
}

#[test]
fn a_rollout_takes_a_quarter_at_a_time_and_keeps_ten_versions() {
    let rendered = render("prod", &[]);
    let spec = &rendered.only("Deployment")["spec"];
    assert_eq!(spec["strategy"]["rollingUpdate"]["maxUnavailable"], "25%");
    assert_eq!(spec["strategy"]["rollingUpdate"]["maxSurge"], "25%");
    assert_eq!(spec["revisionHistoryLimit"], 10);
}

#[test]
fn only_what_shares_a_cluster_is_held_to_quotas() {
    for (environment, held) in [("dev", 0), ("staging", 1), ("prod", 1)] {
        let rendered = render(environment, &[]);
        assert_eq!(rendered.find_all("ResourceQuota").len(), held, "{environment}");
        assert_eq!(rendered.find_all("LimitRange").len(), held, "{environment}");
    }
}

#[test]
fn the_app_may_do_nothing_in_the_cluster() {
    for (environment, rendered) in each() {
        assert_eq!(rendered.named("Role", NAME)["rules"], serde_json::json!([]), "{environment}");
        let binding = rendered.named("RoleBinding", NAME);
        assert_eq!(binding["roleRef"]["name"], NAME);
        let account = rendered.named("ServiceAccount", NAME);
        assert_eq!(binding["subjects"][0]["name"], account["metadata"]["name"]);
        for account in rendered.find_all("ServiceAccount") {
            assert_eq!(account["automountServiceAccountToken"], false);
        }
        assert!(
            rendered.find_all("ClusterRole").is_empty() && rendered.find_all("ClusterRoleBinding").is_empty()
        );
    }
}

#[test]
fn either_a_number_of_pods_or_an_autoscaler_decides() {
    let rendered = render("dev", &[]);
    assert_eq!(rendered.only("Deployment")["spec"]["replicas"], 2);
    for (settings, kind) in [
        (["autoscaling.hpa.enabled=true"], "HorizontalPodAutoscaler"),
        (["autoscaling.keda.enabled=true"], "ScaledObject"),
    ] {
        let rendered = render("dev", &settings);
        assert!(rendered.only("Deployment")["spec"]["replicas"].is_null());
        let target = &rendered.only(kind)["spec"]["scaleTargetRef"];
        assert_eq!(target["name"], rendered.only("Deployment")["metadata"]["name"]);
    }
    let prod = render("prod", &[]);
    let triggers = items(&prod.only("ScaledObject")["spec"]["triggers"]);
    let names: Vec<&str> = triggers.iter().map(|trigger| trigger["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["requests-per-second", "p95-seconds"]);
}

#[test]
fn what_watches_the_app_finds_its_files() {
    let rendered = render("prod", &[]);
    let folder = harness::repository().join(CHART).join("files");
    let count = |name: &str| std::fs::read_dir(folder.join(name)).map_or(0, Iterator::count);
    assert_eq!(rendered.find_all("PrometheusRule").len(), count("rules"));
    let dashboards = rendered.find_all("ConfigMap").into_iter();
    let dashboards = dashboards.filter(|map| map["metadata"]["labels"]["grafana_dashboard"] == "1").count();
    assert_eq!(dashboards, count("dashboards"));
    for rule in rendered.find_all("PrometheusRule") {
        for alert in items(&rule["spec"]["groups"]).iter().flat_map(|group| items(&group["rules"])) {
            if alert["alert"].is_string() {
                let runbook = alert["annotations"]["runbook_url"].as_str().unwrap_or_default();
                assert!(runbook.starts_with("https://") && runbook.contains("/docs/runbooks/"), "{alert}");
            }
        }
    }
}

#[test]
fn nodes_without_a_zone_are_used_and_nodes_that_are_drained_are_not_counted() {
    for environment in ENVIRONMENTS {
        let rendered = render(environment, &[]);
        let spread = &rendered.only("Deployment")["spec"]["template"]["spec"]["topologySpreadConstraints"];
        for rule in items(spread) {
            match rule["topologyKey"].as_str().unwrap() {
                "topology.kubernetes.io/zone" => assert_eq!(rule["whenUnsatisfiable"], "ScheduleAnyway"),
                _ => assert_eq!(rule["nodeTaintsPolicy"], "Honor"),
            }
        }
    }
    let strict = render("prod", &["topologySpread.zonesWhenUnsatisfiable=DoNotSchedule"]);
    let spread = &strict.only("Deployment")["spec"]["template"]["spec"]["topologySpreadConstraints"];
    assert!(items(spread).iter().all(|rule| rule["whenUnsatisfiable"] == "DoNotSchedule"));
}

#[test]
fn the_way_in_is_the_same_in_staging_and_prod() {
    for environment in ["staging", "prod"] {
        let rendered = render(environment, &[]);
        assert!(rendered.find_all("Ingress").is_empty(), "{environment}");
        assert_eq!(
            rendered.only("HTTPRoute")["spec"]["parentRefs"][0]["name"],
            rendered.only("Gateway")["metadata"]["name"]
        );
        let policy = rendered.named("NetworkPolicy", &format!("{NAME}-app")).to_string();
        assert!(policy.contains("envoy-gateway-system"), "{environment}: {policy}");
    }
    assert!(!render("dev", &[]).text.contains("ingress-nginx"), "that project has ended");
}
