//! Nothing that anybody writes, and no history, makes the rules panic: an instance serves many people at once.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod fuzzed;

use fuzzed::{TOOLS, cases, message, tool};
use model_builtin::conversation::{Event, Message, ToolCall, ToolResult, Turn};
use model_builtin::respond;
use proptest::prelude::*;

fn content() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        Just(r#"{"items":[{"id":"a","title":"Buy milk"},{"id":"b","title":"Buy almond milk","due":"2026-11-22"}],"next_cursor":"x"}"#.to_owned()),
        Just(r#"{"items":[{"id":"a","title":"Buy milk","due":"9999-12-31T23:59:59Z","completed_at":"x"}]}"#.to_owned()),
        Just(r#"{"id":"a","title":"Milk","due":"-009999-01-01","priority":"odd","labels":7}"#.to_owned()),
        Just(r#"{"id":"a","title":"*","due":"9999-12-31","version":18446744073709551615}"#.to_owned()),
        Just(r#"{"type":"/problems/conflict","status":409}"#.to_owned()),
        Just(r#"{"open_count":-1,"overdue":[{}],"due_today":"x"}"#.to_owned()),
        Just(r#"{"count":61,"remaining":-1,"ids":["a",7],"tasks":[{"id":"a"}]}"#.to_owned()),
        Just(r#"{"count":2,"remaining":1,"ids":["a","b"],"tasks":[{"id":"a","title":"Milk","version":2}]}"#.to_owned()),
        Just("[]".to_owned()),
        Just("null".to_owned()),
    ]
}

fn past() -> impl Strategy<Value = Message> {
    let id = prop::sample::select(
        &[
            "x-0.find0",
            "x-0.lists",
            "x-alists",
            "x-anewlist",
            "x-0.list",
            "x-0.add0",
            "x-a",
            "x-0.do0",
            "x-0.every",
            "x-0.all0",
            "x-0.undo0",
            "",
            "x-0.guess0",
            "x-0.other0",
        ][..],
    );
    let call = (id.clone(), prop::sample::select(TOOLS), any::<String>())
        .prop_map(|(id, name, arguments)| ToolCall { id: id.to_owned(), name: name.to_owned(), arguments });
    prop_oneof![
        message().prop_map(Message::User),
        (message(), prop::collection::vec(call, 0..3))
            .prop_map(|(text, calls)| Message::Assistant { text, calls }),
        (id, content(), any::<bool>()).prop_map(|(id, content, failed)| {
            Message::Tool(ToolResult { call_id: id.to_owned(), content, failed })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(3_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_conversation_gets_an_answer(
        history in prop::collection::vec(past(), 0..8),
        said in message(),
        now in prop_oneof![Just(1_795_251_600_000_000_i64), any::<i64>()],
        zone in prop_oneof![Just("Europe/Berlin".to_owned()), Just("America/New_York".to_owned()), Just("Pacific/Apia".to_owned()), any::<String>()],
        tools in prop::collection::vec(prop::sample::select(TOOLS), 0..18),
    ) {
        let mut messages = history;
        messages.push(Message::User(said));
        let tools = tools.into_iter().map(tool).collect();
        let mut turn = Turn { messages, tools, now, time_zone: zone };
        for content in ["{\"items\":[{\"id\":\"a\",\"title\":\"Buy milk\",\"due\":\"2026-11-22\"}]}", "{\"id\":\"a\",\"title\":\"T\"}"] {
            let events = respond(&turn);
            prop_assert_eq!(events.last(), Some(&Event::End));
            prop_assert!(events.len() > 1);
            let calls: Vec<ToolCall> = events.into_iter().filter_map(|event| match event {
                Event::ToolCall(call) => Some(call),
                _ => None,
            }).collect();
            for call in &calls {
                prop_assert!(turn.tools.iter().any(|tool| tool.name == call.name), "{} may not be called", call.name);
                prop_assert!(serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&call.arguments).is_ok());
            }
            turn.messages.push(Message::Assistant { text: String::new(), calls: calls.clone() });
            turn.messages.extend(calls.into_iter().map(|call| Message::Tool(ToolResult { call_id: call.id, content: content.to_owned(), failed: false })));
        }
    }
}

#[test]
fn the_longest_message_is_answered_quickly() {
    for unit in [
        "a and b, ",
        "add milk and move it to ",
        "\"",
        "not done ",
        "mark as done and ",
        "5/3 ",
        "x to y to ",
    ] {
        let messages = vec![Message::User(unit.chars().cycle().take(4_000).collect())];
        let turn = Turn {
            messages,
            tools: TOOLS.iter().copied().map(tool).collect(),
            now: 1_795_251_600_000_000,
            time_zone: "Europe/Berlin".to_owned(),
        };
        let start = std::time::Instant::now();
        assert_eq!(respond(&turn).last(), Some(&Event::End));
        let taken = start.elapsed();
        // An optimised build takes 0.06 s at most; a busy machine and a debug build get more. What this catches is a
        // reading whose steps multiply with the length: it would take minutes.
        assert!(taken.as_secs() < 20, "{unit:?} took {taken:?}");
    }
}
