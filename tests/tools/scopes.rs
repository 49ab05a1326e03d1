//! A tool does nothing for a token that lacks its scope, and says which one, before it looks at anything else.

use serde_json::{Value, json};

use crate::tool_harness::ToolHarness;

#[test]
fn each_tool_wants_its_scope_and_no_other() {
    let tools = ToolHarness::shared();
    let user = tools.user();
    let task = user.add("t");
    let all = ["tasks:read", "tasks:write", "tasks:delete", "chat"];
    for tool in tool_catalog::folders() {
        let description = tools.description(&tool);
        let scope = description["scope"].as_str().unwrap();
        assert!(all.contains(&scope), "{tool} needs the unknown scope {scope}");
        let others: Vec<&str> = all.into_iter().filter(|other| *other != scope).collect();
        let example = description["examples"][0]["arguments"].as_str().unwrap();
        let mut input: Value = serde_json::from_str(example).unwrap();
        // The caller's own task, and nothing else that would do.
        let wrong =
            json!({ "id": task["id"], "title": "", "name": "", "query": "", "filter": {}, "ids": [] });
        for (member, value) in input.as_object_mut().unwrap() {
            if let Some(wrong) = wrong.get(member) {
                value.clone_from(wrong);
            }
        }
        let error = user.with_scopes(&others).error(&tool, input);
        assert_eq!(error, json!({ "forbidden": scope }), "{tool}");
    }
    assert_eq!(user.read(&task), task);
    assert_eq!(user.with_scopes(&["tasks:read"]).read(&task), task);
}
