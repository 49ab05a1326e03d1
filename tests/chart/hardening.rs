//! Pods of SpinKube's operator get what a SpinApp has no fields for, or are refused.

use serde_json::{Value, json};

use crate::operator;
use crate::render::{NAME, Render, items, render};

fn rendered(settings: &[&str]) -> Render {
    render("prod", &[&["mode=spinkube"], settings].concat())
}

/// What the policy adds, as CEL.
fn patch(rendered: &Render) -> String {
    let policy = rendered.only("MutatingAdmissionPolicy");
    policy["spec"]["mutations"][0]["jsonPatch"]["expression"].as_str().unwrap().to_owned()
}

fn asked(rendered: &Render) -> String {
    let annotations = &rendered.only("SpinApp")["spec"]["podAnnotations"];
    annotations["checksum/hardening"].as_str().unwrap().to_owned()
}

#[test]
fn what_hardens_its_pods_selects_them_alone() {
    let rendered = rendered(&[]);
    let deployment = operator::deployment(rendered.only("SpinApp"), rendered.only("SpinAppExecutor"));
    let labels = &deployment["spec"]["template"]["metadata"]["labels"];
    for kind in ["MutatingAdmissionPolicy", "ValidatingAdmissionPolicy"] {
        let policy = rendered.only(kind);
        let binding = rendered.only(&format!("{kind}Binding"));
        assert_eq!(binding["spec"]["policyName"], policy["metadata"]["name"]);
        let constraints = &policy["spec"]["matchConstraints"];
        for (label, value) in constraints["objectSelector"]["matchLabels"].as_object().unwrap() {
            assert_eq!(labels[label], *value);
        }
        assert_eq!(constraints["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"], "todo");
        assert_eq!(policy["spec"]["failurePolicy"], "Fail");
    }
    let patch = patch(&rendered);
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
    let plain = render("dev", &["mode=spinkube", "spinkube.harden=false"]);
    assert!(
        plain.find_all("MutatingAdmissionPolicy").is_empty()
            && plain.find_all("ValidatingAdmissionPolicy").is_empty()
    );
}

#[test]
fn a_pod_without_the_hardening_its_template_asks_for_is_refused() {
    let rendered = rendered(&[]);
    assert!(
        patch(&rendered).contains(&format!("todo-assistant~1hardened\", value: \"{}\"", asked(&rendered)))
    );
    let policy = rendered.only("ValidatingAdmissionPolicy");
    let rule = policy["spec"]["validations"][0]["expression"].as_str().unwrap();
    assert!(rule.contains("checksum/hardening") && rule.contains("todo-assistant/hardened"), "{rule}");
    assert_eq!(
        rendered.only("ValidatingAdmissionPolicyBinding")["spec"]["validationActions"],
        json!(["Deny"])
    );
    // It is there before the first pod, and is the same for every version, so it can't be out of date.
    let hook = &policy["metadata"]["annotations"]["helm.sh/hook"];
    assert_eq!(*hook, "pre-install,pre-upgrade,pre-rollback");
    for change in ["preStopSeconds=9", "runtime.logFilter=debug", "artifact.verifyKey=k"] {
        assert_eq!(self::rendered(&[change]).only("ValidatingAdmissionPolicy"), policy, "{change}");
    }
}

#[test]
fn another_hardening_is_another_mark() {
    let before = asked(&rendered(&[]));
    for change in [
        "preStopSeconds=9",
        "graceSeconds=50",
        "runtime.user=70000",
        "runtime.metricsPort=9999",
        "artifact.verifyKey=k",
        "artifact.pullSecret=p",
        "topologySpread.enabled=false",
        "nodeSelector.disk=fast",
        "tolerations[0].operator=Exists",
    ] {
        assert_ne!(asked(&rendered(&[change])), before, "{change}");
    }
}

