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
    assert!(render("dev", &["migrations.enabled=false"]).of("Job").is_empty());
}
