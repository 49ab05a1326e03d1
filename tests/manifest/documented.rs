//! Every command of the operator's documents is run by a test on a cluster (tests/cluster/documented), or there is a reason why not.

use std::collections::BTreeSet;

use harness::documents::{
    Command, DOCUMENTS, LEFT_OUT, PLANS, Places, commands, file_written_by, left_out, runbooks, settings_in,
};
use harness::programs;
use serde_json::{Value, json};

fn all() -> Vec<Command> {
    let documents = DOCUMENTS.iter().map(|document| (*document).to_owned()).chain(runbooks());
    documents.flat_map(|document| commands(&document)).collect()
}

/// Commands that a plan runs, with the plan's name.
fn run() -> Vec<(&'static str, Command)> {
    let of_plan = |plan: &harness::documents::Plan| {
        let name = plan.name;
        let parts = plan.runs.iter().flat_map(|run| run.parts());
        let commands = parts.flat_map(|part| part.commands());
        commands
            .filter(move |command| left_out(command, name).is_none())
            .map(move |command| (name, command))
            .collect::<Vec<_>>()
    };
    PLANS.iter().flat_map(of_plan).collect()
}

fn places() -> Places {
    Places {
        registry: "127.0.0.1:5000".to_owned(),
        image: format!("sha256:{}", "0".repeat(64)),
        database_host: "127.0.0.1".to_owned(),
        database_port: 15_432,
        new_port: 25_432,
        administrator: "owner:password".to_owned(),
        app_url: "http://127.0.0.1:8080".to_owned(),
        folder: "/tmp/documented".to_owned(),
        mode: "mode: spinkube",
    }
}

#[test]
fn every_command_of_the_operators_documents_is_run_or_has_a_reason_why_not() {
    let run: BTreeSet<(String, usize)> =
        run().into_iter().map(|(_, command)| (command.document, command.line)).collect();
    let forgotten: Vec<String> = all()
        .into_iter()
        .filter(|command| {
            let listed = LEFT_OUT.iter().any(|entry| {
                entry.plan.is_empty()
                    && command.document.starts_with(entry.document)
                    && command.text.starts_with(entry.command)
            });
            !listed && !run.contains(&(command.document.clone(), command.line))
        })
        .map(|command| format!("{}:{}: {}", command.document, command.line, command.text))
        .collect();
    assert!(forgotten.is_empty(), "run by no plan and listed nowhere: {forgotten:#?}");
    assert!(run.len() > 100, "only {} commands are run", run.len());
}

#[test]
fn the_list_of_what_is_not_run_has_no_dead_entry_and_a_reason_for_each() {
    let all = all();
    for entry in LEFT_OUT {
        let meant = all.iter().any(|command| {
            command.document.starts_with(entry.document) && command.text.starts_with(entry.command)
        });
        assert!(meant, "{}: no command begins with {:?}", entry.document, entry.command);
        assert!(entry.reason.len() > 20, "{:?} has no reason", entry.command);
        let known = entry.plan.is_empty() || PLANS.iter().any(|plan| plan.name == entry.plan);
        assert!(known, "no plan is called {:?}", entry.plan);
    }
}

#[test]
fn the_table_of_places_has_no_dead_row_and_leaves_no_place_that_is_nowhere() {
    let places = places();
    let run = run();
    for row in places.rows() {
        let meant = run.iter().any(|(_, command)| command.text.contains(row.text));
        assert!(meant, "no command that is run has {:?}", row.text);
        assert!(!row.reason.is_empty());
    }
    for (_, command) in run {
        let typed = places.put_into(&command.text);
        // Names that nobody looks up: the public URL, which tokens are made for.
        let typed_without_names =
            typed.replace("[todo.example.com]", "").replace("https://todo.example.com", "");
        for nowhere in ["example.com", "ghcr.io", "…", "://postgres@"] {
            assert!(!typed_without_names.contains(nowhere), "{}:{}: {typed}", command.document, command.line);
        }
    }
}

