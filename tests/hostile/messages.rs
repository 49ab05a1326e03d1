//! Messages as good clients send them: every method of both ways of speaking.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::known_values::{Kind, KnownValues};

/// The stateless revision.
pub const STATELESS: &str = "2026-07-28";

/// The revisions with a handshake.
pub const HANDSHAKE: &[&str] = &["2025-11-25", "2025-06-18", "2025-03-26"];

const LISTS: &[&str] =
    &["tools/list", "resources/list", "resources/templates/list", "prompts/list", "skills/list"];
const COMMON: &[&str] =
    &["resources/read", "resources/directory/read", "prompts/get", "completion/complete", "skills/get"];
const STATELESS_ONLY: &[&str] =
    &["server/discover", "tasks/get", "tasks/update", "tasks/cancel", "notifications/cancelled"];
const HANDSHAKE_ONLY: &[&str] = &[
    "initialize",
    "ping",
    "resources/subscribe",
    "resources/unsubscribe",
    "logging/setLevel",
    "notifications/initialized",
    "notifications/cancelled",
    "notifications/roots/list_changed",
    "",
];

/// A message and the revision it is written in.
#[derive(Debug, Clone)]
pub struct Message {
    pub revision: &'static str,
    pub json: Value,
}

/// Takes one of several.
pub fn pick<'a>(random: &mut Rng, from: &[&'a str]) -> &'a str {
    random.choice(from).copied().unwrap_or_default()
}

/// A good message.
pub fn good(random: &mut Rng, known: &KnownValues) -> Message {
    let is_stateless = random.u8(..10) < 6;
    let revision = if is_stateless { STATELESS } else { pick(random, HANDSHAKE) };
    let method = match random.u16(..200) {
        // Each leaves a stream behind that the server has to notice.
        0 if is_stateless => "subscriptions/listen",
        0..=79 => "tools/call",
        80..=109 => pick(random, LISTS),
        110..=149 => pick(random, COMMON),
        _ if is_stateless => pick(random, STATELESS_ONLY),
        _ => pick(random, HANDSHAKE_ONLY),
    };
    if method.is_empty() {
        return Message { revision, json: response(random, known) };
    }
    let mut params = params(method, random, known);
    if is_stateless {
        params.insert("_meta".to_owned(), meta(random));
    } else if random.u8(..8) == 0 {
        params.insert("_meta".to_owned(), json!({"progressToken": random.u8(..)}));
    }
    let mut json = json!({"jsonrpc": "2.0", "method": method, "params": params});
    if !method.starts_with("notifications/") {
        json["id"] =
            if random.bool() { json!(random.u32(..)) } else { json!(format!("r-{}", random.u32(..))) };
    }
    Message { revision, json }
}

/// An answer to something that was never asked.
fn response(random: &mut Rng, known: &KnownValues) -> Value {
    let id = known.any(Kind::Task, random);
    match random.bool() {
        true => {
            json!({"jsonrpc": "2.0", "id": id, "result": {"action": "accept", "content": {"confirm": true}}})
        }
        false => json!({"jsonrpc": "2.0", "id": id, "error": {"code": -1, "message": "no"}}),
    }
}

fn meta(random: &mut Rng) -> Value {
    let capabilities = match random.u8(..6) {
        0 => json!({"extensions": {"io.modelcontextprotocol/tasks": {}}}),
        1 => json!({"sampling": {}, "roots": {"listChanged": true}}),
        2 | 3 => json!({"elicitation": {}}),
        _ => json!({}),
    };
    let mut meta = json!({
        "io.modelcontextprotocol/protocolVersion": STATELESS,
        "io.modelcontextprotocol/clientInfo": {"name": "hostile", "version": "0"},
        "io.modelcontextprotocol/clientCapabilities": capabilities,
    });
    if random.u8(..8) == 0 {
        meta["progressToken"] = json!("p");
        meta["io.modelcontextprotocol/logLevel"] = json!("debug");
    }
    meta
}

