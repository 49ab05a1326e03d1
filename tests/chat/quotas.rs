//! What one person may do and have in chat, whatever they ask for.

use serde_json::{Value, json};

use crate::chat_fixture::{ChatFixture, start};
use crate::scripted_model::{ScriptedModel, says};

#[test]
fn who_says_too_much_in_a_minute_is_told_when_to_come_back_and_nobody_else_is() {
    let app = start(&ChatFixture::nowhere(), &[("model", "builtin"), ("chat_messages_per_minute", "4")]);
    let (ann, bob) = (app.user(), app.user());
    let say =
        |caller: &harness::Caller| caller.post("/api/v1/chat", &json!({ "message": "what's due today?" }));
    // A minute may end meanwhile.
    let passed = (0..12).filter(|_| say(&ann).status == 200).count();
    assert!((2..=8).contains(&passed), "{passed} messages passed");
    let refused = say(&ann).expect(429);
    assert_eq!(refused.json()["type"], "/problems/too-many-requests");
    assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() <= 60);
    assert_eq!(refused.header("ratelimit-policy"), Some("\"calls\";q=4;w=60"));
    say(&bob).expect(200);
    // What was said can be read all the same.
    ann.get("/api/v1/conversations").expect(200);
}

#[test]
fn who_used_up_the_days_tokens_is_told_so_in_words_and_costs_nothing_more() {
    let model = ScriptedModel::start().unwrap();
    let app = start(&model.origin, &[("chat_daily_tokens", "200")]);
    let fixture = ChatFixture { app, model };
    let (ann, bob) = (fixture.user(), fixture.user());
    // Each costs 110 tokens.
    let conversation = fixture.send(&ann, [says(&["one"])]).conversation();
    fixture.send_in(&ann, Some(&conversation), [says(&["two"])]).ok();
    for message_sent in [
        fixture.send(&ann, [says(&["three"])]),
        fixture.send_in(&ann, Some(&conversation), [says(&["three"])]),
    ] {
        let refused = message_sent.answer.clone().expect(429);
        let problem: Value = refused.json();
        assert_eq!(problem["type"], "/problems/daily-tokens-used");
        assert!(problem["detail"].as_str().unwrap().contains("answers again in"), "{problem}");
        let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=86_400).contains(&wait), "{wait}");
        assert_eq!(refused.header("ratelimit-policy"), Some("\"tokens\";q=200;w=86400"));
        assert!(fixture.requests_for(&message_sent).is_empty(), "the provider was asked");
    }
    fixture.send(&bob, [says(&["one"])]).ok();

    // What was used on days before is over.
    let yesterday = format!(
        "UPDATE todo.model_usage SET created_at = created_at - interval '1 day' WHERE user_id = '{}'",
        ann.id
    );
    fixture.app.sql(&yesterday).unwrap();
    fixture.send_in(&ann, Some(&conversation), [says(&["three"])]).ok();
}

#[test]
fn everyone_sees_what_their_messages_cost_and_what_is_left_of_the_day() {
    let model = ScriptedModel::start().unwrap();
    let app = start(&model.origin, &[("chat_daily_tokens", "200")]);
    let fixture = ChatFixture { app, model };
    let (ann, bob) = (fixture.user(), fixture.user());
    // Each costs 110 tokens.
    let conversation = fixture.send(&ann, [says(&["one"])]).conversation();
    fixture.send_in(&ann, Some(&conversation), [says(&["two"])]).ok();
    let usage = |caller: &harness::Caller, days: u32| {
        caller.get(&format!("/api/v1/usage?days={days}")).expect(200).json()
    };
    let seen = usage(&ann, 1);
    let today = &seen["today"];
    assert_eq!(
        (&today["tokens"], &today["limit"], &today["remaining"]),
        (&json!(220), &json!(200), &json!(0))
    );
    assert_eq!(
        seen["models"],
        json!([{"model": "openai", "messages": 2, "model_turns": 2, "tool_calls": 0, "input_tokens": 200, "output_tokens": 20}])
    );
    // A deleted conversation has cost what it has cost, and what is of a day before is not of today.
    ann.delete(&format!("/api/v1/conversations/{conversation}")).expect(204);
    let yesterday = format!(
        "UPDATE todo.model_usage SET created_at = created_at - interval '1 day' WHERE user_id = '{}'",
        ann.id
    );
    fixture.app.sql(&yesterday).unwrap();
    assert_eq!((&usage(&ann, 1)["models"], &usage(&ann, 1)["today"]["remaining"]), (&json!([]), &json!(200)));
    assert_eq!(usage(&ann, 2)["models"][0]["messages"], 2);
    assert_eq!((usage(&bob, 30)["models"].clone(), usage(&bob, 30)["days"].clone()), (json!([]), json!(30)));
}

#[test]
fn the_builtin_model_costs_no_tokens() {
    let app = start(&ChatFixture::nowhere(), &[("model", "builtin"), ("chat_daily_tokens", "1")]);
    let ann = app.user();
    let spent = format!(
        "INSERT INTO todo.model_usage (id, user_id, model, model_turns, tool_calls, input_tokens, output_tokens)
         VALUES (gen_random_uuid(), '{}', 'openai', 1, 0, 1000, 1000)",
        ann.id
    );
    app.sql(&spent).unwrap();
    for _ in 0..3 {
        ann.post("/api/v1/chat", &json!({ "message": "what's due today?" })).expect(200);
    }
}

#[test]
fn who_has_as_many_conversations_as_they_may_goes_on_with_one_or_deletes_some() {
    let app = start(&ChatFixture::nowhere(), &[("model", "builtin"), ("chat_max_conversations", "2")]);
    let (ann, bob) = (app.user(), app.user());
    let begin =
        |caller: &harness::Caller| caller.post("/api/v1/chat", &json!({ "message": "what's due today?" }));
    let first = begin(&ann).expect(200).json()["conversation_id"].as_str().unwrap().to_owned();
    begin(&ann).expect(200);
    let refused = begin(&ann).expect(409).json();
    assert_eq!(refused["type"], "/problems/too-many-conversations");
    begin(&bob).expect(200);

    let goes_on = json!({ "message": "what's due today?", "conversation_id": first });
    ann.post("/api/v1/chat", &goes_on).expect(200);
    ann.delete(&format!("/api/v1/conversations/{first}")).expect(204);
    begin(&ann).expect(200);
}
