//! A release that brings its database along, in a StatefulSet on a volume: it lives with it and leaves with it.

use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::time::Duration;

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::Scenario;
use crate::mode::Mode;
use crate::postgres_image;
use crate::programs::{self, apply, get, items, kubectl, registry, setting};
use crate::published::published;
use crate::release::{NAME, Release};
use crate::shell::{progress, wait_for};
use crate::writer::Person;

/// Name of the volume, and of the class that keeps it for this release.
const VOLUME: &str = "in-cluster-database";
/// User and group of the server.
const SERVER: u32 = 65532;

/// The tests, in their order.
pub fn tests() -> Vec<Trial> {
    let release = Release::new("in-cluster-database", Mode::RuntimeImage);
    let scenario = Scenario::default();
    let step = |promise: &str, run: fn(&Release)| {
        let release = release.clone();
        scenario.step(format!("database in the cluster: {promise}"), move || run(&release))
    };
    vec![
        step("an installation makes and migrates it, passes the chart's test, and is upgraded", installs),
        step("its pod is deleted, and what was written is there", survives_its_pod),
        step("it leaves with the release", leaves),
    ]
}

fn installs(release: &Release) {
    let image = postgres_image::push();
    provide_a_volume();
    let registry = registry();
    let settings = [
        ("database.mode", "statefulset"),
        ("database.statefulset.image.registry", &*registry),
        ("database.statefulset.image.repository", postgres_image::REPOSITORY),
        ("database.statefulset.image.digest", &image),
        ("database.statefulset.storageClassName", VOLUME),
    ];
    release.install(&settings);
    assert_eq!(release.ready().len(), 2, "{}", release.tell());
    // Not a hook here, so that nobody has waited for its end.
    let done = "--for=condition=complete";
    kubectl(&["wait", "jobs", "--all", "--namespace", &release.namespace, done, "--timeout=30s"]);
    let told = release.helm_test();
    assert!(told.contains("MCP lists it"), "{told}");
    // Now the migration is a hook, which finds database and Secret of the release.
    release.upgrade(&published().next, &settings);
}

/// A folder of the node, owned by the server as a provisioner would have it.
fn provide_a_volume() {
    // Emptied with the rest of the cluster, however the tests end.
    let folder = Path::new(&setting("CLUSTER_LOGS")).with_file_name("volume");
    std::fs::create_dir_all(&folder).unwrap();
    chown(&folder, Some(SERVER), Some(SERVER)).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o770)).unwrap();
    let volume = json!({
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": { "name": VOLUME },
        "spec": {
            "capacity": { "storage": "1Gi" },
            "accessModes": ["ReadWriteOnce"],
            "persistentVolumeReclaimPolicy": "Retain",
            "storageClassName": VOLUME,
            "hostPath": { "path": folder, "type": "Directory" },
        },
    });
    apply(&volume.to_string());
}

fn survives_its_pod(release: &Release) {
    let person = Person::sign_up(&release.url());
    for number in 1..=20 {
        assert!(person.add(&format!("kept {number}")));
    }
    let before = server(release);
    kubectl(&["delete", "pod", &format!("{NAME}-database-0"), "--namespace", &release.namespace]);
    let ready = |pod: &Value| pod["status"]["containerStatuses"][0]["ready"] == true;
    let timeout = Duration::from_secs(60);
    let (after, _) = wait_for("the database's next pod", timeout, || {
        let pods = items(&["pods", "--namespace", &release.namespace, "--selector", SELECTOR]);
        pods.into_iter().find(|pod| uid(pod) != uid(&before) && ready(pod))
    });
    assert_eq!(after["metadata"]["name"], before["metadata"]["name"]);
    let again = release.wait_for_ready(2);
    progress(&format!("both replicas ready {again:.1?} after the database"));
    // The Service had no pod meanwhile, and the node learns of theirs a moment later.
    wait_for("the Service", timeout, || person.add("and one more").then_some(()));
    assert_eq!(person.titles().len(), 21);
}

const SELECTOR: &str = "app.kubernetes.io/component=database";

fn server(release: &Release) -> Value {
    get(&["pod", &format!("{NAME}-database-0"), "--namespace", &release.namespace])
}

fn uid(pod: &Value) -> &Value {
    &pod["metadata"]["uid"]
}

fn leaves(release: &Release) {
    release.uninstall();
    wait_for("an empty namespace", Duration::from_secs(60), || {
        release.left_behind().is_empty().then_some(())
    });
    let volume = get(&["persistentvolume", VOLUME]);
    assert_eq!(volume["status"]["phase"], "Released");
    kubectl(&["delete", "persistentvolume", VOLUME]);
    std::fs::remove_dir_all(volume["spec"]["hostPath"]["path"].as_str().unwrap()).unwrap();
    programs::remove_namespace(&release.namespace);
}
