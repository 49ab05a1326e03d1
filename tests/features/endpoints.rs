//! Tasks over REST and MCP.

use cucumber::{given, then, when};
use jiff::{ToSpan, Zoned};
use serde_json::{Value, json};

use crate::world::{World, ZONE, quoted, titles};

fn today() -> Zoned {
    Zoned::now().in_tz(ZONE).unwrap()
}

fn day(word: &str) -> String {
    let days = if word == "yesterday" { -1 } else { 1 };
    today().checked_add(days.days()).unwrap().date().to_string()
}

#[given(regex = r#"^(\w+) has added "(.+)" over REST, due (yesterday|tomorrow)$"#)]
fn added_over_rest(world: &mut World, name: String, title: String, when: String) {
    let body = json!({ "title": title, "due": day(&when), "time_zone": ZONE });
    world.person(&name).caller.post("/api/v1/tasks", &body).expect(201);
}

#[given(regex = r#"^(\w+) has added "(.+)" over MCP$"#)]
fn added_over_mcp(world: &mut World, name: String, title: String) {
    let result = world.person(&name).caller.call_tool("add_task", &json!({ "title": title }));
    assert_eq!(result["structuredContent"]["title"], title, "{result}");
}

#[when(regex = r#"^(\w+) completes "(.+)" over REST$"#)]
fn completes(world: &mut World, name: String, title: String) {
    let id = world.task(&name, &title)["id"].as_str().unwrap().to_owned();
    world.person(&name).caller.request("POST", &format!("/api/v1/tasks/{id}/complete")).send().expect(200);
}

#[then(regex = r"^(\w+)'s (open|done) tasks over (REST|MCP) are (.+)$")]
fn tasks_are(world: &mut World, name: String, status: String, endpoint: String, expected: String) {
    let found = if endpoint == "REST" {
        world.titles(&name, &format!("status={status}"))
    } else {
        titles(
            &world.person(&name).caller.call_tool("list_tasks", &json!({ "status": status }))["structuredContent"],
        )
    };
    assert_eq!(found, quoted(&expected));
}

#[then(regex = r"^(\w+) has no tasks over (REST|MCP)$")]
fn no_tasks(world: &mut World, name: String, endpoint: String) {
    tasks_are(world, name, "all".to_owned(), endpoint, String::new());
}

#[then(regex = r#"^(\w+)'s task "(.+)" is due tomorrow at 18:00 in her time zone$"#)]
fn due_tomorrow(world: &mut World, name: String, title: String) {
    let task = world.task(&name, &title);
    let due = task["due"].as_str().unwrap();
    assert!(due.starts_with(&format!("{}T18:00:00", day("tomorrow"))), "{task}");
    assert_eq!(task["time_zone"], ZONE);
}

#[then("an empty title is refused over REST and over MCP with the same sentence")]
fn same_sentence(world: &mut World) {
    let caller = &world.person("Alice").caller;
    let problem = caller.post("/api/v1/tasks", &json!({ "title": "" })).expect(422).json();
    let result = caller.call_tool("add_task", &json!({ "title": "" }));
    assert_eq!(result["isError"], true);
    let sentence = problem["errors"][0]["detail"].as_str().expect("a sentence");
    assert!(result["content"][0]["text"].as_str().unwrap().contains(sentence), "{sentence:?} in {result}");
}

#[then(regex = r#"^(\w+) can't read, change, complete or delete (\w+)'s "(.+)" over REST or MCP$"#)]
fn cannot_touch(world: &mut World, other: String, owner: String, title: String) {
    let before = world.task(&owner, &title);
    let id = before["id"].as_str().unwrap();
    let caller = &world.person(&other).caller;
    let path = format!("/api/v1/tasks/{id}");
    caller.get(&path).expect(404);
    caller.patch(&path, &json!({ "title": "Mine now" })).expect(404);
    caller.request("POST", &format!("{path}/complete")).send().expect(404);
    caller.request("POST", &format!("{path}/reopen")).send().expect(404);
    caller.delete(&path).expect(404);
    for tool in ["get_task", "update_task", "complete_task", "reopen_task", "delete_task"] {
        let mut arguments = json!({ "id": id });
        if tool == "update_task" {
            arguments["title"] = Value::from("Mine now");
        }
        assert_eq!(caller.call_tool(tool, &arguments)["isError"], true, "{tool}");
    }
    assert_eq!(world.task(&owner, &title), before);
}
