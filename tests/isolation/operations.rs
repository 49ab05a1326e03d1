//! What the users of the property test do.

use harness::Caller;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Which endpoint is used.
#[derive(Debug, Clone, Copy)]
pub enum Endpoint {
    Rest,
    Mcp,
}

/// One thing a user does, to a task of their own or to one of the other user.
#[derive(Debug, Clone)]
pub enum Action {
    Add(String),
    Read,
    Rename(String),
    Complete,
    Reopen,
    Delete,
    List,
    Search,
    Overview,
    CompleteMany,
    DeleteMany,
    Export,
}

/// A step: who, whose task, through which endpoint, what.
#[derive(Debug, Clone)]
pub struct Step {
    pub user: usize,
    pub owner: usize,
    pub pick: usize,
    pub endpoint: Endpoint,
    pub action: Action,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let title = "[a-z]{3,12}( [a-z]{2,8}){0,3}";
    let action = prop_oneof![
        4 => title.prop_map(Action::Add),
        2 => Just(Action::Read),
        2 => title.prop_map(Action::Rename),
        2 => Just(Action::Complete),
        1 => Just(Action::Reopen),
        1 => Just(Action::Delete),
        1 => Just(Action::List),
        1 => Just(Action::Search),
        1 => Just(Action::Overview),
        1 => Just(Action::CompleteMany),
        1 => Just(Action::DeleteMany),
        1 => Just(Action::Export),
    ];
    let endpoint = prop_oneof![Just(Endpoint::Rest), Just(Endpoint::Mcp)];
    let step = (0..2_usize, 0..2_usize, 0..1000_usize, endpoint, action)
        .prop_map(|(user, owner, pick, endpoint, action)| Step { user, owner, pick, endpoint, action });
    prop::collection::vec(step, 10..40)
}

/// Does it; the task or page that came back, or nothing when the endpoint says that there is no such task.
pub fn perform(caller: &Caller, endpoint: Endpoint, action: &Action, id: &str) -> Option<Value> {
    match endpoint {
        Endpoint::Rest => over_rest(caller, action, id),
        Endpoint::Mcp => over_mcp(caller, action, id),
    }
}

fn over_rest(caller: &Caller, action: &Action, id: &str) -> Option<Value> {
    let path = format!("/api/v1/tasks/{id}");
    let answer = match action {
        Action::Add(title) => caller.post("/api/v1/tasks", &json!({ "title": title })),
        Action::Read => caller.get(&path),
        Action::Rename(title) => caller.patch(&path, &json!({ "title": title })),
        Action::Complete => caller.request("POST", &format!("{path}/complete")).send(),
        Action::Reopen => caller.request("POST", &format!("{path}/reopen")).send(),
        Action::Delete => caller.delete(&path),
        Action::List | Action::Search => caller.get("/api/v1/tasks?limit=100"),
        Action::Overview => caller.get("/api/v1/overview"),
        Action::CompleteMany => caller.post("/api/v1/tasks/complete", &only(id)),
        Action::DeleteMany => caller.post("/api/v1/tasks/delete", &only(id)),
        Action::Export => caller.get("/api/v1/tasks/export?format=json"),
    };
    assert!(matches!(answer.status, 200 | 201 | 204 | 404), "{action:?}: {} {}", answer.status, answer.body);
    (answer.status != 404).then(|| answer.json()).and_then(counted)
}

/// The input of a change of many that names one task.
fn only(id: &str) -> Value {
    json!({ "filter": { "ids": [id] } })
}

/// Nothing when a change of many found none of the tasks it was given.
fn counted(answer: Value) -> Option<Value> {
    (answer["remaining"].is_null() || answer["count"] != 0).then_some(answer)
}

fn over_mcp(caller: &Caller, action: &Action, id: &str) -> Option<Value> {
    let (tool, arguments) = match action {
        Action::Add(title) => ("add_task", json!({ "title": title })),
        Action::Read => ("get_task", json!({ "id": id })),
        Action::Rename(title) => ("update_task", json!({ "id": id, "title": title })),
        Action::Complete => ("complete_task", json!({ "id": id })),
        Action::Reopen => ("reopen_task", json!({ "id": id })),
        Action::Delete => ("delete_task", json!({ "id": id })),
        Action::List => ("list_tasks", json!({ "limit": 100 })),
        Action::Search => ("search_tasks", json!({ "query": "a", "status": "all", "limit": 50 })),
        Action::Overview => ("overview", json!({})),
        Action::CompleteMany => ("complete_tasks", only(id)),
        Action::DeleteMany => ("delete_tasks", only(id)),
        Action::Export => ("export_tasks", json!({ "format": "json" })),
    };
    let mut arguments = arguments;
    if matches!(tool, "delete_task" | "delete_tasks" | "complete_tasks") {
        arguments["confirm"] = json!(true);
    }
    let result = caller.call_tool(tool, &arguments);
    if result["isError"] == true {
        assert!(result.to_string().contains("not-found"), "{action:?}: {result}");
        return None;
    }
    let content = &result["structuredContent"];
    match content["text"].as_str() {
        Some(document) => serde_json::from_str(document).ok(),
        None => counted(content.clone()),
    }
}
