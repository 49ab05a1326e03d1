//! The tools, in memory: what they answer is what the rules are tested against.
//!
//! They do what `wit/types/types.wit` says of their inputs and outputs, and refuse fields that it does not name.

use std::collections::BTreeMap;

use jiff::Zoned;
use model_builtin::conversation::Tool;
use serde_json::{Map, Value, json};
use task_recurrence::Step;

use super::lists::Lists;
use super::reading::{blank, bulk, text, text_of};
use super::reminders::Reminders;
use super::repeating::Repeating;

/// A task list in memory.
pub struct Tools {
    pub(super) tasks: Vec<Value>,
    deleted: Vec<Value>,
    pub(super) now: Zoned,
    added: usize,
    lists: Lists,
    reminders: Reminders,
    repeating: Repeating,
    /// Repeating tasks before their last completion, which reopening takes back.
    completed: Vec<Value>,
    /// Calls that fail: `complete_task` or `complete_task milk`, and the problem that is answered.
    pub fails: BTreeMap<String, String>,
}

type Answer = Result<Value, String>;

const INPUTS: &[(&str, &[&str])] = &[
    ("add_task", &["title", "notes", "due", "time_zone", "priority", "labels", "list_id", "recurrence"]),
    ("get_task", &["id"]),
    ("complete_task", &["id", "version"]),
    ("reopen_task", &["id", "version"]),
    ("delete_task", &["id", "version"]),
    ("skip_occurrence", &["id", "version"]),
    (
        "update_task",
        &[
            "id",
            "version",
            "title",
            "notes",
            "due",
            "time_zone",
            "priority",
            "labels",
            "list_id",
            "recurrence",
            "clear",
        ],
    ),
    (
        "list_tasks",
        &[
            "status",
            "due_after",
            "due_before",
            "overdue",
            "label",
            "list",
            "priority",
            "text",
            "sort",
            "direction",
            "limit",
            "cursor",
        ],
    ),
    ("search_tasks", &["query", "status", "list", "limit"]),
    ("overview", &["days"]),
    ("complete_tasks", &["filter", "dry_run"]),
    ("delete_tasks", &["filter", "dry_run"]),
    ("restore_tasks", &["ids", "undo"]),
    ("export_tasks", &["format", "filter"]),
    ("list_lists", &["archived"]),
    ("add_list", &["name", "colour", "parent_id"]),
    ("update_list", &["id", "version", "name"]),
    ("delete_list", &["id", "version"]),
    ("add_reminder", &["task_id", "at", "before_due_minutes"]),
    ("list_reminders", &["task_id", "state", "limit"]),
    ("cancel_reminder", &["id"]),
];

impl Tools {
    /// Tools over these tasks.
    pub fn new(tasks: Vec<Value>, lists: Lists, now: Zoned) -> Tools {
        let mut tools = Tools {
            tasks: Vec::new(),
            deleted: Vec::new(),
            now,
            added: 0,
            lists,
            reminders: Reminders::default(),
            repeating: Repeating::default(),
            completed: Vec::new(),
            fails: BTreeMap::new(),
        };
        for mut task in tasks {
            let recurrence = task["recurrence"].clone();
            tools.repeating.set(&mut task, &recurrence, &tools.now).expect("a recurrence");
            tools.name_list(&mut task);
            tools.tasks.push(task);
        }
        tools
    }

    /// All tools, as they are offered to the model.
    pub fn offered() -> Vec<Tool> {
        let schema = |members: &[&str]| {
            let members: Map<String, Value> =
                members.iter().map(|member| ((*member).to_owned(), json!({}))).collect();
            json!({"type": "object", "properties": members}).to_string()
        };
        let tool = |(name, members): &(&str, &[&str])| Tool {
            name: (*name).to_owned(),
            input_schema: schema(members),
        };
        INPUTS.iter().map(tool).collect()
    }

