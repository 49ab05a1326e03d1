//! The backups of `deploy/backup`, in a namespace as `deploy/namespaces/prod` makes it.

use serde_json::Value;

use crate::documents::documents;

const FOLDER: &str = "deploy/backup";

fn objects(file: &str) -> Vec<Value> {
    documents(&[&format!("{FOLDER}/{file}")])
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn they_reach_names_and_database_where_all_is_denied() {
    let policy = objects("network-policy.yaml").remove(0);
    let kustomization = objects("kustomization.yaml").remove(0);
    assert!(list(&kustomization["resources"]).contains(&"network-policy.yaml".into()));
    let wanted = policy["spec"]["podSelector"]["matchLabels"].as_object().unwrap();
    let jobs: Vec<Value> =
        objects("cronjob.yaml").into_iter().filter(|object| object["kind"] == "CronJob").collect();
    assert_eq!(jobs.len(), 2);
    for job in &jobs {
        let labels = &job["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"];
        for (label, value) in wanted {
            assert_eq!(labels[label], *value, "{}", job["metadata"]["name"]);
        }
    }
    let ports = list(&policy["spec"]["egress"]).iter().flat_map(|rule| list(&rule["ports"]));
    let ports: Vec<&Value> = ports.map(|port| &port["port"]).collect();
    assert_eq!(ports, [53, 53, 5432]);
    assert!(list(&policy["spec"]["ingress"]).is_empty());
}

#[test]
fn the_quota_of_prod_has_room_for_their_volume() {
    let values = documents(&["charts/todo-chatbot/values-prod.yaml"]).remove(0);
    let room = &values["resourceQuota"]["hard"]["persistentvolumeclaims"];
    let claims = objects("cronjob.yaml").iter().filter(|one| one["kind"] == "PersistentVolumeClaim").count();
    assert!(room.as_str().unwrap().parse::<usize>().unwrap() >= claims);
}

#[test]
fn they_are_labelled_for_the_environment_their_command_names() {
    let kustomization = objects("kustomization.yaml").remove(0);
    assert_eq!(kustomization["labels"][0]["pairs"]["environment"], "prod");
    assert_eq!(kustomization["labels"][0]["includeTemplates"], true);
}
