//! Every pod is as the restricted level of Pod Security wants it, and ends without cutting anybody off.

use serde_json::{Value, json};

use crate::render::{Render, each, items, render};

fn renders() -> Vec<(String, Render)> {
    let rollout = ("prod-argo-rollouts".to_owned(), render("prod", &["canary.mode=argo-rollouts"]));
    each().chain([rollout]).collect()
}

fn check(name: &str, pod: &Value) {
    let spec = &pod["spec"];
    assert_eq!(spec["automountServiceAccountToken"], false, "{name}");
    let security = &spec["securityContext"];
    assert_eq!(security["runAsNonRoot"], true, "{name}");
    assert!(security["runAsUser"].as_u64().unwrap() >= 10_000, "{name}");
    assert_eq!(security["seccompProfile"]["type"], "RuntimeDefault", "{name}");
    for field in ["hostNetwork", "hostPID", "hostIPC", "initContainers", "ephemeralContainers"] {
        assert!(spec[field].is_null(), "{name}: {field}");
    }
    for volume in items(&spec["volumes"]) {
        let kinds = ["configMap", "secret", "emptyDir", "persistentVolumeClaim"];
        // The one pod that asks the API server mounts a short-lived token of its own.
        let token = name.contains("-rollout") && volume["projected"].is_object();
        assert!(token || kinds.iter().any(|kind| volume[*kind].is_object()), "{name}: {volume}");
    }
    for container in items(&spec["containers"]) {
        let security = &container["securityContext"];
        assert_eq!(security["allowPrivilegeEscalation"], false, "{name}");
        assert_eq!(security["readOnlyRootFilesystem"], true, "{name}");
        assert_eq!(security["capabilities"], json!({"drop": ["ALL"]}), "{name}");
        assert!(security["privileged"].is_null() && security["runAsUser"].is_null(), "{name}");
        for amount in ["cpu", "memory", "ephemeral-storage"] {
            for bound in ["requests", "limits"] {
                assert!(!container["resources"][bound][amount].is_null(), "{name}: {bound}.{amount}");
            }
        }
        assert!(items(&container["ports"]).iter().all(|port| port["hostPort"].is_null()), "{name}");
    }
}

#[test]
fn every_pod_is_restricted() {
    for (environment, rendered) in renders() {
        let pods = rendered.pods();
        assert!(pods.len() >= 2, "{environment}");
        for (name, pod) in pods {
            check(&format!("{environment}: {name}"), pod);
        }
    }
}

#[test]
fn a_pod_has_time_for_all_it_is_asked_to_do_at_its_end() {
    for (environment, rendered) in renders() {
        for workload in rendered.find_all("Deployment").into_iter().chain(rendered.find_all("Rollout")) {
            let spec = &workload["spec"]["template"]["spec"];
            let settings = &rendered.named("ConfigMap", crate::render::NAME)["data"];
            let seconds = |setting: &str| settings[setting].as_str().unwrap().parse::<u64>().unwrap();
            let sleep = spec["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"].as_u64().unwrap();
            let needed = sleep + seconds("RUNTIME_SHIM_DRAIN") + seconds("RUNTIME_SHIM_GRACE");
            assert!(spec["terminationGracePeriodSeconds"].as_u64().unwrap() > needed, "{environment}");
        }
    }
}

#[test]
fn a_pod_is_asked_three_different_things() {
    let rendered = render("prod", &[]);
    let container = &rendered.only("Deployment")["spec"]["template"]["spec"]["containers"][0];
    let path = |probe: &str| container[probe]["httpGet"]["path"].as_str().unwrap().to_owned();
    assert_eq!(path("readinessProbe"), "/readyz");
    assert_eq!(path("livenessProbe"), "/livez");
    assert_eq!(path("startupProbe"), "/livez");
}

#[test]
fn what_is_mounted_is_there() {
    for (environment, rendered) in renders() {
        for (name, pod) in rendered.pods() {
            let volumes: Vec<&Value> =
                items(&pod["spec"]["volumes"]).iter().map(|volume| &volume["name"]).collect();
            let claims = rendered.find_all("StatefulSet").into_iter();
            let claims = claims.flat_map(|set| items(&set["spec"]["volumeClaimTemplates"]));
            let claims: Vec<&Value> = claims.map(|claim| &claim["metadata"]["name"]).collect();
            for mount in items(&pod["spec"]["containers"]).iter().flat_map(|one| items(&one["volumeMounts"]))
            {
                let volume = &mount["name"];
                assert!(
                    volumes.contains(&volume) || claims.contains(&volume),
                    "{environment}: {name}: {volume}"
                );
            }
        }
    }
}
