//! The migration runs when its database is there, and before pods count on it.

use serde_json::Value;

use crate::render::{NAME, Render, items, render};

const EXTERNAL: [&str; 3] =
    ["database.mode=external", "database.host=db", "database.ownerUrl=postgres://o:p@db/todo"];

fn hook(rendered: &Render) -> Value {
    rendered.only("Job")["metadata"]["annotations"]["helm.sh/hook"].clone()
}

#[test]
fn with_an_external_database_it_comes_before_everything_else() {
    for flags in [&EXTERNAL[..], &[&EXTERNAL[..], &["--is-upgrade"]].concat()] {
        let rendered = render("dev", flags);
        assert_eq!(hook(&rendered), "pre-install,pre-upgrade");
        let secret = rendered.named("Secret", &format!("{NAME}-migration"));
        let weight = |object: &Value| -> i32 {
            object["metadata"]["annotations"]["helm.sh/hook-weight"].as_str().unwrap().parse().unwrap()
        };
        assert!(weight(secret) < weight(rendered.only("Job")));
        // Neither is left behind.
        for object in [secret, rendered.only("Job")] {
            let policy = object["metadata"]["annotations"]["helm.sh/hook-delete-policy"].as_str().unwrap();
            assert!(policy.contains("hook-succeeded") && policy.contains("before-hook-creation"));
        }
    }
}

fn annotation(object: &Value, name: &str) -> String {
    object["metadata"]["annotations"][format!("helm.sh/{name}")].as_str().unwrap_or_default().to_owned()
}

#[test]
fn in_a_closed_namespace_its_way_out_is_open_before_it_starts_and_closed_after_it() {
    let weight = |object: &Value| -> i32 { annotation(object, "hook-weight").parse().unwrap() };
    let policy = format!("{NAME}-migration");
    for flags in [&EXTERNAL[..], &[&EXTERNAL[..], &["--is-upgrade"]].concat()] {
        let rendered = render("dev", flags);
        let (policy, job) = (rendered.named("NetworkPolicy", &policy), rendered.only("Job"));
        assert_eq!(annotation(policy, "hook"), annotation(job, "hook"));
        for object in [rendered.named("Secret", &format!("{NAME}-migration")), job] {
            assert!(weight(policy) < weight(object), "plugins take a while");
        }
        // Helm removes it when all hooks of the moment are done, so nothing is left at the end.
        assert_eq!(annotation(policy, "hook-delete-policy"), "before-hook-creation,hook-succeeded");
    }
    // Beside the release both are ordinary objects.
    let beside = render("dev", &[]);
    assert_eq!(annotation(beside.named("NetworkPolicy", &policy), "hook"), "");
    assert_eq!(annotation(beside.only("Job"), "hook"), "");
}

#[test]
fn all_that_its_pod_reads_is_there_before_it() {
    for settings in [&EXTERNAL[..], &["secrets.externalSecret.enabled=true"]] {
        let environment = if settings.len() > 1 { "dev" } else { "prod" };
        let rendered = render(environment, settings);
        let spec = &rendered.only("Job")["spec"]["template"]["spec"];
        assert!(spec["serviceAccountName"].is_null(), "the release's account comes after it");
        assert!(spec["volumes"].is_null());
        for container in items(&spec["containers"]) {
            assert!(container["envFrom"].is_null());
            for variable in items(&container["env"]).iter().filter(|one| one["valueFrom"].is_object()) {
                let name = variable["valueFrom"]["secretKeyRef"]["name"].as_str().unwrap();
                let kind = if environment == "dev" { "Secret" } else { "ExternalSecret" };
                assert_eq!(annotation(rendered.named(kind, name), "hook"), "pre-install,pre-upgrade");
            }
        }
    }
}

