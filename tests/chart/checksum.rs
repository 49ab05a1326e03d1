//! Pods are replaced when they would read something else, and only then.

use crate::render::{Render, render};

fn checksum(rendered: &Render) -> String {
    let annotations = match rendered.find_all("Deployment")[..] {
        [deployment] => &deployment["spec"]["template"]["metadata"]["annotations"],
        _ => &rendered.only("SpinApp")["spec"]["podAnnotations"],
    };
    annotations["checksum/config"].as_str().unwrap().to_owned()
}

#[test]
fn another_configuration_is_another_checksum() {
    for mode in ["mode=runtime-image", "mode=runtime-class", "mode=spinkube"] {
        let before = checksum(&render("prod", &[mode]));
        for change in [
            "variables.model=openai",
            "variables.new_feature=true",
            "domains[0]=other.example.com",
            "database.pooler.host=other",
            "runtime.databaseConnections=4",
            "runtime.logFilter=debug",
            "drainSeconds=9",
            "extraEnv.RUST_BACKTRACE=1",
            "otel.samplerArg=0.5",
            "secrets.revision=second",
        ] {
            assert_ne!(checksum(&render("prod", &[mode, change])), before, "{mode}: {change}");
        }
    }
}

#[test]
fn what_pods_do_not_read_leaves_them_alone() {
    let before = render("prod", &[]);
    for change in ["replicaCount=9", "podMonitor.enabled=false", "service.annotations.a=b"] {
        let after = render("prod", &[change]);
        let template = |rendered: &Render| rendered.only("Deployment")["spec"]["template"].clone();
        assert_eq!(template(&after), template(&before), "{change}");
    }
    // Made-up secrets differ in each rendering here; in a cluster they are kept.
    assert_eq!(checksum(&render("dev", &[])), checksum(&render("dev", &[])));
}
