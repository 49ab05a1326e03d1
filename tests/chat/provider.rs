//! Every way in which a provider answers or fails, and what a person gets for it.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::chat_fixture::{ChatFixture, KEY, MODEL, fixture, lines, start, titles};
use crate::scripted_model::{Piece, Reply, call_piece, calls, end, says, words};

#[test]
fn words_are_answered_and_what_the_model_is_sent_is_complete() {
    let fixture = fixture();
    let caller = fixture.user();
    let message_sent = fixture.send(&caller, [says(&["Hello", ", ", "Grüße 🎉"])]);
    let answer = message_sent.ok();
    assert_eq!(answer["reply"], "Hello, Grüße 🎉");
    assert_eq!(answer["tool_calls"], json!([]));
    assert!(answer.get("confirmation").is_none());

    let sent = &fixture.requests_for(&message_sent)[0];
    assert_eq!(sent["model"], MODEL);
    assert_eq!(sent["stream"], true);
    let head = sent["head"].as_str().unwrap();
    assert!(head.starts_with("POST /v1/chat/completions "), "{head}");
    assert!(head.contains(&format!("Bearer {KEY}")), "{head}");
    let system = sent["messages"][0]["content"].as_str().unwrap();
    assert!(system.contains("todo list") && system.contains("time zone is UTC"), "{system}");
    let mut tools: Vec<&str> = sent["tools"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|tool| tool["function"]["name"].as_str())
        .collect();
    tools.sort_unstable();
    let mut expected = tool_catalog::NAMES.to_vec();
    expected.sort_unstable();
    assert_eq!(tools, expected);
    let schema =
        sent["tools"].as_array().unwrap().iter().find(|tool| tool["function"]["name"] == "add_task").unwrap();
    assert_eq!(schema["function"]["parameters"]["required"], json!(["title"]));
}