#[test]
fn its_way_out_leads_to_the_port_of_the_owners_url() {
    let ports = |settings: &[&str]| -> Vec<u64> {
        let rendered = render("dev", &[&EXTERNAL[..2], settings].concat());
        let policy = rendered.named("NetworkPolicy", &format!("{NAME}-migration"));
        let rules = items(&policy["spec"]["egress"]).iter().flat_map(|rule| items(&rule["ports"]));
        rules.filter_map(|port| port["port"].as_u64()).filter(|port| *port != 53).collect()
    };
    assert_eq!(ports(&["database.ownerUrl=postgres://o:p@db/todo"]), [5432]);
    assert_eq!(ports(&["database.ownerUrl=postgres://o:p%2F:9@db:6543/todo?a=b"]), [5432, 6543]);
    assert_eq!(ports(&["database.existingSecret=owner", "database.ownerPort=6543"]), [5432, 6543]);
    let pooled =
        ["database.existingSecret=owner", "database.pooler.host=pooler", "database.pooler.port=6432"];
    assert_eq!(ports(&pooled), [5432, 6432]);
}

#[test]
fn it_gives_up_before_helm_does() {
    let deadline = |settings: &[&str]| {
        render("dev", settings).only("Job")["spec"]["activeDeadlineSeconds"].as_u64().unwrap()
    };
    // Helm's `--timeout`, when not given.
    assert!(deadline(&EXTERNAL) < 300);
    assert!(deadline(&[]) > 600, "beside the release nothing waits for it, and its database has to start");
}

#[test]
fn roles_of_another_database_are_changed_only_when_that_is_said() {
    let arguments = |settings: &[&str]| {
        let rendered = render("dev", settings);
        rendered.only("Job")["spec"]["template"]["spec"]["containers"][0]["args"].to_string()
    };
    assert!(!arguments(&[]).contains("--share-roles"));
    assert!(arguments(&["migrations.shareRoles=true"]).contains("--share-roles"));
    assert!(!arguments(&["migrations.shareRoles=true", "migrations.roles=false"]).contains("--share-roles"));
}

#[test]
fn with_a_database_of_the_release_it_starts_beside_it() {
    for mode in ["statefulset", "cloudnativepg"] {
        let setting = format!("database.mode={mode}");
        assert_eq!(hook(&render("dev", &[&setting])), Value::Null, "{mode}");
        assert_eq!(hook(&render("dev", &[&setting, "--is-upgrade"])), "pre-install,pre-upgrade", "{mode}");
    }
}

#[test]
fn another_image_is_another_job() {
    let name = |settings: &[&str]| render("dev", settings).only("Job")["metadata"]["name"].clone();
    assert_ne!(name(&["image.tag=1.0.0"]), name(&["image.tag=2.0.0"]));
    assert_eq!(name(&["image.tag=1.0.0"]), name(&["image.tag=1.0.0", "replicaCount=5"]));
}

#[test]
fn it_goes_to_the_server_and_the_app_to_the_pooler() {
    let prod = render("prod", &[]);
    let data = &prod.named("ConfigMap", NAME)["data"];
    assert_eq!(data["SPIN_VARIABLE_DB_HOST"], "pooler.database.example.com");
    assert_eq!(data["SPIN_VARIABLE_DB_PORT"], "6432");

    let inside = render("dev", &["database.mode=cloudnativepg"]);
    let pooler = inside.only("Pooler")["metadata"]["name"].clone();
    assert_eq!(inside.named("ConfigMap", NAME)["data"]["SPIN_VARIABLE_DB_HOST"], pooler);
    let container = &inside.only("Job")["spec"]["template"]["spec"]["containers"][0];
    let owner = &items(&container["env"])[0]["valueFrom"]["secretKeyRef"];
    assert_eq!(
        owner["name"],
        format!("{}-app", inside.only("Cluster")["metadata"]["name"].as_str().unwrap())
    );
    assert_eq!(inside.only("Pooler")["spec"]["pgbouncer"]["poolMode"], "transaction");
}

#[test]
fn roles_are_somebody_elses_when_they_are_said_to_be() {
    let rendered = render("dev", &["migrations.roles=false"]);
    let container = &rendered.only("Job")["spec"]["template"]["spec"]["containers"][0];
    assert!(!items(&container["args"]).iter().any(|argument| argument == "--roles"));
    assert!(!container["env"].to_string().contains("SPIN_VARIABLE_"));
    assert!(render("dev", &["migrations.enabled=false"]).find_all("Job").is_empty());
}
