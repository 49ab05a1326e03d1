//! What the tools read, in memory.

use serde_json::{Map, Value, json};

use super::tools::Tools;

impl Tools {
    pub(super) fn list(&self, input: &Map<String, Value>) -> Value {
        let status = text(input, "status").unwrap_or_else(|| "all".to_owned());
        let mut tasks: Vec<&Value> = self
            .tasks
            .iter()
            .filter(|task| has_status(task, &status))
            .filter(|task| {
                input.get("overdue").is_none_or(|overdue| overdue == &json!(self.is_overdue(task)))
            })
            .filter(|task| input.get("priority").is_none_or(|priority| *priority == task["priority"]))
            .filter(|task| text(input, "label").is_none_or(|label| labels(task).contains(&label)))
            .filter(|task| match text(input, "list").as_deref() {
                None => true,
                Some("inbox") => task["list_id"].is_null(),
                Some(id) => task["list_id"] == id,
            })
            .filter(|task| text(input, "text").is_none_or(|query| matches(task, &query)))
            .filter(|task| {
                text(input, "due_after").is_none_or(|from| due_day(task).is_some_and(|day| day >= from))
            })
            .filter(|task| {
                text(input, "due_before").is_none_or(|to| due_day(task).is_some_and(|day| day < to))
            })
            .collect();
        let sort = text(input, "sort").unwrap_or_else(|| "due".to_owned());
        tasks.sort_by_key(|task| match sort.as_str() {
            "title" => text_of(task, "title").to_lowercase(),
            "priority" => rank(task),
            "due" => task["due"].as_str().unwrap_or("9999").to_owned(),
            "created" => text_of(task, "created_at"),
            _ => text_of(task, "updated_at"),
        });
        if text(input, "direction").as_deref() == Some("descending") {
            tasks.reverse();
        }
        let start: usize = text(input, "cursor").map_or(0, |cursor| cursor.parse().expect("a cursor"));
        let limit = input.get("limit").and_then(Value::as_u64).unwrap_or(20) as usize;
        assert!((1..=100).contains(&limit), "limit is 1 to 100");
        let next = (start + limit < tasks.len()).then(|| (start + limit).to_string());
        let items: Vec<&Value> = tasks.into_iter().skip(start).take(limit).collect();
        json!({"items": items, "next_cursor": next})
    }

    pub(super) fn search(&self, input: &Map<String, Value>) -> Value {
        let status = text(input, "status").unwrap_or_else(|| "open".to_owned());
        let query = text(input, "query").expect("a query");
        assert!((1..=200).contains(&query.chars().count()), "a query has 1 to 200 characters");
        let found = self.tasks.iter().filter(|task| has_status(task, &status) && matches(task, &query));
        json!({"items": found.take(10).collect::<Vec<_>>()})
    }

    pub(super) fn overview(&self) -> Value {
        let today = self.now.date().to_string();
        let week = self.now.date().checked_add(jiff::ToSpan::days(8)).expect("a date").to_string();
        let open: Vec<&Value> = self.tasks.iter().filter(|task| has_status(task, "open")).collect();
        let pick = |keep: &dyn Fn(&Value) -> bool| -> Vec<Value> {
            let mut kept: Vec<Value> =
                open.iter().filter(|task| keep(task)).map(|task| (*task).clone()).collect();
            kept.sort_by_key(|task| task["due"].as_str().unwrap_or_default().to_owned());
            kept
        };
        let overdue = pick(&|task| self.is_overdue(task));
        let due_today = pick(&|task| !self.is_overdue(task) && due_day(task).is_some_and(|day| day == today));
        let upcoming = pick(&|task| due_day(task).is_some_and(|day| day > today && day < week));
        json!({
            "today": today, "open_count": open.len(), "overdue_count": overdue.len(),
            "due_today_count": due_today.len(), "upcoming_count": upcoming.len(), "completed_today_count": 0,
            "overdue": overdue, "due_today": due_today, "upcoming": upcoming, "labels": [],
        })
    }

    fn is_overdue(&self, task: &Value) -> bool {
        let today = self.now.date().to_string();
        has_status(task, "open") && due_day(task).is_some_and(|day| day < today)
    }
}

/// What a change of many answers.
pub fn bulk(tasks: &[Value]) -> Value {
    let ids: Vec<&Value> = tasks.iter().take(100).map(|task| &task["id"]).collect();
    let first: Vec<&Value> = tasks.iter().take(10).collect();
    json!({"dry_run": tasks.is_empty(), "count": tasks.len(), "remaining": 0, "ids": ids, "tasks": first})
}

/// A task with nothing but a title.
pub fn blank(id: &str, title: &str) -> Value {
    json!({
        "id": id, "title": title, "notes": null, "due": null, "time_zone": null, "priority": "normal", "labels": [],
        "list_id": null, "list": null, "recurrence": null,
        "completed_at": null, "version": 1, "created_at": "2026-11-01T08:00:00Z", "updated_at": "2026-11-01T08:00:00Z",
    })
}

pub fn text(input: &Map<String, Value>, field: &str) -> Option<String> {
    input.get(field).and_then(Value::as_str).map(str::to_owned)
}

pub fn text_of(task: &Value, field: &str) -> String {
    task[field].as_str().unwrap_or_default().to_owned()
}

pub fn labels(task: &Value) -> Vec<String> {
    task["labels"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

pub fn has_status(task: &Value, status: &str) -> bool {
    match status {
        "open" => task["completed_at"].is_null(),
        "done" => !task["completed_at"].is_null(),
        _ => true,
    }
}

pub fn due_day(task: &Value) -> Option<String> {
    task["due"].as_str().and_then(|due| due.get(..10)).map(str::to_owned)
}

pub fn rank(task: &Value) -> String {
    let ranks = ["urgent", "high", "normal", "low"];
    ranks.iter().position(|rank| task["priority"] == *rank).unwrap_or(9).to_string()
}

/// Every word of the query begins a word of the title, the notes or the labels.
pub fn matches(task: &Value, query: &str) -> bool {
    let all = format!("{} {} {}", text_of(task, "title"), text_of(task, "notes"), labels(task).join(" "));
    let words: Vec<String> =
        all.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    query.to_lowercase().split_whitespace().all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
}
