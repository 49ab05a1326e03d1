//! The operations assistants may look freely; whatever changes something waits for a person.

use std::collections::BTreeSet;
use std::path::Path;

use harness::programs::{command, printed, run, text};
use harness::repository;
use serde_json::Value;

use crate::documents::documents;

/// Tools of kagent's server that only look.
const LOOKING: [&str; 14] = [
    "k8s_get_resources",
    "k8s_describe_resource",
    "k8s_get_resource_yaml",
    "k8s_get_events",
    "k8s_get_pod_logs",
    "k8s_check_service_connectivity",
    "helm_list_releases",
    "helm_get_release",
    "prometheus_query_tool",
    "prometheus_query_range_tool",
    "prometheus_label_names_tool",
    "prometheus_targets_tool",
    "datetime_get_current_time",
    "argo_rollouts_list",
];

fn in_kagent() -> Vec<Value> {
    documents(&["deploy/kagent/agent.yaml", "deploy/kagent/model.yaml", "deploy/kagent/servers.yaml"])
}

fn one<'a>(objects: &'a [Value], kind: &str) -> &'a Value {
    objects.iter().find(|object| object["kind"] == kind).unwrap()
}

fn names(list: &Value) -> BTreeSet<String> {
    list.as_array().into_iter().flatten().map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn tools(server: &str) -> Value {
    let objects = in_kagent();
    let tools = one(&objects, "Agent")["spec"]["declarative"]["tools"].as_array().unwrap().clone();
    tools.into_iter().map(|tool| tool["mcpServer"].clone()).find(|tool| tool["name"] == server).unwrap()
}

#[test]
fn every_tool_that_changes_something_waits_for_approval() {
    let server = tools("kagent-tool-server");
    let free: BTreeSet<String> =
        names(&server["toolNames"]).difference(&names(&server["requireApproval"])).cloned().collect();
    assert_eq!(free, LOOKING.map(str::to_owned).into());
    assert!(names(&server["requireApproval"]).is_subset(&names(&server["toolNames"])));
    for never in ["shell", "k8s_execute_command", "k8s_apply_manifest", "helm_uninstall"] {
        assert!(!names(&server["toolNames"]).contains(never), "{never}");
    }
}

#[test]
fn the_apps_own_tools_that_remove_wait_for_approval() {
    let server = tools("todo-assistant");
    let given = names(&server["toolNames"]);
    let there: BTreeSet<String> = std::fs::read_dir(repository().join("components/tools"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().replace('-', "_"))
        .collect();
    assert!(given.is_subset(&there), "{:?}", given.difference(&there));
    let removing: BTreeSet<String> = given.into_iter().filter(|name| name.starts_with("delete_")).collect();
    assert!(!removing.is_empty() && removing.is_subset(&names(&server["requireApproval"])));
}

#[test]
fn what_the_agent_names_is_there() {
    let objects = in_kagent();
    let agent = &one(&objects, "Agent")["spec"]["declarative"];
    assert!(objects.iter().all(|object| object["apiVersion"] == "kagent.dev/v1alpha2"));
    assert_eq!(agent["modelConfig"], one(&objects, "ModelConfig")["metadata"]["name"]);
    let server = one(&objects, "RemoteMCPServer");
    assert_eq!(server["metadata"]["name"], "todo-assistant");
    let url = url::Url::parse(server["spec"]["url"].as_str().unwrap()).unwrap();
    assert_eq!((url.scheme(), url.path()), ("https", "/mcp"), "a token goes with every call");
    assert_eq!(server["spec"]["headersFrom"][0]["valueFrom"]["type"], "Secret");
    let prompt = &documents(&["deploy/kagent/kustomization.yaml"])[0]["configMapGenerator"][0];
    assert_eq!(agent["systemMessageFrom"]["name"], prompt["name"]);
    let file = Path::new("deploy/kagent").join(prompt["files"][0].as_str().unwrap());
    assert_eq!(agent["systemMessageFrom"]["key"].as_str(), file.file_name().unwrap().to_str());
    let text = std::fs::read_to_string(repository().join(file)).unwrap();
    assert!(text.contains("approval=required") && text.contains("todo-runbooks"));
}

#[test]
fn the_tool_server_reads_no_secret_and_changes_little() {
    let access = documents(&["deploy/kagent/access.yaml"]);
    let role = one(&access, "ClusterRole");
    for rule in role["rules"].as_array().unwrap() {
        let (resources, groups) = (names(&rule["resources"]), names(&rule["apiGroups"]));
        assert!(!resources.contains("secrets"));
        assert!(
            !(resources.contains("*") && groups.contains("")),
            "everything of the core group, Secrets too"
        );
        let reads = names(&rule["verbs"]).is_subset(&["get", "list", "watch"].map(str::to_owned).into());
        assert!(reads || !resources.contains("*"), "{rule}");
    }
    assert!(access.iter().all(|object| object["kind"] != "ClusterRoleBinding"), "rights in every namespace");
}

#[test]
fn kubectl_ais_tools_are_whole_and_say_what_needs_approval() {
    let files: Vec<String> = std::fs::read_dir(repository().join("deploy/kubectl-ai/tools"))
        .unwrap()
        .map(|entry| entry.unwrap().path().to_string_lossy().into_owned())
        .collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let tools: Vec<Value> = documents(&files)
        .into_iter()
        .flat_map(|file| file.as_array().cloned().unwrap_or(vec![file]))
        .collect();
    let mut known = BTreeSet::new();
    for tool in &tools {
        let field = |name: &str| tool[name].as_str().unwrap_or_else(|| panic!("{tool} has no {name}"));
        assert!(known.insert(field("name").to_owned()), "{} is there twice", field("name"));
        let free = field("description").contains("Changes nothing.");
        let approved = |text: &str| text.contains("approval: required");
        assert!(free != approved(field("description")), "{}", field("name"));
        assert_eq!(!free, approved(field("command_desc")), "{}", field("name"));
        let program = field("command").split(' ').next().unwrap();
        assert!(!program.starts_with("scripts/") || repository().join(program).is_file(), "{program}");
    }
    assert!(known.contains("runbook") && known.len() >= 4);
    let config = &documents(&["deploy/kubectl-ai/config.yaml"])[0];
    assert_eq!(config["skipPermissions"], false);
    for path in names(&config["toolConfigPaths"]).union(&names(&config["extraPromptPaths"])) {
        assert!(repository().join(path).exists(), "{path}");
    }
}

#[test]
fn a_runbook_is_found_by_its_alert_and_nothing_else_is_printed() {
    let listed = printed(&mut command("scripts/runbook.sh"));
    let first = listed.lines().next().expect("a runbook");
    let by_alert: String = first.split('-').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect();
    let file = std::fs::read_to_string(repository().join(format!("docs/runbooks/{first}.md"))).unwrap();
    assert_eq!(printed(command("scripts/runbook.sh").arg(first)), file);
    assert_eq!(printed(command("scripts/runbook.sh").arg(by_alert)), file);
    for other in ["../../README", "no-such-alert"] {
        let output = run(command("scripts/runbook.sh").arg(other));
        assert!(!output.status.success() && text(&output).is_empty(), "{other}");
    }
}
