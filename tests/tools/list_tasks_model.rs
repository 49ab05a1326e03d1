//! Whatever the tasks, the filters, the order and the page size: the pages together are what a plain loop over all
//! tasks gives.

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::tool_harness::{NOW, ToolHarness, User};

const RANKS: [&str; 4] = ["urgent", "high", "normal", "low"];

#[derive(Debug, Clone)]
struct New {
    input: Value,
    done: bool,
}

fn new_task() -> impl Strategy<Value = New> {
    let title =
        prop::sample::select(vec!["buy milk", "Buy bread", "call mum", "milk the cow", "zoo", "Apple pie"]);
    let due = prop::sample::select(vec![
        None,
        Some("2026-11-17"),
        Some("2026-11-18"),
        Some("2026-11-18T11:06:40Z"),
        Some("2026-11-18T11:06:39.999999Z"),
        Some("2026-11-25T09:00:00+02:00"),
        Some("2026-12-01"),
    ]);
    let priority = prop::sample::select(RANKS.to_vec());
    let labels = prop::sample::select(vec![vec![], vec!["home"], vec!["work"], vec!["home", "work"]]);
    (title, due, priority, labels, any::<bool>()).prop_map(|(title, due, priority, labels, done)| New {
        input: json!({ "title": title, "due": due, "priority": priority, "labels": labels }),
        done,
    })
}

fn query() -> impl Strategy<Value = Value> {
    let some_of = |values: Vec<Value>| {
        let mut choices = vec![Value::Null; values.len()];
        choices.extend(values);
        prop::sample::select(choices)
    };
    (
        some_of(vec![json!("open"), json!("done"), json!("all")]),
        some_of(vec![json!("2026-11-18"), json!("2026-11-18T11:06:40Z")]),
        some_of(vec![json!("2026-11-26"), json!("2026-11-18T11:06:40Z")]),
        some_of(vec![json!(true), json!(false)]),
        some_of(vec![json!("home")]),
        some_of(vec![json!("high"), json!("low")]),
        some_of(vec![json!("mil"), json!("bu m"), json!("work")]),
        prop::sample::select(vec!["due", "priority", "created", "updated", "title"]),
        prop::sample::select(vec!["ascending", "descending"]),
        1..8_u32,
    )
        .prop_map(|(status, after, before, overdue, label, priority, text, sort, direction, limit)| {
            json!({
                "status": status, "due_after": after, "due_before": before, "overdue": overdue, "label": label,
                "priority": priority, "text": text, "sort": sort, "direction": direction, "limit": limit,
            })
        })
}

/// The last instant at which the task is not overdue, in microseconds.
fn due_by(task: &Value) -> i64 {
    match task["due"].as_str() {
        None => i64::MAX,
        Some(due) if due.len() == 10 => start(due) + 86_400_000_000 - 1,
        Some(due) => due.parse::<Timestamp>().unwrap().as_microsecond(),
    }
}

fn start(text: &str) -> i64 {
    let text = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
    text.parse::<Timestamp>().unwrap().as_microsecond()
}

fn matches(task: &Value, query: &Value) -> bool {
    let done = !task["completed_at"].is_null();
    let by = due_by(task);
    let words = format!("{} {}", task["title"], task["labels"]).to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
    let holds = |name: &str, test: &dyn Fn(&Value) -> bool| query[name].is_null() || test(&query[name]);
    holds("status", &|status| status == "all" || (status == "done") == done)
        && holds("due_after", &|after| by != i64::MAX && by >= start(after.as_str().unwrap()))
        && holds("due_before", &|before| by < start(before.as_str().unwrap()))
        && holds("overdue", &|overdue| overdue == &json!(!done && by < NOW))
        && holds("label", &|label| task["labels"].as_array().unwrap().contains(label))
        && holds("priority", &|priority| task["priority"] == *priority)
        && holds("text", &|text| {
            text.as_str().unwrap().split(' ').all(|word| words.iter().any(|known| known.starts_with(word)))
        })
}

fn expected(tasks: &[Value], query: &Value) -> Vec<Value> {
    let text = |task: &Value, member: &str| task[member].as_str().unwrap().to_owned();
    let mut found: Vec<Value> = tasks.iter().filter(|task| matches(task, query)).cloned().collect();
    found.sort_by_key(|task| {
        let rank = RANKS.iter().position(|name| task["priority"] == *name).unwrap();
        let (number, by, words) = match query["sort"].as_str().unwrap() {
            "due" => (0, due_by(task), String::new()),
            "priority" => (rank, due_by(task), String::new()),
            "updated" => (0, start(task["updated_at"].as_str().unwrap()), String::new()),
            "title" => (0, 0, text(task, "title").to_lowercase()),
            _ => (0, 0, String::new()),
        };
        (number, by, words, text(task, "id"))
    });
    if query["direction"] == "descending" {
        found.reverse();
    }
    found
}

fn all_pages(user: &User<'_>, query: &Value) -> Vec<Value> {
    let limit = query["limit"].as_u64().unwrap();
    let mut all = Vec::new();
    let mut query = query.clone();
    loop {
        let page = user.ok("list-tasks", query.clone());
        let items = page["items"].as_array().unwrap();
        assert!(items.len() as u64 <= limit);
        all.extend(items.iter().cloned());
        if page["next_cursor"].is_null() {
            return all;
        }
        assert_eq!(items.len() as u64, limit, "a page before the last is full");
        query["cursor"] = page["next_cursor"].clone();
    }
}

#[test]
fn lists_are_what_a_loop_gives() {
    let tools = ToolHarness::shared();
    let strategy = (prop::collection::vec(new_task(), 0..18), prop::collection::vec(query(), 8));
    let mut runner = TestRunner::new(Config {
        cases: 40,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    });
    let outcome = runner.run(&strategy, |(news, queries)| {
        let user = tools.user();
        let tasks: Vec<Value> = news
            .iter()
            .enumerate()
            .map(|(index, new)| {
                let task = user.add_input(&new.input);
                if !new.done {
                    return task;
                }
                let later = user.later(100 - i64::try_from(index).unwrap());
                later.ok("complete-task", json!({ "id": task["id"] }))
            })
            .collect();
        for query in queries {
            prop_assert_eq!(all_pages(&user, &query), expected(&tasks, &query), "{}", query);
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
