//! `replicaCount: 0` stops the app in every mode, and keeps everything else.

use crate::render::{ENVIRONMENTS, NAME, refusal, render};

#[test]
fn a_stopped_app_runs_no_pod_whatever_scales_it() {
    for environment in ENVIRONMENTS {
        for mode in ["mode=runtime-image", "mode=runtime-class"] {
            let rendered = render(environment, &[mode, "replicaCount=0"]);
            assert_eq!(rendered.only("Deployment")["spec"]["replicas"], 0, "{environment} {mode}");
            assert!(rendered.find_all("HorizontalPodAutoscaler").is_empty(), "{environment} {mode}");
            assert!(rendered.find_all("ScaledObject").is_empty(), "{environment} {mode}");
        }
    }
    let rollout = render("prod", &["canary.mode=argo-rollouts", "replicaCount=0"]);
    assert_eq!(rollout.only("Rollout")["spec"]["replicas"], 0);
}

#[test]
fn spinkube_has_no_app_while_it_is_stopped() {
    // The operator takes no SpinApp with 0 replicas, and scales a Deployment back within a second.
    for environment in ENVIRONMENTS {
        let running = render(environment, &["mode=spinkube"]);
        let stopped = render(environment, &["mode=spinkube", "replicaCount=0"]);
        assert!(stopped.find_all("SpinApp").is_empty(), "{environment}");
        let leftover = ["SpinApp", "HorizontalPodAutoscaler", "ScaledObject"];
        for object in running.all().iter().filter(|one| !leftover.contains(&one["kind"].as_str().unwrap())) {
            stopped.named(object["kind"].as_str().unwrap(), object["metadata"]["name"].as_str().unwrap());
        }
        // Helm ends when the last pod has ended, so that nothing is written from then on.
        let job = stopped.named("Job", &format!("{NAME}-rollout"));
        let arguments = &job["spec"]["template"]["spec"]["containers"][0]["args"];
        assert!(arguments.as_array().unwrap().contains(&"--stopped".into()), "{arguments}");
    }
}

#[test]
fn a_canary_that_keeps_its_own_pods_is_not_said_to_be_stopped() {
    let settings = ["canary.mode=flagger", "httpRoute.enabled=false", "replicaCount=0"];
    let said = refusal("prod", &settings);
    assert!(said.contains("replicaCount: Flagger keeps its primary pods running"), "{said}");
}
