//! What is shown beside messages, as widgets: made of what is stored whenever it is read.

mod import;
mod statistics;
mod task_card;
mod task_list;

use chatkit_protocol::widget::{ActionConfig, Handler, LoadingBehavior};
use chatkit_protocol::{ItemContent, WidgetItem};
use serde_json::{Value, json};

use crate::thread_items::{Content, ShownTask};

/// What stands before the verb of an action on one task.
pub const TASK_ACTION: &str = "task.";
/// Adds the lines of a file as tasks.
pub const IMPORT: &str = "import.add";
/// Puts the lines of a file aside.
pub const DISMISS: &str = "import.dismiss";

/// The item of a widget; `None` where the content is shown by no widget.
pub fn widget(content: &Content) -> Option<ItemContent> {
    let (widget, copy_text) = match content {
        Content::TaskList { tasks, has_more } => task_list::widget(tasks, *has_more),
        Content::TaskCard { tasks } => task_card::widget(tasks.first()?),
        Content::Statistics { counts } => statistics::widget(counts),
        Content::Import(import) => import::widget(import),
        Content::Question(_) => return None,
    };
    Some(ItemContent::Widget(Box::new(WidgetItem { widget, copy_text: Some(copy_text) })))
}

/// What is done with a task, by the verb of its tool. Nothing of the answer is streamed, so that a box can be ticked while the
/// assistant speaks.
fn task_action(verb: &str, task: &ShownTask) -> ActionConfig {
    action(&format!("{TASK_ACTION}{verb}"), json!({"id": task.id}), false)
}

fn action(kind: &str, payload: Value, streaming: bool) -> ActionConfig {
    ActionConfig {
        kind: kind.to_owned(),
        payload,
        handler: Handler::Server,
        loading_behavior: LoadingBehavior::Auto,
        streaming,
    }
}

/// What brings a task into the other state.
fn toggle(task: &ShownTask) -> ActionConfig {
    task_action(if task.done { "reopen" } else { "complete" }, task)
}

/// A task as a line of Markdown.
fn line(task: &ShownTask) -> String {
    let due = task.due.as_deref().map(|due| format!(" ({})", readable(due))).unwrap_or_default();
    format!("- [{}] {}{due}", if task.done { "x" } else { " " }, task.title)
}

/// A due date as people read it: the day, and the time where there is one.
fn readable(due: &str) -> String {
    due.chars().take(16).collect::<String>().replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread_items::{Count, Import, ImportState};

    fn task(id: &str, done: bool) -> ShownTask {
        ShownTask {
            id: id.into(),
            title: format!("title {id}"),
            due: Some("2026-11-22T18:00:00+01:00".into()),
            priority: Some("high".into()),
            done,
            version: 3,
        }
    }

    fn shown(content: &Content) -> Value {
        serde_json::to_value(widget(content).unwrap()).unwrap()
    }

    #[test]
    fn a_list_has_a_box_for_each_task_that_does_the_other_thing() {
        let content = Content::TaskList { tasks: vec![task("1", false), task("2", true)], has_more: true };
        let item = shown(&content);
        let rows = item["widget"]["children"].as_array().unwrap();
        let boxed = |row: usize| rows[row]["children"][0].clone();
        assert_eq!(boxed(0)["type"], "Checkbox");
        assert_eq!(boxed(0)["onChangeAction"]["type"], "task.complete");
        assert_eq!(boxed(1)["onChangeAction"]["type"], "task.reopen");
        assert_eq!(boxed(1)["defaultChecked"], true);
        assert_eq!(boxed(0)["onChangeAction"]["payload"], json!({"id": "1"}));
        assert_eq!(boxed(0)["onChangeAction"]["streaming"], false);
        assert_eq!(rows.len(), 3, "that there are more is said");
        let text = item["copy_text"].as_str().unwrap();
        assert!(text.starts_with("- [ ] title 1 (2026-11-22 18:00)\n- [x] title 2"), "{text}");
    }

    #[test]
    fn a_card_is_a_form_that_is_held_to_the_version_it_shows() {
        let item = shown(&Content::TaskCard { tasks: vec![task("1", false)] });
        assert_eq!((&item["widget"]["type"], &item["widget"]["asForm"]), (&json!("Card"), &json!(true)));
        let confirm = &item["widget"]["confirm"];
        assert_eq!(confirm["action"]["type"], "task.change");
        assert_eq!(confirm["action"]["payload"], json!({"id": "1", "version": 3}));
    }

    #[test]
    fn lines_of_a_file_are_offered_once() {
        let mut import = Import {
            name: "a.txt".into(),
            titles: vec!["a".into(), "b".into()],
            left_out: 0,
            state: ImportState::Open,
            added: 0,
        };
        let open = shown(&Content::Import(import.clone()));
        assert_eq!(open["widget"]["confirm"]["label"], "Add 2 tasks");
        assert_eq!(open["widget"]["cancel"]["action"]["type"], DISMISS);
        import.state = ImportState::Added;
        import.added = 2;
        let added = shown(&Content::Import(import));
        assert_eq!(added["widget"].get("confirm"), None);
        assert!(added["copy_text"].as_str().unwrap().contains("Added 2 of 2"));
    }

    #[test]
    fn where_the_person_stands_is_a_chart_and_also_words() {
        let counts = vec![Count { label: "Open".into(), count: 4 }];
        let item = shown(&Content::Statistics { counts });
        assert!(item["widget"].to_string().contains("\"Chart\""));
        assert_eq!(item["copy_text"], "Open: 4");
    }
}
