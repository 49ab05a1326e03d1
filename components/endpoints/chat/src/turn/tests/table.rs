//! Tools that answer from a table, and ask as the MCP endpoint does.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::{Map, Value, json};
use task_model::consent::{Action, Shown, question};
use task_model::describe::wording;
use task_model::types::{BulkOutcome, Consent};

use crate::tools::{Asking, Called, PendingQuestion, Tool, Tools, Unreachable};
use crate::transcript::{Outcome, Retry};

/// The tools of the app, with a task `7` called "milk" while its version is 1, and some tasks with the label `x`.
pub struct Table {
    /// The calls, in short: those before a question begin with `?`, those after a yes with `!`.
    pub calls: RefCell<Vec<String>>,
    /// They can't be reached.
    pub are_down: bool,
    /// The version of every task.
    pub version: Cell<u64>,
    /// How many tasks have the label `x`.
    pub labelled: Cell<u64>,
    /// Every yes comes too late.
    pub is_late: Cell<bool>,
    /// The questions don't say what they are made of.
    pub is_foreign: Cell<bool>,
    /// This tool asks though it said that it does nothing that has to be asked about.
    pub asks_unforeseen: Cell<Option<&'static str>>,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            calls: RefCell::default(),
            are_down: false,
            version: Cell::new(1),
            labelled: Cell::new(2),
            is_late: Cell::new(false),
            is_foreign: Cell::new(false),
            asks_unforeseen: Cell::new(None),
        }
    }
}

fn task(id: &str, version: u64) -> Value {
    json!({
        "id": id, "title": id, "priority": "normal", "labels": ["x"], "version": version,
        "created_at": "2026-11-01T08:00:00Z", "updated_at": "2026-11-01T08:00:00Z",
    })
}

fn problem(kind: &str) -> Outcome {
    Outcome { failed: true, content: json!({"type": format!("/problems/{kind}")}) }
}

fn done(content: Value) -> Outcome {
    Outcome { failed: false, content }
}

impl Table {
    /// What a question of now would want back.
    pub fn state(&self) -> String {
        format!("{} {}", self.version.get(), self.labelled.get())
    }

    fn title(&self) -> &'static str {
        if self.version.get() == 1 { "milk" } else { "passport" }
    }

    fn run(&self, name: &str, arguments: &Map<String, Value>) -> Outcome {
        match (name, arguments.get("id").and_then(Value::as_str)) {
            ("get_task" | "delete_task", Some("7")) => {
                done(json!({"id": "7", "title": self.title(), "version": self.version.get()}))
            }
            ("get_task" | "delete_task", _) => problem("task-not-found"),
            ("delete_tasks", _) => {
                let label = arguments.get("filter").and_then(|filter| filter.get("label"));
                let count = if label == Some(&json!("x")) { self.labelled.get() } else { 0 };
                let ids: Vec<String> = (1..=count.min(100)).map(|number| format!("t{number}")).collect();
                let tasks: Vec<Value> = ids.iter().take(10).map(|id| task(id, self.version.get())).collect();
                done(json!({"dry_run": true, "count": count, "remaining": 0, "ids": ids, "tasks": tasks}))
            }
            _ => done(json!({"ok": true})),
        }
    }

    fn ask(&self, name: &str, arguments: &Map<String, Value>) -> Called {
        let outcome = self.run(name, arguments);
        if outcome.failed {
            return Called::Done(outcome);
        }
        let (mut pinned, mut shown) = (arguments.clone(), None);
        let action = if name == "delete_tasks" {
            let dry_run: BulkOutcome = serde_json::from_value(outcome.content.clone()).unwrap();
            shown = Shown::from_dry_run(&dry_run);
            if shown.is_none() {
                return Called::Done(outcome);
            }
            Action::with_many("delete", &dry_run)
        } else {
            pinned.insert("version".into(), self.version.get().into());
            let verb = if name == "delete_task" { "delete" } else { "change" }.to_owned();
            Action::Task {
                verb,
                id: "7".into(),
                title: Some(self.title().into()),
                subtasks: 0,
                input: arguments.clone(),
            }
        };
        let answers = json!({"confirm": {"action": "accept", "content": {"confirm": true}}});
        Called::Asks(Box::new(PendingQuestion {
            question: question(std::slice::from_ref(&action)),
            action: (!self.is_foreign.get()).then_some(action),
            arguments: Some(pinned),
            shown,
            state: Some(self.state()),
            answers: answers.as_object().unwrap().clone(),
        }))
    }

    fn agreed(&self, name: &str, arguments: &Map<String, Value>, retry: &Retry) -> Called {
        assert_eq!(retry.answers["confirm"]["action"], "accept");
        if self.is_late.get() {
            return Called::Lapsed;
        }
        let is_as_shown = retry.state.as_ref() == Some(&self.state());
        Called::Done(if is_as_shown { self.run(name, arguments) } else { problem("version-conflict") })
    }
}

impl Tools for Table {
    async fn list(&self) -> Result<Rc<[Tool]>, Unreachable> {
        let tool = |name: &str, read_only, destructive| Tool {
            name: name.into(),
            title: name.into(),
            description: String::new(),
            input_schema: r#"{"properties":{"id":{},"version":{}}}"#.into(),
            read_only,
            destructive,
            consent: match name {
                "delete_task" => Consent::One,
                "delete_tasks" => Consent::Many,
                _ => Consent::None,
            },
            wording: match name {
                "delete_task" | "delete_tasks" => {
                    Some(wording("delete", "Deleting {tasks}", "Deleted {tasks}"))
                }
                "update_task" => Some(wording("change", "Changing {tasks}", "Changed {tasks}")),
                _ => None,
            },
        };
        if self.are_down {
            return Err(Unreachable(9));
        }
        Ok(Rc::from([
            tool("list_tasks", true, false),
            tool("get_task", true, false),
            tool("add_task", false, false),
            tool("update_task", false, false),
            tool("delete_task", false, true),
            tool("delete_tasks", false, true),
        ]))
    }

    async fn call(&self, name: &str, arguments: &Map<String, Value>, asking: Asking<'_>) -> Called {
        let mark = match asking {
            Asking::IfNeeded => "",
            Asking::First => "? ",
            Asking::Agreed(_) => "! ",
        };
        self.calls.borrow_mut().push(format!("{mark}{name} {}", Value::Object(arguments.clone())));
        match asking {
            Asking::IfNeeded if self.asks_unforeseen.get() == Some(name) => self.ask(name, arguments),
            Asking::IfNeeded => Called::Done(self.run(name, arguments)),
            Asking::First => self.ask(name, arguments),
            Asking::Agreed(retry) => self.agreed(name, arguments, retry),
        }
    }
}
