//! Many tasks at once, over REST and MCP.

use cucumber::{then, when};
use serde_json::{Value, json};

use crate::world::{World, quoted};

/// The lines of tasks in the document, without what stands behind their titles.
fn written(world: &mut World, name: &str, endpoint: &str) -> Vec<String> {
    let caller = &world.person(name).caller;
    let text = if endpoint == "REST" {
        caller.get("/api/v1/tasks/export?format=markdown").expect(200).body
    } else {
        let result = caller.call_tool("export_tasks", &json!({ "format": "markdown" }));
        result["structuredContent"]["text"].as_str().expect("a document").to_owned()
    };
    let line = |line: &str| line.split(" — ").next().unwrap_or_default().to_owned();
    text.lines().filter(|line| line.starts_with("- [")).map(line).collect()
}

#[then(regex = r#"^(\w+)'s list written down over (REST|MCP) is (.+)$"#)]
fn is_written(world: &mut World, name: String, endpoint: String, lines: String) {
    assert_eq!(written(world, &name, &endpoint), quoted(&lines));
}

#[then(regex = r#"^(\w+)'s list written down over (REST|MCP) ticks (.+)$"#)]
fn is_ticked(world: &mut World, name: String, endpoint: String, titles: String) {
    let ticked: Vec<String> = quoted(&titles).iter().map(|title| format!("- [x] {title}")).collect();
    assert_eq!(written(world, &name, &endpoint), ticked);
}

#[when(regex = r"^(\w+) completes every open task over REST$")]
fn completes_all(world: &mut World, name: String) {
    let body = json!({ "filter": { "status": "open" } });
    let outcome = world.person(&name).caller.post("/api/v1/tasks/complete", &body).expect(200).json();
    assert_eq!((&outcome["count"], &outcome["remaining"]), (&json!(2), &json!(0)));
}

#[when(regex = r"^(\w+) (tries to delete|deletes) every (open|done) task over MCP$")]
fn deletes_all(world: &mut World, name: String, how: String, status: String) {
    let arguments =
        json!({ "filter": { "status": status }, "dry_run": how != "deletes", "confirm": how == "deletes" });
    let result = world.person(&name).caller.call_tool("delete_tasks", &arguments);
    assert_eq!(result["structuredContent"]["dry_run"], arguments["dry_run"], "{result}");
}

#[then("deleting without a filter is refused over REST and over MCP")]
fn refused(world: &mut World) {
    let caller = &world.person("Alice").caller;
    let nothing = json!({ "filter": {} });
    let problem = caller.post("/api/v1/tasks/delete", &nothing).expect(422).json();
    let result = caller.call_tool("delete_tasks", &nothing);
    assert_eq!(result["isError"], true);
    let told: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(told["errors"], problem["errors"]);
    assert_eq!(problem["errors"][0]["pointer"], "/filter");
}