#[test]
fn a_call_is_made_as_the_user_and_its_result_goes_back() {
    let fixture = fixture();
    let caller = fixture.user();
    let message_sent =
        fixture.send(&caller, [calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added."])]);
    let answer = message_sent.ok();
    assert_eq!(answer["reply"], "Added.");
    let call = &answer["tool_calls"][0];
    assert_eq!(
        (&call["name"], &call["failed"], &call["result"]["title"]),
        (&json!("add_task"), &json!(false), &json!("milk"))
    );
    assert_eq!(titles(&caller), ["milk"]);

    let second = &fixture.requests_for(&message_sent)[1]["messages"];
    assert_eq!(second[2]["tool_calls"][0]["id"], second[3]["tool_call_id"]);
    assert!(second[3]["content"].as_str().unwrap().contains("\"milk\""));
}

#[test]
fn arguments_split_across_pieces_are_put_together() {
    let fixture = fixture();
    let caller = fixture.user();
    let mut pieces = vec![call_piece(0, Some("c1"), Some("add_task"), "")];
    pieces.extend(
        ["{\"ti", "tle\":\"wa", "ter ", "the \\u00fc plants\"", "}"]
            .map(|part| call_piece(0, None, None, part)),
    );
    pieces.extend(end("tool_calls"));
    fixture.send(&caller, [Reply::Stream(pieces), says(&["Done."])]).ok();
    assert_eq!(titles(&caller), ["water the ü plants"]);
}

#[test]
fn parallel_calls_are_all_made() {
    let fixture = fixture();
    let caller = fixture.user();
    let adds = calls(&[
        ("add_task", json!({"title": "a"})),
        ("add_task", json!({"title": "b"})),
        ("add_task", json!({"title": "c"})),
    ]);
    let reads =
        calls(&[("list_tasks", json!({})), ("overview", json!({})), ("search_tasks", json!({"query": "b"}))]);
    let message_sent = fixture.send(&caller, [adds, reads, says(&["All done."])]);
    let answer = message_sent.ok();
    assert_eq!(answer["tool_calls"].as_array().unwrap().len(), 6);
    assert!(answer["tool_calls"].as_array().unwrap().iter().all(|call| call["failed"] == false), "{answer}");
    assert_eq!(titles(&caller), ["a", "b", "c"]);
    assert_eq!(answer["tool_calls"][5]["result"]["items"][0]["title"], "b");
}

#[test]
fn a_tools_error_is_told_to_the_model_in_words() {
    let fixture = fixture();
    let caller = fixture.user();
    let message_sent =
        fixture.send(&caller, [calls(&[("add_task", json!({"title": ""}))]), says(&["That needs a title."])]);
    let answer = message_sent.ok();
    assert_eq!(answer["tool_calls"][0]["failed"], true);
    let told = fixture.requests_for(&message_sent)[1]["messages"][3]["content"].as_str().unwrap().to_owned();
    assert!(told.starts_with("The call failed.") && told.contains("title"), "{told}");
}

/// What a provider does, and the status and problem that come of it.
fn failures() -> Vec<(&'static str, Reply, u16, &'static str)> {
    let status = |status, body: &str| Reply::Status(status, vec![], body.to_owned());
    let stream = Reply::Stream;
    vec![
        (
            "too many requests",
            Reply::Status(429, vec![("retry-after", "7".into())], String::new()),
            503,
            "model-unavailable",
        ),
        ("a fault of theirs", status(500, "oops"), 503, "model-unavailable"),
        ("overloaded", status(529, "{}"), 503, "model-unavailable"),
        (
            "a bad key",
            status(401, &format!(r#"{{"error":{{"message":"Incorrect API key: {KEY}"}}}}"#)),
            502,
            "model-failed",
        ),
        (
            "no such model",
            status(404, r#"{"error":{"message":"The model does not exist"}}"#),
            502,
            "model-failed",
        ),
        ("a refusal", status(400, r#"{"error":{"message":"bad schema"}}"#), 502, "model-failed"),
        (
            "a page instead of an answer",
            stream(vec![Piece::Bytes("<html>hello</html>".into())]),
            503,
            "model-unavailable",
        ),
        (
            "garbage",
            stream(vec![words("So "), Piece::Bytes("data: {\"choices\": [oops\n\n".into())]),
            502,
            "model-failed",
        ),
        ("nothing", stream(end("stop")), 502, "model-failed"),
        (
            "an error in the stream",
            stream(vec![
                words("So "),
                Piece::Bytes("data: {\"error\":{\"message\":\"down\",\"code\":500}}\n\n".into()),
            ]),
            503,
            "model-unavailable",
        ),
        ("a broken connection", stream(vec![words("So "), Piece::Cut]), 503, "model-unavailable"),
        ("an early end", stream(vec![words("So ")]), 503, "model-unavailable"),
    ]
}

#[test]
fn a_failing_provider_is_an_honest_problem_and_the_message_is_kept() {
    let fixture = fixture();
    let caller = fixture.user();
    for (name, reply, status, kind) in failures() {
        let message_sent = fixture.send(&caller, [reply]);
        let problem = message_sent.answer.json();
        assert_eq!(message_sent.answer.status, status, "{name}: {problem}");
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{name}");
        assert!(!message_sent.answer.body.contains(KEY), "{name}: {problem}");
        assert_eq!(message_sent.answer.header("retry-after").is_some(), status == 503, "{name}");
        let page = caller.get("/api/v1/conversations?limit=1").json();
        let id = page["items"][0]["id"].as_str().unwrap();
        assert_eq!(
            lines(&caller, id),
            [("user".to_owned(), format!("Play {}", message_sent.word))],
            "{name}"
        );
        // The conversation goes on.
        let next = fixture.send_in(&caller, Some(id), [says(&["Here again."])]);
        assert_eq!(next.ok()["reply"], "Here again.", "{name}");
    }
    assert!(!fixture.app.log().contains(KEY));
}

#[test]
fn the_wait_that_a_provider_asks_for_is_passed_on() {
    let fixture = fixture();
    let reply = Reply::Status(429, vec![("retry-after", "7".into())], String::new());
    assert_eq!(fixture.send(&fixture.user(), [reply]).answer.header("retry-after"), Some("7"));
}

#[test]
fn a_failure_after_a_change_is_an_answer_that_says_so() {
    let fixture = fixture();
    let caller = fixture.user();
    let message_sent = fixture.send(
        &caller,
        [calls(&[("add_task", json!({"title": "milk"}))]), Reply::Stream(vec![words("I have"), Piece::Cut])],
    );
    let answer = message_sent.ok();
    let reply = answer["reply"].as_str().unwrap();
    assert!(reply.starts_with("I have\n\n") && reply.contains("What was done so far stays"), "{reply}");
    assert_eq!(titles(&caller), ["milk"]);
    assert_eq!(lines(&caller, &message_sent.conversation())[1], ("assistant".to_owned(), reply.to_owned()));
}

#[test]
fn members_that_a_provider_does_not_know_are_left_out() {
    let fixture = fixture();
    let refusal = |member: &str| {
        Reply::Status(
            400,
            vec![],
            json!({"error": {"message": format!("Unknown parameter: {member}")}}).to_string(),
        )
    };
    let message_sent = fixture.send(
        &fixture.user(),
        [refusal("max_completion_tokens"), refusal("stream_options"), says(&["Now it works."])],
    );
    assert_eq!(message_sent.ok()["reply"], "Now it works.");
    let sent = fixture.requests_for(&message_sent);
    assert!(sent[0].get("max_completion_tokens").is_some() && sent[0].get("stream_options").is_some());
    assert!(sent[2].get("max_tokens").is_some() && sent[2].get("max_completion_tokens").is_none());
    assert!(sent[2].get("stream_options").is_none());
}

#[test]
fn a_model_that_goes_on_and_on_is_stopped() {
    let fixture = fixture();
    let message_sent = fixture.send(&fixture.user(), (0..20).map(|_| calls(&[("overview", json!({}))])));
    let answer = message_sent.ok();
    assert!(answer["reply"].as_str().unwrap().starts_with("I stopped here"), "{answer}");
    assert_eq!(fixture.requests_for(&message_sent).len(), 8);
}

#[test]
fn a_slow_provider_is_given_up_in_time_and_one_that_is_gone_is_said_to_be() {
    let fixture = fixture();
    let app = start(&fixture.model.origin, &[("chat_max_seconds", "2")]);
    let caller = app.user();
    let word = fixture.model.script([Reply::Silence(Duration::from_secs(20))]);
    let begun = Instant::now();
    let answer = caller.post("/api/v1/chat", &json!({"message": word})).expect(504);
    assert_eq!(answer.json()["type"], "/problems/answer-timed-out");
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());

    let gone = start(&ChatFixture::nowhere(), &[]);
    let answer = gone.user().post("/api/v1/chat", &json!({"message": "hello"})).expect(503);
    assert_eq!(answer.json()["type"], "/problems/model-unavailable");
}

#[test]
fn a_model_that_is_not_known_is_named_in_answer_and_log() {
    let app = start(&ChatFixture::nowhere(), &[("model", "gpt-9000")]);
    let answer = app.user().post("/api/v1/chat", &json!({"message": "hello"})).expect(503);
    assert!(answer.json()["detail"].as_str().unwrap().contains("variable model"), "{}", answer.body);
    assert!(app.log().contains("the variable model has to be builtin or openai"));
}
