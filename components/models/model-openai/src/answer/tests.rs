use std::convert::Infallible;
use std::future::{pending, ready};

use futures_executor::block_on;
use futures_util::stream;
use http_body::Frame;
use http_body_util::StreamBody;

use super::*;
use crate::bindings::todo::model::types::{ToolCall, Usage};

#[derive(Default)]
struct CollectedEvents(Vec<Event>);

impl Sink for CollectedEvents {
    async fn send(&mut self, event: Event) -> bool {
        self.0.push(event);
        true
    }
}

fn response<B>(content_type: &str, body: B) -> Response<B> {
    Response::builder().header(header::CONTENT_TYPE, content_type).body(body).unwrap()
}

fn hear_pieces(content_type: &str, pieces: Vec<Vec<u8>>) -> (Vec<Event>, Result<(), ModelError>) {
    let frames = pieces.into_iter().map(|piece| Ok::<_, Infallible>(Frame::data(Bytes::from(piece))));
    let response = response(content_type, StreamBody::new(stream::iter(frames)));
    let mut heard = CollectedEvents::default();
    let result = block_on(read(Api::ChatCompletions, response, &mut heard, pending::<()>));
    (heard.0, result)
}

fn hear(text: &str) -> (Vec<Event>, Result<(), ModelError>) {
    hear_pieces("text/event-stream", vec![text.as_bytes().to_vec()])
}

fn data(json: &str) -> String {
    format!("data: {json}\n\n")
}

