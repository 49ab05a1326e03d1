//! What failed, in a person's words, and what the person can do.

use serde_json::Value;

use super::names::{escaped, quoted};
use crate::calls::Failure;

/// The person said no to a call that was held back for them.
pub fn declined(failure: &Failure) -> bool {
    let content = failure.content.to_lowercase();
    ["declin", "did not say yes", "said no", "not confirmed"].iter().any(|words| content.contains(words))
}

/// The same call may work another time: the person said no, or the tasks could not be reached.
pub fn is_transient(failure: &Failure) -> bool {
    let problem: Value = serde_json::from_str(&failure.content).unwrap_or(Value::Null);
    let kind = problem.get("type").and_then(Value::as_str).unwrap_or_default();
    let status = problem.get("status").and_then(Value::as_u64).unwrap_or_default();
    declined(failure)
        || ["unavailable", "too-many", "over-limit", "timeout"].iter().any(|name| kind.contains(name))
        || status == 429
        || status >= 500
}

/// One sentence: what happened to the task of this title, and what to do.
pub fn explain(failure: &Failure, title: Option<&str>) -> String {
    let name = title.map_or_else(|| "that".to_owned(), quoted);
    let problem: Value = serde_json::from_str(&failure.content).unwrap_or(Value::Null);
    let text = |field: &str| problem.get(field).and_then(Value::as_str).unwrap_or_default();
    let kind = text("type").rsplit('/').next().unwrap_or_default().to_lowercase();
    let status = problem.get("status").and_then(Value::as_u64).unwrap_or_default();
    let said = failure.content.to_lowercase();
    let is = |kinds: &[&str], code: u64| kinds.iter().any(|name| kind.contains(name)) || status == code;
    if declined(failure) {
        return format!("OK, I kept {name}.");
    }
    if kind == "too-many-reminders" {
        return format!("{} has as many reminders as it may. Cancel some first.", capital(&name));
    }
    if is(&["not-found"], 404) || (kind.is_empty() && said.contains("not found")) {
        return format!("{} is no longer there. Ask me to show your tasks to see what is.", capital(&name));
    }
    if is(&["conflict", "stale", "precondition"], 409) || status == 412 {
        return format!(
            "{} changed in the meantime, so I left it. Say it again and I'll work with what's there now.",
            capital(&name)
        );
    }
    if is(&["forbidden", "scope"], 403) {
        return format!("I left {name} alone: this sign-in isn't allowed to do that.");
    }
    if is(&["unauthenticated", "token"], 401) {
        return format!("I left {name} alone: your sign-in is over. Sign in again, please.");
    }
    if is(&["unavailable"], 503) || is(&["rate", "too-many"], 429) {
        let wait = ["retry_after", "retry-after", "retryAfter"]
            .iter()
            .find_map(|field| problem.get(field)?.as_u64());
        let wait = wait.map_or_else(|| "a moment".to_owned(), |seconds| format!("{seconds} seconds"));
        return format!(
            "I couldn't save {name}: the task list can't be reached just now. Try again in {wait}."
        );
    }
    if is(&["invalid"], 422) || status == 400 {
        let reasons = reasons(&problem);
        let reasons = if reasons.is_empty() { text("detail").to_owned() } else { reasons };
        return format!(
            "I couldn't do that with {name}: {}",
            sentence(&reasons, "something about it isn't right.")
        );
    }
    // Plain words of the chat endpoint: that there were too many calls, that the time was up, that the outcome is unknown.
    if problem.is_null() && !failure.content.is_empty() && failure.content.chars().count() <= 300 {
        return format!("{}: {}", capital(&name), sentence(&failure.content, ""));
    }
    let id = ["request_id", "instance", "id"].iter().map(|field| text(field)).find(|id| !id.is_empty());
    let id = id.map(|id| format!(" (report it as {})", escaped(id))).unwrap_or_default();
    format!("Something went wrong on our side with {name}{id}. Nothing was changed; please try again.")
}

/// That a tool may not be used.
pub fn not_allowed(tool: &str) -> String {
    let doing = match tool {
        "add_task" => "Adding tasks",
        "delete_task" | "delete_tasks" => "Deleting tasks",
        "add_list" | "update_list" => "Changing lists",
        "delete_list" => "Deleting lists",
        "add_reminder" | "cancel_reminder" => "Changing reminders",
        "list_reminders" | "list_lists" | "list_tasks" | "search_tasks" | "get_task" | "overview"
        | "export_tasks" => "Looking at your tasks",
        _ => "Changing tasks",
    };
    format!("{doing} isn't allowed with this sign-in. Sign in with more rights, and I'll do it.")
}

fn reasons(problem: &Value) -> String {
    let errors = problem.get("errors").and_then(Value::as_array);
    let messages = errors
        .into_iter()
        .flatten()
        .filter_map(|error| error.get("message").or_else(|| error.get("detail")).and_then(Value::as_str));
    messages.collect::<Vec<_>>().join(" ")
}

fn sentence(text: &str, otherwise: &str) -> String {
    let text = if text.is_empty() { otherwise } else { text };
    let text = escaped(text);
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

fn capital(name: &str) -> String {
    if name == "that" { "That".to_owned() } else { name.to_owned() }
}
