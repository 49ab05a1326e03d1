//! The tools on reminders, in memory.

use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value, json};

use super::reading::text;

/// The reminders.
#[derive(Default)]
pub struct Reminders {
    all: Vec<Value>,
    added: usize,
}

impl Reminders {
    /// Calls a tool on reminders of these tasks.
    pub fn call(&mut self, name: &str, input: &Map<String, Value>, tasks: &[Value]) -> Result<Value, String> {
        match name {
            "add_reminder" => self.add(input, tasks),
            "list_reminders" => {
                let task = text(input, "task_id");
                let is_meant =
                    |one: &&Value| task.as_ref().is_none_or(|task| one["task_id"] == task.as_str());
                Ok(json!({ "items": self.all.iter().filter(is_meant).collect::<Vec<_>>() }))
            }
            _ => {
                let id = text(input, "id").unwrap_or_default();
                let at = self.all.iter().position(|one| one["id"] == id.as_str());
                let at = at.ok_or_else(|| {
                    json!({"type": "/problems/reminder-not-found", "status": 404}).to_string()
                })?;
                Ok(self.all.remove(at))
            }
        }
    }

    fn add(&mut self, input: &Map<String, Value>, tasks: &[Value]) -> Result<Value, String> {
        let id = text(input, "task_id").unwrap_or_default();
        let task = tasks.iter().find(|task| task["id"] == id.as_str());
        let task =
            task.ok_or_else(|| json!({"type": "/problems/task-not-found", "status": 404}).to_string())?;
        let minutes = input["before_due_minutes"].as_i64().expect("minutes");
        let due: Timestamp = task["due"].as_str().expect("a due time").parse().expect("a due time");
        self.added += 1;
        let reminder = json!({
            "id": format!("reminder-{}", self.added), "task_id": id, "title": task["title"],
            "at": due.checked_sub(minutes.minutes()).expect("a time").to_string(), "before_due_minutes": minutes,
            "state": "waiting",
        });
        self.all.push(reminder.clone());
        Ok(reminder)
    }
}