fn words(text: &str) -> String {
    data(&format!(r#"{{"choices":[{{"index":0,"delta":{{"content":{text:?}}}}}]}}"#))
}

fn finish(reason: &str) -> String {
    data(&format!(r#"{{"choices":[{{"index":0,"delta":{{}},"finish_reason":{reason:?}}}]}}"#))
}

const USAGE: &str = r#"{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3}}"#;

fn said(events: &[Event]) -> String {
    events
        .iter()
        .filter_map(|event| if let Event::Text(text) = event { Some(text.as_str()) } else { None })
        .collect()
}

#[test]
fn words_come_as_they_arrive_then_the_cost_then_the_end() {
    let (events, result) =
        hear(&[words("Hel"), words("lo"), finish("stop"), data(USAGE), data("[DONE]")].concat());
    result.unwrap();
    assert_eq!(
        events,
        [
            Event::Text("Hel".into()),
            Event::Text("lo".into()),
            Event::Usage(Usage { input_tokens: 12, output_tokens: 3 }),
            Event::End
        ]
    );
}

#[test]
fn the_stream_may_be_cut_anywhere_and_use_any_line_ends_and_comments() {
    let text =
        [": waiting\n\n", "event: x\n", &words("Grüße 🎉"), ": still\n", &finish("stop"), &data("[DONE]")]
            .concat();
    for text in [text.clone(), text.replace('\n', "\r\n"), text.replace('\n', "\r")] {
        let bytes = text.as_bytes();
        let whole = hear(&text);
        assert_eq!(said(&whole.0), "Grüße 🎉");
        for size in 1..=7 {
            let pieces = bytes.chunks(size).map(<[u8]>::to_vec).collect();
            assert_eq!(hear_pieces("text/event-stream; charset=utf-8", pieces), whole, "{size}");
        }
    }
}

#[test]
fn calls_follow_whole_when_the_answer_is() {
    let piece = |json: &str| data(&format!(r#"{{"choices":[{{"delta":{{"tool_calls":[{json}]}}}}]}}"#));
    let (events, result) = hear(
        &[
            piece(r#"{"index":0,"id":"c1","function":{"name":"add_task","arguments":""}}"#),
            piece(r#"{"index":0,"function":{"arguments":"{\"title\":\"mi"}}"#),
            piece(r#"{"index":0,"function":{"arguments":"lk\"}"}}"#),
            finish("tool_calls"),
            data("[DONE]"),
        ]
        .concat(),
    );
    result.unwrap();
    let call = ToolCall { id: "c1".into(), name: "add_task".into(), arguments: r#"{"title":"milk"}"#.into() };
    assert_eq!(events, [Event::ToolCall(call), Event::End]);
}

#[test]
fn an_answer_without_the_last_marker_is_whole_once_it_says_why_it_stopped() {
    let (events, result) = hear(&[words("ok"), finish("stop"), "data: [DONE]".into()].concat());
    result.unwrap();
    assert_eq!(events, [Event::Text("ok".into()), Event::End]);
}

#[test]
fn an_answer_that_is_not_streamed_is_read_as_well() {
    let json = r#"{"object":"chat.completion","choices":[{"message":{"role":"assistant","content":[{"type":"text","text":"ok"}]},
        "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"#;
    let (events, result) = hear_pieces("application/json; charset=utf-8", vec![json.into()]);
    result.unwrap();
    assert_eq!(events.len(), 3);
    assert_eq!(said(&events), "ok");
}

#[test]
fn what_breaks_off_stays_open_or_reports_an_error_ends_without_calls() {
    let call = data(
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"add_task","arguments":"{}"}}]}}]}"#,
    );
    for end in ["", r#"data: {"error":{"message":"The server had an error","type":"server_error"}}"#] {
        let (events, result) = hear(&[&words("I add"), &call, end, "\n\n"].concat());
        assert_eq!(result, Err(interrupted()), "{end}");
        assert_eq!(events, [Event::Text("I add".into())]);
    }
}

#[test]
fn a_body_that_fails_is_out_of_reach_and_one_that_is_silent_too() {
    #[derive(Debug, thiserror::Error)]
    #[error("reset")]
    struct Reset;
    let frames = stream::iter([Ok(Frame::data(Bytes::from(words("a")))), Err(Reset)]);
    let failing = response("text/event-stream", StreamBody::new(frames));
    assert_eq!(
        block_on(read(Api::ChatCompletions, failing, &mut CollectedEvents::default(), pending::<()>)),
        Err(interrupted())
    );

    let silent =
        response("text/event-stream", StreamBody::new(stream::pending::<Result<Frame<Bytes>, Reset>>()));
    assert_eq!(
        block_on(read(Api::ChatCompletions, silent, &mut CollectedEvents::default(), || ready(()))),
        Err(interrupted())
    );
}

#[test]
fn what_makes_no_sense_is_garbled() {
    let call = r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"x","arguments":"{"}}]},"finish_reason":"length"}]}"#;
    for text in [
        data("<html>"),
        data("7"),
        data("{\"choices\":7}"),
        [finish("stop"), data("[DONE]")].concat(),
        finish("length"),
        data(call),
    ] {
        let (events, result) = hear(&text);
        assert!(matches!(result, Err(ModelError::Garbled(_))), "{text}: {result:?}");
        assert_eq!(events, []);
    }
    let (_, result) = hear_pieces("text/event-stream", vec![b"data: \xff\n\n".to_vec()]);
    assert!(matches!(result, Err(ModelError::Garbled(_))));
}

#[test]
fn an_endless_answer_is_given_up() {
    let line = vec![b'x'; 1024 * 1024];
    let (events, result) = hear_pieces("text/event-stream", vec![line; 9]);
    assert!(matches!(result, Err(ModelError::Garbled(_))), "{result:?}");
    assert_eq!(events, []);
}

#[test]
fn nothing_more_is_read_once_nobody_listens() {
    struct Deaf(usize);
    impl Sink for Deaf {
        async fn send(&mut self, _: Event) -> bool {
            self.0 += 1;
            false
        }
    }
    let frames = [words("a"), words("b"), data("<html>")]
        .map(|text| Ok::<_, Infallible>(Frame::data(Bytes::from(text))));
    let response = response("text/event-stream", StreamBody::new(stream::iter(frames)));
    let mut deaf = Deaf(0);
    block_on(read(Api::ChatCompletions, response, &mut deaf, pending::<()>)).unwrap();
    assert_eq!(deaf.0, 1);
}
