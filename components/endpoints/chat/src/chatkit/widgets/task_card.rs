//! One task, to change.

use chatkit_protocol::widget::{
    ActionConfig, Caption, Card, CardAction, Checkbox, Component, Input, Label, Select, SelectOption,
    WidgetRoot,
};
use serde_json::json;

use super::{TASK_ACTION, action, line, readable, toggle};
use crate::thread_items::ShownTask;

const PRIORITIES: [(&str, &str); 4] =
    [("urgent", "Urgent"), ("high", "High"), ("normal", "Normal"), ("low", "Low")];

/// The widget, and the same as text.
pub fn widget(task: &ShownTask) -> (WidgetRoot, String) {
    let tick = Checkbox {
        name: "done".to_owned(),
        label: Some("Done".to_owned()),
        default_checked: Some(task.done),
        on_change_action: Some(toggle(task)),
        ..Checkbox::default()
    };
    let title = Input {
        name: "title".to_owned(),
        default_value: Some(task.title.clone()),
        required: Some(true),
        ..Input::default()
    };
    let option = |(value, label): &(&str, &str)| SelectOption {
        value: (*value).to_owned(),
        label: (*label).to_owned(),
        ..SelectOption::default()
    };
    let priority = Select {
        name: "priority".to_owned(),
        options: PRIORITIES.iter().map(option).collect(),
        default_value: task.priority.clone(),
        ..Select::default()
    };
    let mut children = vec![
        label("Title", "title"),
        Component::Input(title),
        label("Priority", "priority"),
        Component::Select(priority),
        Component::Checkbox(tick),
    ];
    if let Some(due) = &task.due {
        let value = format!("Due {}", readable(due));
        children.push(Component::Caption(Caption { value, ..Caption::default() }));
    }
    let card = Card {
        children,
        as_form: Some(true),
        confirm: Some(CardAction { label: "Save".to_owned(), action: save(task) }),
        ..Card::default()
    };
    (WidgetRoot::Card(Box::new(card)), line(task))
}

/// What is shown is what is changed: the form's values come beside these.
fn save(task: &ShownTask) -> ActionConfig {
    action(&format!("{TASK_ACTION}change"), json!({"id": task.id, "version": task.version}), false)
}

fn label(value: &str, field_name: &str) -> Component {
    Component::Label(Label { value: value.to_owned(), field_name: field_name.to_owned(), ..Label::default() })
}
