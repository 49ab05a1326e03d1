//! The tools of lists, in memory.

use serde_json::{Map, Value, json};

/// The lists of a person.
#[derive(Default)]
pub struct Lists {
    lists: Vec<Value>,
}

impl Lists {
    /// Lists of these names; a list's id is `list-` and its name.
    pub fn named(names: &[&str]) -> Lists {
        Lists {
            lists: names.iter().map(|name| blank(&format!("list-{}", name.to_lowercase()), name)).collect(),
        }
    }

    /// The name of the list of this id.
    pub fn name(&self, id: &str) -> Option<Value> {
        self.lists.iter().find(|list| list["id"] == id).map(|list| list["name"].clone())
    }

    /// Calls a tool of lists; `tasks` are those that may be in them.
    pub fn call(
        &mut self,
        name: &str,
        input: &Map<String, Value>,
        tasks: &mut [Value],
    ) -> Result<Value, String> {
        let open = |id: &Value| {
            tasks.iter().filter(|task| task["list_id"] == *id && task["completed_at"].is_null()).count()
        };
        if name == "list_lists" {
            let counted = |list: &Value| {
                let mut list = list.clone();
                list["open_count"] = json!(open(&list["id"]));
                list
            };
            let items: Vec<Value> = self.lists.iter().map(counted).collect();
            return Ok(json!({"items": items, "inbox_open_count": open(&Value::Null)}));
        }
        if name == "add_list" {
            let name = input["name"].as_str().expect("a name");
            assert!((1..=100).contains(&name.chars().count()), "a name has 1 to 100 characters");
            let list = blank(&format!("new-list-{}", self.lists.len() + 1), name);
            self.lists.push(list.clone());
            return Ok(list);
        }
        let at = self.lists.iter().position(|list| list["id"] == input["id"]);
        let at = at.ok_or_else(|| json!({"type": "/problems/list-not-found", "status": 404}).to_string())?;
        if name == "update_list" {
            self.lists[at]["name"] = input["name"].clone();
            return Ok(self.lists[at].clone());
        }
        let list = self.lists.remove(at);
        let inside = tasks.iter_mut().filter(|task| task["list_id"] == list["id"]);
        let moved = inside.map(|task| task["list_id"] = Value::Null).count();
        Ok(json!({"list": list, "moved_count": moved, "raised_count": 0}))
    }
}

fn blank(id: &str, name: &str) -> Value {
    json!({
        "id": id, "name": name, "colour": "grey", "parent_id": null, "position": "a", "archived_at": null, "open_count": 0,
        "version": 1, "created_at": "2026-11-01T08:00:00Z", "updated_at": "2026-11-01T08:00:00Z",
    })
}
