//! Some tasks, with a box each.

use chatkit_protocol::widget::{
    Badge, BadgeColor, Caption, Checkbox, Component, ListRow, ListView, ListViewItem, WidgetRoot,
};

use super::{line, readable, toggle};
use crate::thread_items::ShownTask;

const MORE: &str = "There are more. Narrow it down, or ask for the next ones.";

/// The widget, and the same as text.
pub fn widget(tasks: &[ShownTask], has_more: bool) -> (WidgetRoot, String) {
    let mut rows: Vec<ListRow> = tasks.iter().map(row).collect();
    let mut lines: Vec<String> = tasks.iter().map(line).collect();
    if has_more {
        let more = Component::Caption(Caption { value: MORE.to_owned(), ..Caption::default() });
        rows.push(list_row("more", vec![more]));
        lines.push(MORE.to_owned());
    }
    (WidgetRoot::ListView(ListView { children: rows, ..ListView::default() }), lines.join("\n"))
}

fn row(task: &ShownTask) -> ListRow {
    let tick = Checkbox {
        name: "done".to_owned(),
        label: Some(task.title.clone()),
        default_checked: Some(task.done),
        on_change_action: Some(toggle(task)),
        ..Checkbox::default()
    };
    let mut children = vec![Component::Checkbox(tick)];
    children.extend(badge(task.priority.as_deref()));
    if let Some(due) = &task.due {
        children.push(Component::Caption(Caption { value: readable(due), ..Caption::default() }));
    }
    list_row(&task.id, children)
}

/// The priority, where it is not the usual one.
fn badge(priority: Option<&str>) -> Option<Component> {
    let color = match priority? {
        "urgent" => BadgeColor::Danger,
        "high" => BadgeColor::Warning,
        "low" => BadgeColor::Secondary,
        _ => return None,
    };
    let label = priority?.to_owned();
    Some(Component::Badge(Badge { label, color: Some(color), ..Badge::default() }))
}

fn list_row(key: &str, children: Vec<Component>) -> ListRow {
    ListRow::ListViewItem(ListViewItem { key: Some(key.to_owned()), children, ..ListViewItem::default() })
}
