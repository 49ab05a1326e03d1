//! Secrets are in Secrets.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::render::{NAME, Render, each, items, refusal, render};

const GIVEN: [(&str, &str); 5] = [
    ("secrets.values.db_app_password", "marked-app"),
    ("secrets.values.db_identity_password", "marked-identity"),
    ("secrets.values.better_auth_secret", "marked-auth-of-thirty-two-letters-and-more"),
    ("secrets.values.openai_api_key", "marked-key"),
    ("database.ownerUrl", "postgres://owner:marked-owner@db/todo"),
];

fn given(mode: &str) -> Render {
    let settings: Vec<String> = GIVEN.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let mut settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    settings.extend(["database.mode=external", "database.host=db", mode]);
    render("dev", &settings)
}

fn decoded(secret: &Value) -> BTreeMap<String, String> {
    let data = secret["data"].as_object().into_iter().flatten();
    let text = |value: &Value| String::from_utf8(STANDARD.decode(value.as_str().unwrap()).unwrap()).unwrap();
    data.map(|(key, value)| (key.clone(), text(value))).collect()
}

#[test]
fn what_is_secret_is_in_secrets_only() {
    for mode in ["mode=runtime-image", "mode=runtime-class", "mode=spinkube"] {
        let rendered = given(mode);
        let mut seen = 0;
        for object in rendered.all() {
            assert!(!object.to_string().contains("marked-"), "{}", object["metadata"]["name"]);
            if object["kind"] == "Secret" {
                seen += decoded(object).values().filter(|value| value.contains("marked-")).count();
            }
        }
        // Four in the app's, three in the migration's.
        assert_eq!(seen, 7, "{mode}");
    }
}

#[test]
fn the_owner_of_the_database_is_unknown_to_the_app() {
    let rendered = given("mode=runtime-image");
    assert!(!decoded(rendered.named("Secret", NAME)).contains_key("owner_url"));
    for (environment, rendered) in each() {
        for deployment in rendered.find_all("Deployment") {
            let text = deployment.to_string();
            assert!(
                !text.contains("RUNTIME_SHIM_DATABASE_URL") && !text.contains("owner_url"),
                "{environment}"
            );
        }
    }
}

#[test]
fn a_rendering_makes_up_each_value_once() {
    let rendered = render(
        "dev",
        &["database.mode=external", "database.host=db", "database.ownerUrl=postgres://o:p@d/t"],
    );
    let app = decoded(rendered.named("Secret", NAME));
    let migration = decoded(rendered.named("Secret", &format!("{NAME}-migration")));
    for key in ["db_app_password", "db_identity_password"] {
        assert_eq!(app[key], migration[key]);
        assert!(app[key].len() >= 40 && app[key].chars().all(|c| c.is_ascii_alphanumeric()));
    }
    assert_ne!(app["db_app_password"], app["db_identity_password"]);
    assert!(STANDARD.decode(&app["better_auth_secret"]).unwrap().len() >= 32);
    assert!(!migration.contains_key("better_auth_secret"));

    let database = render("dev", &[]);
    let secret = decoded(database.named("Secret", &format!("{NAME}-database")));
    assert!(secret["owner_url"].contains(&format!(":{}@", secret["password"])));
}

#[test]
fn secrets_of_others_are_used_as_they_are() {
    let existing = render(
        "dev",
        &[
            "secrets.existingSecret=mine",
            "database.mode=external",
            "database.host=db",
            "database.existingSecret=owner",
        ],
    );
    assert!(existing.find_all("Secret").is_empty());
    let container = &existing.only("Deployment")["spec"]["template"]["spec"]["containers"][0];
    let reads = |container: &Value| -> Vec<Value> {
        items(&container["env"]).iter().map(|one| one["valueFrom"]["secretKeyRef"]["name"].clone()).collect()
    };
    assert!(reads(container).iter().filter(|name| !name.is_null()).all(|name| name == "mine"));
    let migration = &existing.only("Job")["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(reads(migration)[..3], ["owner", "mine", "mine"]);

    let vault = render("prod", &[]);
    assert!(vault.find_all("Secret").is_empty());
    let app = vault.named("ExternalSecret", NAME);
    let before = vault.named("ExternalSecret", &format!("{NAME}-migration"));
    let keys = |secret: &Value| -> Vec<Value> {
        items(&secret["spec"]["data"]).iter().map(|one| one["secretKey"].clone()).collect()
    };
    assert_eq!(keys(app), ["db_app_password", "db_identity_password", "better_auth_secret"]);
    assert_eq!(keys(before), ["db_app_password", "db_identity_password", "owner_url"]);
    assert_eq!(before["metadata"]["annotations"]["helm.sh/hook"], "pre-install,pre-upgrade");
}

#[test]
fn a_secret_among_the_variables_stops_the_rendering() {
    for name in ["openai_api_key", "db_app_password", "better_auth_secret", "access_token"] {
        assert!(refusal("dev", &[&format!("variables.{name}=x")]).contains("belongs to secrets"), "{name}");
    }
    // Tokens of a model are no secret.
    let rendered = render("dev", &["variables.chat_max_output_tokens=100"]);
    assert_eq!(rendered.named("ConfigMap", NAME)["data"]["SPIN_VARIABLE_CHAT_MAX_OUTPUT_TOKENS"], "100");
}

#[test]
fn what_holds_a_secret_has_to_be_named() {
    assert!(refusal("prod", &["secrets.externalSecret.store.name="]).contains("name the store"));
    assert!(
        refusal("prod", &["secrets.externalSecret.enabled=false", "database.existingSecret=owner"])
            .contains("secrets: set")
    );
    let lost = ["secrets.existingSecret=mine", "database.ownerUrl=postgres://o:p@db/todo"];
    assert!(refusal("prod", &lost).contains("nothing keeps it"));
    assert!(refusal("dev", &["database.mode=external", "database.host=db"]).contains("the owner's URL"));
    assert!(refusal("dev", &["database.mode=external"]).contains("name the PostgreSQL server"));
}

#[test]
fn a_secret_that_is_there_takes_the_place_of_the_vault() {
    let rendered = render("prod", &["secrets.existingSecret=mine", "database.existingSecret=owner"]);
    assert!(rendered.find_all("ExternalSecret").is_empty() && rendered.find_all("Secret").is_empty());
    for (name, pod) in rendered.pods() {
        for variable in items(&pod["spec"]["containers"][0]["env"]) {
            let secret = &variable["valueFrom"]["secretKeyRef"]["name"];
            assert!(secret.is_null() || secret == "mine" || secret == "owner", "{name}: {variable}");
        }
    }
}
