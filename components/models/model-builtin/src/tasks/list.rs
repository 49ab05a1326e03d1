//! Lists to keep tasks in, read from a tool's answer, and which of them a name means.

use serde::Deserialize;
use serde_json::Value;

use super::similarity::{is_form, is_like};

/// What the rules need to know of a list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TaskList {
    pub id: String,
    #[serde(default)]
    pub name: String,
    /// How many open tasks are in it.
    #[serde(default)]
    pub open_count: u64,
    /// Goes up with each change.
    #[serde(default)]
    pub version: Option<u64>,
}

impl TaskList {
    /// Reads one list; `None` when the answer is none.
    pub fn read(answer: &Value) -> Option<TaskList> {
        TaskList::deserialize(answer).ok()
    }

    /// Reads the lists of an answer. What can't be read is left out.
    pub fn read_all(answer: &Value) -> Vec<TaskList> {
        let items = answer.get("items").and_then(Value::as_array);
        items.into_iter().flatten().filter_map(TaskList::read).collect()
    }
}

/// The list that a name means.
#[derive(Debug, Clone, PartialEq)]
pub enum NamedList {
    Known(TaskList),
    /// Only called alike.
    Near(TaskList),
    Nothing,
}

/// Finds the list of this name: called just so but for case, or with forms of its words; or else called alike.
pub fn list_named(name: &str, lists: &[TaskList]) -> NamedList {
    let wanted = parts(name);
    let called = |fits: &dyn Fn(&[String]) -> bool| lists.iter().find(|list| fits(&parts(&list.name)));
    let forms = |is: &[String]| {
        is.len() == wanted.len() && is.iter().zip(&wanted).all(|(is, wanted)| is_form(wanted, is))
    };
    let alike = |is: &[String]| is_like(&wanted.join(" "), &is.join(" "));
    if let Some(list) = called(&|is| is == wanted).or_else(|| called(&forms)) {
        return NamedList::Known(list.clone());
    }
    called(&alike).map_or(NamedList::Nothing, |list| NamedList::Near(list.clone()))
}

/// The words of a name, without a "list" at its end.
fn parts(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let mut parts: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    if parts.len() > 1 && parts.last().is_some_and(|last| last == "list") {
        parts.pop();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{NamedList, TaskList, list_named};

    fn named(name: &str) -> NamedList {
        let list = |name: &str| TaskList {
            id: name.to_owned(),
            name: name.to_owned(),
            open_count: 0,
            version: None,
        };
        list_named(name, &[list("Groceries"), list("Hardware store"), list("Work")])
    }

    #[test]
    fn a_name_means_a_list_by_its_words_and_their_forms() {
        for name in ["groceries", "grocery", "Grocery list"] {
            assert!(matches!(named(name), NamedList::Known(list) if list.name == "Groceries"), "{name}");
        }
        assert!(matches!(named("hardware-store"), NamedList::Known(list) if list.name == "Hardware store"));
        assert!(matches!(named("grocreies"), NamedList::Near(list) if list.name == "Groceries"));
        assert_eq!(named("shed"), NamedList::Nothing);
    }
}
