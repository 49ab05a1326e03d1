//! A database by CloudNativePG's operator, in a namespace that is closed by default and has a quota.

use serde_json::{Value, json};

use crate::render::{NAME, Render, items, refusal, render};

const MODE: &str = "database.mode=cloudnativepg";

fn policy(settings: &[&str], name: &str) -> Value {
    let rendered = render("prod", &[&[MODE], settings].concat());
    rendered.named("NetworkPolicy", &format!("{NAME}-{name}"))["spec"].clone()
}

/// Who may come in (`from`) or be gone to (`to`) at a port, as JSON text.
fn peers(rules: &Value, direction: &str, port: u64) -> String {
    let at_port = |rule: &&Value| items(&rule["ports"]).iter().any(|one| one["port"] == port);
    items(rules).iter().filter(at_port).map(|rule| rule[direction].to_string()).collect()
}

#[test]
fn its_servers_are_reached_by_app_migration_pooler_operator_and_each_other() {
    let spec = policy(&[], "database");
    let cluster = format!("{NAME}-database");
    assert_eq!(spec["podSelector"]["matchLabels"], json!({ "cnpg.io/cluster": cluster }));
    let at_postgres = peers(&spec["ingress"], "from", 5432);
    for who in [r#""app""#, r#""migration""#, "cnpg.io/poolerName", "cnpg.io/cluster", "cnpg-system"] {
        assert!(at_postgres.contains(who), "{who} is not in {at_postgres}");
    }
    let at_status = peers(&spec["ingress"], "from", 8000);
    assert!(at_status.contains("cnpg-system") && at_status.contains("cnpg.io/cluster"), "{at_status}");
    assert!(!at_status.contains(r#""app""#), "{at_status}");
    assert!(peers(&spec["ingress"], "from", 9187).contains("monitoring"));
    assert!(peers(&spec["egress"], "to", 5432).contains("cnpg.io/cluster"));
}

#[test]
fn its_pooler_is_reached_by_the_app_and_reaches_the_servers() {
    let spec = policy(&[], "database-pooler");
    assert!(peers(&spec["ingress"], "from", 5432).contains(r#""app""#));
    assert!(peers(&spec["egress"], "to", 5432).contains("cnpg.io/cluster"));
    let without = render("prod", &[MODE, "database.cloudnativepg.pooler.enabled=false"]);
    assert!(without.find_all("NetworkPolicy").iter().all(|one| !one.to_string().contains("poolerName:")));
}

#[test]
fn its_pods_ask_the_kubernetes_api_and_the_store_of_backups_and_nothing_else_outside() {
    let ranges = [
        "database.cloudnativepg.objectStore=backups",
        "networkPolicy.kubernetesRanges={10.96.0.1/32}",
        "networkPolicy.objectStoreRanges={192.0.2.0/24}",
        "networkPolicy.objectStorePort=9000",
    ];
    let spec = policy(&ranges, "database");
    assert!(peers(&spec["egress"], "to", 6443).contains("10.96.0.1/32"));
    assert!(peers(&spec["egress"], "to", 9000).contains("192.0.2.0/24"));
    assert!(items(&spec["egress"]).iter().all(|rule| !items(&rule["to"]).is_empty()), "{spec}");
    let pooler = policy(&ranges, "database-pooler");
    assert!(items(&pooler["egress"]).iter().all(|rule| !items(&rule["to"]).is_empty()), "{pooler}");
    // Without backups there is no way to a store.
    assert!(peers(&policy(&ranges[1..], "database")["egress"], "to", 9000).is_empty());
}

fn claims(rendered: &Render) -> u64 {
    let quota = &rendered.only("ResourceQuota")["spec"]["hard"]["persistentvolumeclaims"];
    quota.as_str().unwrap().parse().unwrap()
}

#[test]
fn the_quota_has_room_for_the_volumes_of_the_database_and_of_backups() {
    assert_eq!(claims(&render("prod", &[])), 1, "that of deploy/backup");
    // One more than there are servers: a new one comes before the old one's volume goes.
    assert_eq!(claims(&render("prod", &[MODE])), 1 + 3 + 1);
    assert_eq!(claims(&render("prod", &[MODE, "database.cloudnativepg.instances=5"])), 1 + 5 + 1);
    assert_eq!(claims(&render("prod", &["database.mode=statefulset"])), 1 + 1);
    let nothing_kept = ["database.mode=statefulset", "database.statefulset.persistent=false"];
    assert_eq!(claims(&render("prod", &nothing_kept)), 1);
}

#[test]
fn its_poolers_pods_say_who_pays_and_have_limits() {
    let rendered = render("prod", &[MODE]);
    let template = &rendered.only("Pooler")["spec"]["template"];
    assert_eq!(template["metadata"]["labels"]["cost-centre"], "product");
    for list in ["containers", "initContainers"] {
        for container in items(&template["spec"][list]) {
            assert!(container["resources"]["limits"]["memory"].is_string(), "{container}");
        }
    }
    assert!(refusal("prod", &["database.cloudnativepg.pooler.resources.limits.gpus=1"]).contains("gpus"));
}
