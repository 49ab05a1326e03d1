//! Writing all tasks into one document.

use serde_json::{Value, json};

use super::{Context, describe_call_error};
use crate::calls::CallError;
use crate::memory::Outcome;
use crate::replies::count;

/// A longer document is no answer to read in a chat.
const MAX_CHARACTERS: usize = 6_000;

/// Shows the document, or says where it can be had.
pub fn export(format: &str, context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let document = match context.call("export", "export_tasks", &json!({"format": format})) {
        Ok(document) => document,
        Err(error) => return describe_call_error(error, Some("the export")).map(Outcome::words),
    };
    let text = document.get("text").and_then(Value::as_str).unwrap_or_default();
    let number = document.get("count").and_then(Value::as_u64).unwrap_or_default();
    let tasks = count(usize::try_from(number).unwrap_or(usize::MAX), "task");
    if number == 0 {
        return Ok(Outcome::words("There is nothing to export: you have no tasks."));
    }
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        return Ok(Outcome::words(format!(
            "That's {tasks}, too long to show here. A program gets them as a file from /api/v1/tasks/export?format={format}."
        )));
    }
    Ok(Outcome::words(match format {
        "markdown" => text.trim_end().to_owned(),
        _ => format!("{tasks}:\n\n```\n{}\n```", text.trim_end()),
    }))
}
