//! A tool does nothing for a token that lacks its scope, and says which one, before it looks at anything else.

use serde_json::json;

use crate::door::Door;

#[test]
fn each_tool_wants_its_scope_and_no_other() {
    let door = Door::shared();
    let user = door.user();
    let task = user.add("t");
    let all = ["tasks:read", "tasks:write", "tasks:delete", "chat"];
    for (tool, scope) in [
        ("add-task", "tasks:write"),
        ("list-tasks", "tasks:read"),
        ("get-task", "tasks:read"),
        ("update-task", "tasks:write"),
        ("complete-task", "tasks:write"),
        ("reopen-task", "tasks:write"),
        ("delete-task", "tasks:delete"),
        ("search-tasks", "tasks:read"),
        ("overview", "tasks:read"),
        ("export-tasks", "tasks:read"),
        ("complete-tasks", "tasks:write"),
        ("delete-tasks", "tasks:delete"),
        ("restore-tasks", "tasks:write"),
    ] {
        assert_eq!(door.description(tool)["scope"], scope);
        let others: Vec<&str> = all.into_iter().filter(|other| *other != scope).collect();
        let input = json!({ "id": task["id"], "title": "", "query": "", "format": "csv", "filter": {}, "ids": [], "undo": "deletion" });
        let error = user.with_scopes(&others).error(tool, input);
        assert_eq!(error, json!({ "forbidden": scope }), "{tool}");
    }
    assert_eq!(user.read(&task), task);
    assert_eq!(user.with_scopes(&["tasks:read"]).read(&task), task);
}
