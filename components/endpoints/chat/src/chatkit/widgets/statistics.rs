//! Where the person stands.

use chatkit_protocol::widget::{BarSeries, Card, Chart, Component, Series, Text, Title, WidgetRoot, XAxis};
use serde_json::{Map, Value};

use crate::thread_items::Count;

/// The widget, and the same as text.
pub fn widget(counts: &[Count]) -> (WidgetRoot, String) {
    let row = |count: &Count| -> Map<String, Value> {
        [("label", count.label.as_str().into()), ("tasks", count.count.into())]
            .into_iter()
            .map(|(name, value): (&str, Value)| (name.to_owned(), value))
            .collect()
    };
    let series =
        BarSeries { label: Some("Tasks".to_owned()), data_key: "tasks".to_owned(), ..BarSeries::default() };
    let chart = Chart {
        data: counts.iter().map(row).collect(),
        series: vec![Series::Bar(series)],
        x_axis: XAxis::DataKey("label".to_owned()),
        show_y_axis: Some(true),
        ..Chart::default()
    };
    let lines: Vec<String> = counts.iter().map(|count| format!("{}: {}", count.label, count.count)).collect();
    // A chart says nothing to who can't see it.
    let words = Text { value: lines.join(", "), ..Text::default() };
    let title = Title { value: "Where you stand".to_owned(), ..Title::default() };
    let children = vec![Component::Title(title), Component::Chart(chart), Component::Text(words)];
    (WidgetRoot::Card(Box::new(Card { children, ..Card::default() })), lines.join("\n"))
}
