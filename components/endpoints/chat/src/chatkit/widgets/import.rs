//! Lines of a file that can become tasks.

use chatkit_protocol::widget::{Caption, Card, CardAction, Component, Text, Title, WidgetRoot};
use serde_json::json;

use super::{DISMISS, IMPORT, action};
use crate::thread_items::{Import, ImportState};

/// So many lines are shown.
const MAX_LINES: usize = 10;

/// The widget, and the same as text.
pub fn widget(import: &Import) -> (WidgetRoot, String) {
    let shown = import.titles.iter().take(MAX_LINES);
    let mut children = vec![Component::Title(Title { value: import.name.clone(), ..Title::default() })];
    children.extend(shown.map(|title| Component::Text(Text { value: title.clone(), ..Text::default() })));
    let state = state(import);
    children.extend(
        state.iter().map(|value| Component::Caption(Caption { value: value.clone(), ..Caption::default() })),
    );
    let mut card = Card { children, ..Card::default() };
    if import.state == ImportState::Open {
        let count = import.titles.len();
        let label = format!("Add {count} {}", if count == 1 { "task" } else { "tasks" });
        card.confirm = Some(CardAction { label, action: action(IMPORT, json!({}), true) });
        card.cancel =
            Some(CardAction { label: "Cancel".to_owned(), action: action(DISMISS, json!({}), false) });
    }
    let lines = import.titles.iter().map(|title| format!("- {title}")).chain(state);
    (WidgetRoot::Card(Box::new(card)), lines.collect::<Vec<_>>().join("\n"))
}

/// What is said below the lines.
fn state(import: &Import) -> Vec<String> {
    let hidden = import.titles.len().saturating_sub(MAX_LINES);
    let mut said = Vec::new();
    if hidden > 0 {
        said.push(format!("And {hidden} more."));
    }
    if import.left_out > 0 {
        said.push(format!(
            "{} further lines are left out: send them in a file of their own.",
            import.left_out
        ));
    }
    match import.state {
        ImportState::Open => {}
        ImportState::Adding => said.push("They are being added.".to_owned()),
        ImportState::Added => said.push(format!("Added {} of {}.", import.added, import.titles.len())),
        ImportState::Dismissed => said.push("Put aside: nothing was added.".to_owned()),
    }
    said
}
