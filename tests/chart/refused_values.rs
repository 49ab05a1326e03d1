//! A value that mode spinkube cannot carry is refused by its name, rather than do nothing.

use crate::render::{refusal, render};

/// Values that only the chart's own Deployment has fields for.
const OWN: [&str; 8] = [
    "runtime.port=9090",
    "runtime.args[0]=--limit-requests=9",
    "revisionHistoryLimit=3",
    "minReadySeconds=9",
    "progressDeadlineSeconds=99",
    "rollout.maxUnavailable=0",
    "rollout.maxSurge=1",
    "priorityClassName=high",
];

/// Values that reach SpinKube's pods by `spinkube.harden` alone.
const CARRIED: [&str; 21] = [
    "runtime.metricsPort=9999",
    "runtime.logFormat=text",
    "runtime.logFilter=debug",
    "runtime.user=70000",
    "preStopSeconds=9",
    "drainSeconds=9",
    "graceSeconds=9",
    "topologySpread.enabled=false",
    "topologySpread.whenUnsatisfiable=DoNotSchedule",
    "topologySpread.zonesWhenUnsatisfiable=DoNotSchedule",
    "nodeSelector.disk=fast",
    "tolerations[0].operator=Exists",
    "extraEnv.RUST_BACKTRACE=1",
    "otel.serviceName=other",
    "otel.sampler=always_on",
    "otel.samplerArg=0.5",
    "podMonitor.enabled=true",
    "artifact.verifyKey=key",
    "artifact.insecure=true",
    "artifact.pullSecret=pull",
    "artifact.caConfigMap=authorities",
];

/// The path of a setting: `a.b[0]=c` is `a.b`.
fn path(setting: &str) -> &str {
    let end = setting.find(['=', '[']).unwrap();
    match &setting[..end] {
        path if path.starts_with("nodeSelector") => "nodeSelector",
        path if path.starts_with("tolerations") => "tolerations",
        path if path.starts_with("extraEnv") => "extraEnv",
        path => path,
    }
}

#[test]
fn what_the_operator_has_no_field_for_is_refused_by_name() {
    for setting in OWN {
        let said = refusal("dev", &["mode=spinkube", setting]);
        assert!(said.contains(&format!("{}: SpinKube's operator makes the pods", path(setting))), "{said}");
        render("dev", &["mode=runtime-image", setting]);
    }
}

#[test]
fn what_only_hardening_carries_is_refused_without_it() {
    for setting in CARRIED {
        let said = refusal("dev", &["mode=spinkube", "spinkube.harden=false", setting]);
        assert!(said.contains(&format!("{}: in mode spinkube", path(setting))), "{said}");
        render("dev", &["mode=spinkube", setting]);
    }
    render("dev", &["mode=spinkube", "spinkube.harden=false"]);
}

#[test]
fn a_signature_that_nobody_would_verify_is_refused() {
    let said = refusal("dev", &["mode=spinkube", "spinkube.harden=false", "artifact.verifyKey=key"]);
    assert!(said.contains("artifact.verifyKey") && said.contains("Set spinkube.harden"), "{said}");
}

#[test]
fn a_cluster_too_old_to_harden_is_told_in_a_sentence() {
    let old = ["mode=spinkube", "--kube-version=1.35.4"];
    for environment in ["dev", "staging", "prod"] {
        let said = refusal(environment, &old);
        assert!(said.contains("spinkube.harden: it needs Kubernetes 1.36"), "{said}");
    }
    render("dev", &["mode=spinkube", "--kube-version=1.35.4", "spinkube.harden=false"]);
    render("prod", &["mode=runtime-image", "--kube-version=1.35.4"]);
    render("prod", &["mode=spinkube", "--kube-version=1.36.0-rc.1"]);
}