fn params(method: &str, random: &mut Rng, known: &KnownValues) -> Map<String, Value> {
    let params = match method {
        "tools/call" => call(random, known),
        "resources/list" => match random.bool() {
            true => json!({"cursor": known.any(Kind::Cursor, random)}),
            false => json!({}),
        },
        "resources/read"
        | "resources/subscribe"
        | "resources/unsubscribe"
        | "skills/get"
        | "resources/directory/read" => json!({"uri": uri(random, known)}),
        "prompts/get" => json!({
            "name": pick(random, &["plan_my_day", "weekly_review", "triage_overdue", "break_down_task"]),
            "arguments": {pick(random, &["focus", "label", "task"]): "home"},
        }),
        "completion/complete" => match random.bool() {
            true => json!({
                "ref": {"type": "ref/prompt", "name": pick(random, &["plan_my_day", "break_down_task"])},
                "argument": {"name": pick(random, &["focus", "task"]), "value": pick(random, &["", "h", "#ho"])},
            }),
            false => json!({
                "ref": {"type": "ref/resource", "uri": pick(random, &["todo://labels/{label}", "todo://tasks/{id}"])},
                "argument": {"name": pick(random, &["label", "id"]), "value": known.any(Kind::Task, random)},
                "context": {"arguments": {"a": "b"}},
            }),
        },
        "subscriptions/listen" => json!({"notifications": {
            "toolsListChanged": true, "resourcesListChanged": true, "resourceSubscriptions": [uri(random, known)],
        }}),
        "tasks/get" | "tasks/cancel" => json!({"taskId": known.any(Kind::Job, random)}),
        "tasks/update" => json!({
            "taskId": known.any(Kind::Job, random),
            "inputResponses": {"confirm": {"action": "accept", "content": {"confirm": true}}},
        }),
        "initialize" => json!({
            "protocolVersion": pick(random, HANDSHAKE),
            "capabilities": {},
            "clientInfo": {"name": "hostile", "version": "0"},
        }),
        "logging/setLevel" => json!({"level": pick(random, &["debug", "info", "error", "emergency"])}),
        "notifications/cancelled" => json!({"requestId": random.u32(..), "reason": "changed my mind"}),
        _ => json!({}),
    };
    params.as_object().cloned().unwrap_or_default()
}

fn uri(random: &mut Rng, known: &KnownValues) -> String {
    match random.u8(..6) {
        0 => "todo://agenda/today".to_owned(),
        1 => format!("todo://labels/{}", pick(random, &["home", "büro", "%C3%BC", "a/b"])),
        2 => pick(random, &["skill://add-task/SKILL.md", "skill://", "skill://overview", "skill://x"])
            .to_owned(),
        3 => "skill://update-task/references/input.schema.json".to_owned(),
        _ => format!("todo://tasks/{}", known.any(Kind::Task, random)),
    }
}

fn call(random: &mut Rng, known: &KnownValues) -> Value {
    let id = known.any(Kind::Task, random);
    let confirm = random.bool();
    let (name, arguments) = match random.u8(..24) {
        0..=2 => (
            "add_task",
            json!({"title": "Buy milk", "notes": "2 %", "due": "2026-12-01", "priority": "high", "labels": ["home"]}),
        ),
        3 | 4 => ("list_tasks", json!({"status": "all", "limit": 3, "sort": "title"})),
        5 => ("list_tasks", json!({"limit": 3, "cursor": known.any(Kind::Cursor, random)})),
        6..=8 => ("get_task", json!({"id": id})),
        9 | 10 => ("update_task", json!({"id": id, "title": "Buy oat milk", "version": 1, "clear": ["due"]})),
        11 => ("complete_task", json!({"id": id})),
        12 => ("reopen_task", json!({"id": id, "version": 2})),
        13..=15 => ("delete_task", json!({"id": id})),
        16 => ("delete_task", json!({"id": id, "confirm": confirm})),
        17 => ("search_tasks", json!({"query": "milk", "limit": 5, "status": "open"})),
        18 => ("overview", json!({"days": 7})),
        19 => ("export_tasks", json!({"format": "csv", "filter": {"ids": [id]}})),
        20 => ("complete_tasks", json!({"filter": {"ids": [id], "overdue": false}, "confirm": confirm})),
        21 => ("delete_tasks", json!({"filter": {"ids": [id]}, "dry_run": true})),
        22 => ("delete_tasks", json!({"filter": {"label": "home", "text": "milk"}, "confirm": confirm})),
        _ => ("export_tasks", json!({"format": "markdown", "filter": {"status": "open", "label": "home"}})),
    };
    let mut call = json!({"name": name, "arguments": arguments});
    if name.starts_with("delete") && random.u8(..3) == 0 {
        call["requestState"] = known.any(Kind::State, random).into();
        call["inputResponses"] = json!({"confirm": {"action": "accept", "content": {"confirm": confirm}}});
    }
    call
}
