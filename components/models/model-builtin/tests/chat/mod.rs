//! A conversation with the rules, where the chat endpoint's part is played: calls are made and their results sent back.

#![allow(dead_code, reason = "each test program uses a part of it")]

mod contract;
mod lists;
mod reading;
mod reminders;
mod repeating;
pub mod tools;

use std::collections::BTreeMap;

use jiff::Zoned;
use model_builtin::conversation::{Event, Message, Tool, ToolCall, ToolResult, Turn};
use model_builtin::respond;
pub use reading::blank;
use serde_json::{Value, json};
use tools::Tools;

/// A call as the table writes it.
pub type Called = (String, Value);

/// The tools of which the chat endpoint holds calls back.
const HELD: [&str; 4] = ["delete_task", "delete_tasks", "complete_tasks", "delete_list"];

/// A conversation.
pub struct Chat {
    messages: Vec<Message>,
    tools: Tools,
    allowed: Vec<Tool>,
    now: Zoned,
    declines: bool,
    /// Every call that was asked for, in order.
    pub called: Vec<Called>,
}

impl Chat {
    /// A new conversation about a set of tasks.
    pub fn new(set: &str, now: Zoned) -> Chat {
        Chat {
            messages: Vec::new(),
            tools: Tools::new(tasks(set), lists(set), now.clone()),
            allowed: Tools::offered(),
            now,
            declines: false,
            called: Vec::new(),
        }
    }

    /// A new conversation about tasks of these titles, due in some days.
    pub fn about(titles: &[String], now: Zoned) -> Chat {
        let task = |(at, title): (usize, &String)| {
            let mut task = blank(&format!("task-{at}"), title);
            task["due"] = json!("2026-11-25");
            task
        };
        let tasks = titles.iter().enumerate().map(task).collect();
        Chat { tools: Tools::new(tasks, lists::Lists::default(), now.clone()), ..Chat::new("empty", now) }
    }

    /// Without some of the tools.
    pub fn without(mut self, tools: &[String]) -> Chat {
        self.allowed.retain(|tool| !tools.contains(&tool.name));
        self
    }

    /// With calls that fail, by tool, or by tool and task: the problem that is answered.
    pub fn failing(mut self, fails: BTreeMap<String, String>) -> Chat {
        self.tools.fails = fails;
        self
    }

    /// The person says no to every call that is held back.
    pub fn declining(mut self, declines: bool) -> Chat {
        self.declines = declines;
        self
    }

    /// Says something; answers the words that came back at last.
    pub fn say(&mut self, said: &str) -> String {
        self.messages.push(Message::User(said.to_owned()));
        for _ in 0..20 {
            let events = respond(&self.turn());
            assert_eq!(events.last(), Some(&Event::End), "a turn ends: {said}");
            let mut text = String::new();
            let mut calls: Vec<ToolCall> = Vec::new();
            for event in events {
                match event {
                    Event::Text(more) => text.push_str(&more),
                    Event::ToolCall(call) => calls.push(call),
                    Event::End => {}
                }
            }
            self.messages.push(Message::Assistant { text: text.clone(), calls: calls.clone() });
            if calls.is_empty() {
                assert!(!text.is_empty(), "words or calls: {said}");
                return text;
            }
            for call in calls {
                self.make(call);
            }
        }
        panic!("no end of calls: {said}");
    }

    /// The tasks as they are now.
    pub fn tasks(&self) -> &[Value] {
        self.tools.all()
    }

    fn make(&mut self, call: ToolCall) {
        let ids = self.messages.iter().filter_map(|message| match message {
            Message::Assistant { calls, .. } => {
                Some(calls.iter().filter(|other| other.id == call.id).count())
            }
            _ => None,
        });
        assert_eq!(ids.sum::<usize>(), 1, "ids of calls are unique: {}", call.id);
        let arguments: Value = serde_json::from_str(&call.arguments).expect("arguments are JSON");
        contract::check(&call.name, &arguments);
        self.called.push((call.name.clone(), arguments));
        let answer = if self.declines && HELD.contains(&call.name.as_str()) {
            Err("The person declined, so this was not done. Do not try it again unless they ask.".to_owned())
        } else {
            self.tools.call(&call.name, &call.arguments)
        };
        let (content, failed) = match answer {
            Ok(answer) => (answer.to_string(), false),
            Err(problem) => (problem, true),
        };
        self.messages.push(Message::Tool(ToolResult { call_id: call.id, content, failed }));
        // Time goes on while people and tools work.
        self.now = self.now.checked_add(jiff::ToSpan::microseconds(1)).expect("a time");
    }