    /// Calls a tool.
    pub fn call(&mut self, name: &str, arguments: &str) -> Answer {
        let input: Map<String, Value> = serde_json::from_str(arguments).expect("arguments are a JSON object");
        let (_, fields) = INPUTS.iter().find(|(tool, _)| *tool == name).expect("the tool exists");
        for field in input.keys() {
            assert!(fields.contains(&field.as_str()), "{name} has no field {field}");
        }
        let id = text(&input, "id").unwrap_or_default();
        for key in [name.to_owned(), format!("{name} {id}")] {
            if let Some(problem) = self.fails.get(&key) {
                return Err(problem.clone());
            }
        }
        match name {
            "add_task" => self.add(&input),
            "get_task" => self.find(&id).map(|at| self.tasks[at].clone()),
            "complete_task" | "skip_occurrence" if self.moves_on(&id, name)? => {
                self.change(&input, |_, _| {})
            }
            "complete_task" => self.change(&input, |task, now| {
                if task["completed_at"].is_null() {
                    task["completed_at"] = json!(now);
                }
            }),
            "skip_occurrence" => Err(json!({"type": "/problems/invalid", "status": 422, "errors": [
                {"pointer": "", "message": "This task does not repeat, so nothing can be skipped."}]})
            .to_string()),
            "reopen_task" => {
                let before = self.completed.iter().rposition(|task| task["id"] == id.as_str());
                let before = before.map(|at| self.completed.remove(at));
                self.change(&input, |task, _| match &before {
                    Some(before) => task["due"] = before["due"].clone(),
                    None => task["completed_at"] = Value::Null,
                })
            }
            "update_task" => self.update(&input),
            "delete_task" => self.find(&id).map(|at| self.delete(at)),
            "complete_tasks" | "delete_tasks" => Ok(self.change_many(name, &input)),
            "restore_tasks" => Ok(self.restore(&input)),
            "export_tasks" => Ok(self.export(&input)),
            "list_tasks" => Ok(self.list(&input)),
            "search_tasks" => Ok(self.search(&input)),
            "add_reminder" | "list_reminders" | "cancel_reminder" => {
                self.reminders.call(name, &input, &self.tasks)
            }
            "list_lists" | "add_list" | "update_list" | "delete_list" => {
                let answer = self.lists.call(name, &input, &mut self.tasks)?;
                let mut tasks = std::mem::take(&mut self.tasks);
                tasks.iter_mut().for_each(|task| self.name_list(task));
                self.tasks = tasks;
                Ok(answer)
            }
            _ => Ok(self.overview()),
        }
    }

    fn add(&mut self, input: &Map<String, Value>) -> Answer {
        let title = text(input, "title").unwrap_or_default();
        if title.is_empty() || title.chars().count() > 200 {
            return Err(json!({"type": "/problems/invalid", "status": 422, "errors": [
                {"pointer": "/title", "message": "A title has 1 to 200 characters."}]})
            .to_string());
        }
        self.added += 1;
        let mut task = blank(&format!("new-{}", self.added), &title);
        for field in ["notes", "due", "priority", "labels", "list_id"] {
            if let Some(value) = input.get(field) {
                task[field] = value.clone();
            }
        }
        self.name_list(&mut task);
        self.repeating.set(&mut task, input.get("recurrence").unwrap_or(&Value::Null), &self.now)?;
        self.tasks.push(task.clone());
        Ok(task)
    }

    fn update(&mut self, input: &Map<String, Value>) -> Answer {
        assert!(input.len() > 1 + usize::from(input.contains_key("version")), "a change changes something");
        let changed = self.change(input, |task, _| {
            for field in ["title", "notes", "due", "priority", "labels", "list_id"] {
                if let Some(value) = input.get(field) {
                    task[field] = value.clone();
                }
            }
            for field in input.get("clear").and_then(Value::as_array).into_iter().flatten() {
                let field = field.as_str().expect("a field");
                task[field] = match field {
                    "priority" => json!("normal"),
                    "labels" => json!([]),
                    _ => Value::Null,
                };
            }
        })?;
        let at = self.find(&text_of(&changed, "id"))?;
        let mut task = changed;
        self.name_list(&mut task);
        if let Some(recurrence) = input.get("recurrence") {
            self.repeating.set(&mut task, recurrence, &self.now)?;
        } else if task["recurrence"].is_null() {
            self.repeating.set(&mut task, &Value::Null, &self.now)?;
        }
        self.tasks[at] = task.clone();
        Ok(task)
    }

