use serde_json::json;

use super::*;

const EXPECTED: Expected<'_> = Expected { name: "todo", checksum: "new", hardened: true };

/// A Deployment of the release `checksum`: wanted, all, of this template, available.
fn deployment(checksum: &str, [wanted, all, updated, available]: [u64; 4]) -> Value {
    json!({
        "metadata": {"generation": 2, "annotations": {RELEASE: checksum}},
        "spec": {"replicas": wanted},
        "status": {
            "observedGeneration": 2, "replicas": all, "updatedReplicas": updated, "availableReplicas": available,
        },
    })
}

fn pod(name: &str, got: &str, status: Value) -> Value {
    json!({"metadata": {"name": name, "annotations": {ASKED: "h", GOT: got}}, "status": status})
}

fn waits(state: State) -> String {
    match state {
        State::Waiting(reason) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn old_pods_that_serve_are_not_the_new_release() {
    let ready = json!({"conditions": [{"type": "Ready", "status": "True"}]});
    let pods = [pod("todo-1", "h", ready)];
    assert!(waits(rolled_out(&EXPECTED, None, &pods)).contains("made no Deployment todo"));
    let before = deployment("old", [2, 2, 2, 2]);
    assert!(waits(rolled_out(&EXPECTED, Some(&before), &pods)).contains("release before"));
    let rolling = deployment("new", [2, 3, 1, 3]);
    assert!(waits(rolled_out(&EXPECTED, Some(&rolling), &pods)).contains("1 of 2 pods"));
    let ending = deployment("new", [2, 3, 2, 3]);
    assert!(waits(rolled_out(&EXPECTED, Some(&ending), &pods)).contains("1 pods of the release before"));
    assert_eq!(rolled_out(&EXPECTED, Some(&deployment("new", [2, 2, 2, 2])), &pods), State::Done);
}

#[test]
fn a_deployment_nobody_has_looked_at_says_nothing() {
    let mut unseen = deployment("new", [2, 2, 2, 2]);
    unseen["metadata"]["generation"] = json!(3);
    assert!(waits(rolled_out(&EXPECTED, Some(&unseen), &[])).contains("not looked"));
}

#[test]
fn the_pod_and_its_reason_are_named() {
    let started = deployment("new", [2, 3, 1, 2]);
    let waiting = |reason: &str| json!({"containerStatuses": [{"state": {"waiting": {"reason": reason, "message": "no such digest"}}}]});
    for (status, names) in [
        (waiting("ImagePullBackOff"), "pod todo-2 waits with ImagePullBackOff no such digest"),
        (waiting("CrashLoopBackOff"), "pod todo-2 waits with CrashLoopBackOff"),
        (
            json!({"conditions": [{"type": "PodScheduled", "status": "False", "message": "0/1 nodes"}]}),
            "pod todo-2 finds no node: 0/1 nodes",
        ),
        (json!({}), "pod todo-2 runs and is not ready"),
    ] {
        let told = waits(rolled_out(&EXPECTED, Some(&started), &[pod("todo-2", "h", status)]));
        assert!(told.contains(names), "{told}");
    }
    let mut refused = deployment("new", [2, 2, 0, 2]);
    refused["status"]["conditions"] =
        json!([{"type": "ReplicaFailure", "status": "True", "message": "violates PodSecurity"}]);
    assert!(waits(rolled_out(&EXPECTED, Some(&refused), &[])).contains("violates PodSecurity"));
}

#[test]
fn a_pod_without_its_hardening_is_found() {
    let ready = deployment("new", [1, 1, 1, 1]);
    let late = pod("todo-3", "", json!({}));
    assert_eq!(
        rolled_out(&EXPECTED, Some(&ready), std::slice::from_ref(&late)),
        State::Unhardened(vec!["todo-3".to_owned()])
    );
    let plain = Expected { hardened: false, ..EXPECTED };
    assert_eq!(rolled_out(&plain, Some(&ready), std::slice::from_ref(&late)), State::Done);
    let mut ending = late;
    ending["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
    assert_eq!(rolled_out(&EXPECTED, Some(&ready), &[ending]), State::Done);
}

#[test]
fn stopped_means_without_any_pod() {
    assert_eq!(stopped(&[]), State::Done);
    assert!(waits(stopped(&[json!({})])).contains("1 pods"));
}