    fn turn(&self) -> Turn {
        Turn {
            messages: self.messages.clone(),
            tools: self.allowed.clone(),
            now: self.now.timestamp().as_microsecond(),
            time_zone: self.now.time_zone().iana_name().unwrap_or("UTC").to_owned(),
        }
    }
}

/// A question mark outside of quotation marks.
pub fn asks(reply: &str) -> bool {
    let mut inside = false;
    reply.chars().any(|sign| {
        inside = sign == '“' || (inside && sign != '”');
        sign == '?' && !inside
    })
}

/// A set of tasks by its name.
pub fn tasks(set: &str) -> Vec<Value> {
    let task = |id: &str, title: &str, more: Value| {
        let mut task = blank(id, title);
        for (field, value) in more.as_object().expect("fields") {
            task[field] = value.clone();
        }
        task
    };
    match set {
        "default" => vec![
            task("milk", "Buy milk", json!({"due": "2026-11-22", "labels": ["shopping"]})),
            task(
                "report",
                "Write report",
                json!({"due": "2026-11-20", "priority": "high", "labels": ["work"], "notes": "Numbers are in the shared folder."}),
            ),
            task("dentist", "Dentist appointment", json!({"due": "2026-11-24T15:00:00+01:00"})),
            task("groceries", "Get groceries", json!({"due": "2026-11-21", "labels": ["home", "shopping"]})),
            task("rent", "Pay rent", json!({"due": "2026-12-01", "priority": "urgent"})),
            task(
                "slides",
                "Prepare slides for Monday meeting",
                json!({"due": "2026-11-23", "labels": ["work"]}),
            ),
            task("car", "Wash the car", json!({"priority": "low"})),
            task("mom", "Call mom", json!({})),
            task(
                "gym",
                "Renew gym membership",
                json!({"completed_at": "2026-11-20T16:00:00Z", "updated_at": "2026-11-20T16:00:00Z"}),
            ),
            task(
                "taxes",
                "File taxes",
                json!({"completed_at": "2026-11-15T09:00:00Z", "updated_at": "2026-11-15T09:00:00Z"}),
            ),
        ],
        "twins" => vec![
            task("milk-1", "Buy milk", json!({"due": "2026-11-22"})),
            task("milk-2", "Buy almond milk", json!({})),
            task("bob", "Email Bob about budget", json!({})),
            task("ana", "Email Ana about budget", json!({})),
            task("standup-1", "Prepare standup", json!({"due": "2026-11-22"})),
            task("standup-2", "Prepare standup", json!({"due": "2026-11-25"})),
        ],
        "office" => vec![
            task("offer", "Send the offer to Weber", json!({"due": "2026-11-20", "labels": ["sales"]})),
            task(
                "slides",
                "Prepare the slides",
                json!({"due": "2026-11-22T16:00:00+01:00", "priority": "urgent"}),
            ),
            task("room", "Book a room", json!({"due": "2026-11-21", "labels": ["sales"]})),
            task("toner", "Order toner", json!({})),
            task("contract", "Review the contract", json!({"due": "2026-11-26"})),
            task("laundry", "Do the laundry", json!({})),
            task("laura", "Call Laura", json!({"due": "2026-11-23"})),
            task("letter", "Old letter", json!({"completed_at": "2026-11-19T16:00:00Z"})),
        ],
        "many" => (1..=25)
            .map(|n| task(&format!("n{n}"), &format!("Chore {n}"), json!({"due": format!("2027-01-{n:02}")})))
            .collect(),
        "empty" => Vec::new(),
        "lists" => vec![
            task("milk", "Buy milk", json!({"list_id": "list-groceries"})),
            task("paint", "Paint rollers", json!({"due": "2026-11-24"})),
            task("report", "Write report", json!({"list_id": "list-work", "priority": "high"})),
            task(
                "rent",
                "Pay rent",
                json!({"due": "2026-12-01", "recurrence": {"rule": "FREQ=MONTHLY;BYMONTHDAY=1"}}),
            ),
            task(
                "ferns",
                "Water the ferns",
                json!({"due": "2026-11-20", "recurrence": {"rule": "FREQ=WEEKLY;BYDAY=FR"}}),
            ),
        ],
        other => panic!("no set of tasks called {other}"),
    }
}

/// The lists of a set.
fn lists(set: &str) -> lists::Lists {
    lists::Lists::named(if set == "lists" { &["Groceries", "Work", "House"] } else { &[] })
}
