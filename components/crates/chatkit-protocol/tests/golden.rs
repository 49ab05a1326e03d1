//! Each object of the protocol is read as it stands in the official server's answers, and written the same.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "this is how a test fails")]

use chatkit_protocol::widget::{Component, WidgetRoot};
use chatkit_protocol::{
    Attachment, Page, Question, Request, Source, SyncActionAnswer, Task, Thread, ThreadItem,
    ThreadItemUpdate, ThreadStreamEvent,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const GOLDEN: &str = include_str!("golden.json");

/// The samples of a name.
fn samples(name: &str) -> Vec<Value> {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    golden[name].as_array().unwrap_or_else(|| panic!("there is nothing of {name}")).clone()
}

/// Reads and writes the samples of a name; answers how many there are.
fn round_trips<T: DeserializeOwned + Serialize>(name: &str) -> usize {
    let samples = samples(name);
    for sample in &samples {
        let read: T =
            serde_json::from_value(sample.clone()).unwrap_or_else(|error| panic!("{error}: {sample}"));
        assert_eq!(serde_json::to_value(&read).unwrap(), *sample);
    }
    samples.len()
}

fn types(name: &str) -> std::collections::BTreeSet<String> {
    samples(name).iter().map(|sample| sample["type"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn all_sixteen_requests_are_read_and_written() {
    round_trips::<Request>("requests");
    assert_eq!(Request::KINDS.len(), 16);
    assert_eq!(types("requests"), Request::KINDS.iter().map(|kind| (*kind).to_owned()).collect());
}

#[test]
fn all_twelve_events_and_all_ten_updates_are_read_and_written() {
    round_trips::<ThreadStreamEvent>("events");
    assert_eq!(types("events").len(), 12);
    round_trips::<ThreadItemUpdate>("updates");
    assert_eq!(types("updates").len(), 10);
}

#[test]
fn all_eleven_kinds_of_items_and_what_they_hold_are_read_and_written() {
    round_trips::<ThreadItem>("items");
    assert_eq!(types("items").len(), 11);
    round_trips::<Task>("tasks");
    assert_eq!(types("tasks").len(), 5);
    round_trips::<Source>("sources");
    round_trips::<Question>("questions");
    round_trips::<Attachment>("attachments");
    let hidden = samples("items")
        .into_iter()
        .filter(|item| serde_json::from_value::<ThreadItem>(item.clone()).is_ok_and(|item| item.is_hidden()));
    assert_eq!(hidden.count(), 2);
}

#[test]
fn every_component_and_every_root_is_read_and_written() {
    round_trips::<Component>("components");
    assert_eq!(types("components").len(), 24);
    round_trips::<WidgetRoot>("widgets");
    assert_eq!(types("widgets").len(), 3);
}

#[test]
fn pages_threads_and_small_answers_are_read_and_written() {
    round_trips::<Thread>("threads");
    round_trips::<Page<ThreadItem>>("pages");
    round_trips::<SyncActionAnswer>("sync_answers");
}

#[test]
fn what_is_left_out_has_the_protocols_default() {
    let read: ThreadStreamEvent = serde_json::from_value(json!({"type": "error"})).unwrap();
    assert_eq!(
        serde_json::to_value(read).unwrap(),
        json!({"type": "error", "code": "custom", "allow_retry": false})
    );
    let read: Request = serde_json::from_value(json!({"type": "threads.list", "params": {}})).unwrap();
    assert_eq!(
        serde_json::to_value(read).unwrap(),
        json!({"type": "threads.list", "params": {"order": "desc"}})
    );
    let action = json!({"type": "Button", "onClickAction": {"type": "x"}});
    let read: Component = serde_json::from_value(action).unwrap();
    let written = serde_json::to_value(read).unwrap();
    assert_eq!(
        written["onClickAction"],
        json!({"type": "x", "handler": "server", "loadingBehavior": "auto", "streaming": true})
    );
}

#[test]
fn what_the_strict_types_refuse_is_refused() {
    for component in [
        json!({"type": "Nonsense"}),
        json!({"type": "Checkbox"}),
        json!({"type": "Text"}),
        json!({"type": "Label", "value": "a"}),
        json!({"type": "Icon", "name": "no-such-icon"}),
        json!({"type": "Badge", "label": "a", "color": "pink"}),
        json!({"type": "Select", "name": "a", "options": [{"value": "1"}]}),
        json!({"type": "Chart", "data": [], "series": [{"type": "pie", "dataKey": "a"}], "xAxis": "a"}),
    ] {
        assert!(serde_json::from_value::<Component>(component.clone()).is_err(), "{component}");
    }
    for item in [
        json!({"id": "1", "thread_id": "2", "type": "end_of_turn"}),
        json!({"id": "1", "thread_id": "2", "created_at": "2026-11-29T12:00:00Z", "type": "nonsense"}),
    ] {
        assert!(serde_json::from_value::<ThreadItem>(item.clone()).is_err(), "{item}");
    }
}