    /// Moves a repeating task to its next occurrence; false when it does not repeat.
    fn moves_on(&mut self, id: &str, tool: &str) -> Result<bool, String> {
        let at = self.find(id)?;
        let mut task = self.tasks[at].clone();
        let step = if tool == "skip_occurrence" { Step::Skipped } else { Step::Completed };
        let moved = self.repeating.move_on(&mut task, &self.now, step);
        if moved {
            let before = std::mem::replace(&mut self.tasks[at], task);
            if step == Step::Completed {
                self.completed.push(before);
            }
        }
        Ok(moved)
    }

    fn name_list(&self, task: &mut Value) {
        task["list"] = task["list_id"].as_str().and_then(|id| self.lists.name(id)).unwrap_or_default();
    }

    fn change(&mut self, input: &Map<String, Value>, change: impl Fn(&mut Value, &str)) -> Answer {
        let at = self.find(&text(input, "id").unwrap_or_default())?;
        let now = self.now.timestamp().to_string();
        let task = &mut self.tasks[at];
        if let Some(version) = input.get("version")
            && *version != task["version"]
        {
            return Err(json!({"type": "/problems/conflict", "status": 409}).to_string());
        }
        change(task, &now);
        task["version"] = json!(task["version"].as_u64().unwrap_or(1) + 1);
        Ok(task.clone())
    }

    fn delete(&mut self, at: usize) -> Value {
        let task = self.tasks.remove(at);
        let mut gone = task.clone();
        gone["version"] = json!(task["version"].as_u64().unwrap_or(1) + 1);
        self.deleted.push(gone);
        task
    }

    fn change_many(&mut self, name: &str, input: &Map<String, Value>) -> Value {
        let mut query = input["filter"].as_object().expect("a filter").clone();
        let is_wide =
            query.keys().all(|key| key == "status") && query.get("status").is_none_or(|all| all == "all");
        assert!(!is_wide, "a filter leaves some out");
        let ids = query.remove("ids");
        if name == "complete_tasks" {
            query.insert("status".to_owned(), json!("open"));
        }
        query.insert("limit".to_owned(), json!(100));
        let found = self.list(&query)["items"].as_array().expect("items").clone();
        let meant =
            |task: &&Value| ids.as_ref().is_none_or(|ids| ids.as_array().expect("ids").contains(&task["id"]));
        let found: Vec<Value> = found.iter().filter(meant).cloned().collect();
        let now = self.now.timestamp().to_string();
        for task in &found {
            let at = self.find(task["id"].as_str().expect("an id")).expect("it is there");
            if name == "delete_tasks" {
                self.delete(at);
            } else {
                self.tasks[at]["completed_at"] = json!(now);
                self.tasks[at]["version"] = json!(task["version"].as_u64().unwrap_or(1) + 1);
            }
        }
        bulk(&found)
    }

    fn restore(&mut self, input: &Map<String, Value>) -> Value {
        let ids = input["ids"].as_array().expect("ids").clone();
        assert!((1..=100).contains(&ids.len()), "1 to 100 ids");
        let is_meant = |task: &Value| ids.contains(&task["id"]);
        if input["undo"] == "deletion" {
            let (back, others) = std::mem::take(&mut self.deleted).into_iter().partition(is_meant);
            self.deleted = others;
            self.tasks.extend::<Vec<Value>>(back);
        }
        let mut back = Vec::new();
        for task in self.tasks.iter_mut().filter(|task| is_meant(task)) {
            if input["undo"] == "completion" {
                task["completed_at"] = Value::Null;
            }
            task["version"] = json!(task["version"].as_u64().unwrap_or(1) + 1);
            back.push(task.clone());
        }
        bulk(&back)
    }

    fn export(&self, input: &Map<String, Value>) -> Value {
        let lines: Vec<String> =
            self.tasks.iter().map(|task| format!("- [ ] {}\n", text_of(task, "title"))).collect();
        json!({"format": input["format"], "count": self.tasks.len(), "truncated": false, "text": lines.concat()})
    }

    /// The tasks as they are now.
    pub fn all(&self) -> &[Value] {
        &self.tasks
    }

    fn find(&self, id: &str) -> Result<usize, String> {
        let at = self.tasks.iter().position(|task| task["id"] == id);
        at.ok_or_else(|| json!({"type": "/problems/task-not-found", "status": 404}).to_string())
    }
}