#[test]
fn only_values_are_put_in_and_no_command_becomes_another() {
    let places = places();
    for (_, command) in run() {
        let words = |text: &str| text.split_whitespace().next().unwrap_or_default().to_owned();
        let (before, after) = (words(&command.text), words(&places.put_into(&command.text)));
        let variable = before.split('=').next().unwrap_or_default();
        assert!(before == after || after.starts_with(&format!("{variable}=")), "{before} became {after}");
    }
}

#[test]
fn every_command_is_bash_with_the_documents_places_and_with_the_clusters() {
    let places = places();
    let written = all().into_iter().map(|command| command.text);
    let typed = run().into_iter().map(|(_, command)| places.put_into(&command.text));
    for text in written.chain(typed) {
        let output = programs::run(programs::command("bash").args(["-n", "-c", &text]));
        // A here-document that does not end is a warning.
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{}{text}",
            programs::everything(&output)
        );
    }
}

#[test]
fn the_servers_settings_are_read_from_the_document() {
    let settings = settings_in("docs/backup-and-restore.md", "ini");
    let names: Vec<&str> = settings.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["wal_level", "archive_mode", "archive_command", "archive_timeout"]);
    assert_eq!(settings[2].1, "/opt/backup/archive-wal.sh \"%p\" \"%f\" /archive");
    assert_eq!(settings[3].1, "60");
}

/// What the template of the plugin `kube` 0.4 (spinframework/spin-plugin-kube, pkg/cmd/scaffold.go) makes of the flags in the document:
/// the app's name is the last part of the artifact's, variables are sorted by their names.
fn scaffolded(command: &str) -> Value {
    let words: Vec<&str> = command.split_whitespace().filter(|word| *word != "\\").collect();
    let values = |flag: &str| -> Vec<String> {
        words.windows(2).filter(|pair| pair[0] == flag).map(|pair| pair[1].to_owned()).collect()
    };
    let only = |flag: &str| values(flag).pop().unwrap_or_else(|| panic!("no {flag}"));
    let image = only("--from");
    let name = image.rsplit('/').next().unwrap().split(['@', ':']).next().unwrap().to_owned();
    let mut variables = values("--variable");
    variables.sort();
    let variables: Vec<Value> = variables
        .iter()
        .map(|variable| {
            let (name, value) = variable.split_once('=').unwrap();
            json!({ "name": name, "value": value })
        })
        .collect();
    json!({
        "apiVersion": "core.spinkube.dev/v1alpha1",
        "kind": "SpinApp",
        "metadata": { "name": name },
        "spec": {
            "image": image,
            "executor": only("--executor"),
            "replicas": only("--replicas").parse::<u64>().unwrap(),
            "variables": variables,
            "resources": {
                "limits": { "cpu": only("--cpu-limit").parse::<u64>().unwrap(), "memory": only("--memory-limit") },
                "requests": { "cpu": only("--cpu-request"), "memory": only("--memory-request") },
            },
        },
    })
}

#[test]
fn what_the_document_applies_is_what_spin_kube_scaffolds_and_what_it_says_to_add() {
    let document = "docs/deploy.md";
    let command =
        commands(document).into_iter().find(|command| command.text.starts_with("spin kube scaffold "));
    let scaffolded = scaffolded(&command.unwrap().text);
    let mut written: Value = serde_saphyr::from_str(&file_written_by(document, "todo.yaml")).unwrap();
    let spec = written["spec"].as_object_mut().unwrap();
    let checks = spec.remove("checks").unwrap();
    for check in ["liveness", "readiness"] {
        assert_eq!(
            checks[check]["httpGet"]["httpHeaders"],
            json!([]),
            "the operator refuses a check without it"
        );
    }
    assert_eq!(spec.remove("runtimeConfig").unwrap(), json!({ "loadFromSecret": "app-runtime-config" }));
    let variables = spec["variables"].as_array_mut().unwrap();
    let secrets: Vec<Value> = variables.extract_if(.., |variable| variable.get("value").is_none()).collect();
    let names: Vec<&str> = secrets.iter().map(|variable| variable["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["db_app_password", "db_identity_password", "better_auth_secret"]);
    assert_eq!(written, scaffolded);
}