#[test]
fn settings_of_the_runtime_come_by_the_config_map_and_not_by_the_policy() {
    let before = rendered(&[]);
    assert!(patch(&before).contains(&format!("configMapRef{{name: \"{NAME}\"}}")));
    for change in ["runtime.logFilter=debug", "otel.samplerArg=0.5", "extraEnv.RUST_BACKTRACE=1"] {
        let after = rendered(&[change]);
        assert_eq!(patch(&after), patch(&before), "{change}");
        let config = |rendered: &Render| rendered.named("ConfigMap", NAME)["data"].clone();
        assert_ne!(config(&after), config(&before), "{change}");
    }
    // What the operator says itself stays: a variable wins over a ConfigMap's.
    assert!(!patch(&before).contains("SPIN_HTTP_LISTEN_ADDR"));
}

#[test]
fn a_pods_place_is_carried_by_the_policy() {
    let rendered =
        rendered(&["nodeSelector.disk=fast", "tolerations[0].key=own", "tolerations[0].effect=NoSchedule"]);
    let patch = patch(&rendered);
    for part in [
        "topologyKey: \"topology.kubernetes.io/zone\"",
        "matchLabelKeys: [\"pod-template-hash\"]",
        "{\"disk\":\"fast\"}",
        "effect: \"NoSchedule\", key: \"own\"",
    ] {
        assert!(patch.contains(part), "{part} in {patch}");
    }
}

#[test]
fn a_runtime_that_pulls_finds_key_password_and_authorities() {
    let settings = ["artifact.verifyKey=k", "artifact.pullSecret=pull", "artifact.caConfigMap=authorities"];
    let rendered = rendered(&settings);
    let own = render("prod", &settings);
    let pod = &own.only("Deployment")["spec"]["template"]["spec"];
    let app = &rendered.only("SpinApp")["spec"];
    let mounts = |list: &Value| -> Vec<Value> {
        items(list).iter().filter(|one| one["mountPath"] != "/runtime-config.toml").cloned().collect()
    };
    assert_eq!(mounts(&app["volumeMounts"]), mounts(&pod["containers"][0]["volumeMounts"]));
    for volume in items(&pod["volumes"]) {
        assert!(items(&app["volumes"]).contains(volume), "{volume}");
    }
    let patch = patch(&rendered);
    for variable in ["RUNTIME_SHIM_VERIFY_KEY", "DOCKER_CONFIG", "RUNTIME_SHIM_REGISTRY_CA_FILE"] {
        let entry =
            items(&pod["containers"][0]["env"]).iter().find(|entry| entry["name"] == variable).unwrap();
        assert!(patch.contains(&format!("name: \"{variable}\", value: {}", entry["value"])), "{variable}");
    }
}

#[test]
fn no_patch_adds_a_list_of_objects_at_once() {
    // An API server of Kubernetes 1.36 can't convert one, and refuses the pod.
    let rendered = rendered(&["tolerations[0].operator=Exists", "nodeSelector.disk=fast"]);
    assert!(!patch(&rendered).contains("value: [Object"), "{}", patch(&rendered));
}

#[test]
fn metrics_are_at_a_port_that_the_pods_declare() {
    let rendered = rendered(&[]);
    let patch = patch(&rendered);
    assert!(patch.contains("name: \"metrics\", containerPort: 9464"), "{patch}");
    let endpoint = &rendered.only("PodMonitor")["spec"]["podMetricsEndpoints"][0];
    assert_eq!(endpoint["port"], "metrics");
    assert!(endpoint["portNumber"].is_null());
    let settings = &rendered.named("ConfigMap", NAME)["data"];
    assert_eq!(settings["RUNTIME_SHIM_METRICS_LISTEN"], "0.0.0.0:9464");
    // Nothing scraped is not nothing asked for.
    for trigger in items(&rendered.only("ScaledObject")["spec"]["triggers"]) {
        let ignored = &trigger["metadata"]["ignoreNullValues"];
        assert_eq!(*ignored, if trigger["name"] == "requests-per-second" { "false" } else { "true" });
    }
}
