//! What was said: listed, read, renamed, exported, deleted; and two messages at once.

use std::thread;
use std::time::Duration;

use harness::Caller;
use serde_json::{Value, json};

use crate::chat_fixture::{ChatFixture, conversation, fixture, lines, start};
use crate::scripted_model::{Piece, Reply, ScriptedModel, calls, end, says, words};

fn ids(page: &Value) -> Vec<String> {
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|item| item["id"].as_str())
        .map(str::to_owned)
        .collect()
}

fn talk(caller: &Caller) -> String {
    fixture().send(caller, [says(&["Hm."])]).conversation()
}

#[test]
fn conversations_are_listed_latest_first_a_page_at_a_time() {
    let fixture = fixture();
    let caller = fixture.user();
    let mut all: Vec<String> = (0..5).map(|_| talk(&caller)).collect();
    // Speaking again brings one to the front.
    fixture.send_in(&caller, Some(&all[1]), [says(&["Hm."])]).ok();
    let spoken = all.remove(1);
    all.push(spoken);
    all.reverse();

    let mut seen = Vec::new();
    let mut path = "/api/v1/conversations?limit=2".to_owned();
    loop {
        let page = caller.get(&path).expect(200).json();
        seen.extend(ids(&page));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/v1/conversations?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, all);
    assert_eq!(ids(&fixture.user().get("/api/v1/conversations").expect(200).json()), Vec::<String>::new());
}

#[test]
fn conversations_are_found_by_words_of_their_titles_and_messages() {
    let fixture = fixture();
    let caller = fixture.user();
    let oven = fixture.send(&caller, [says(&["The OVEN needs 100 % of its heat."])]).conversation();
    let bread = fixture.send(&caller, [says(&["Bread comes out of the oven."])]).conversation();
    caller
        .request("PATCH", &format!("/api/v1/conversations/{bread}"))
        .header("content-type", "application/merge-patch+json")
        .body(json!({ "title": "Sunday baking" }).to_string())
        .send()
        .expect(200);
    let found =
        |text: &str| ids(&caller.get(&format!("/api/v1/conversations?text={text}")).expect(200).json());
    assert_eq!(found("oven"), [bread.clone(), oven.clone()]);
    assert_eq!(found("SUNDAY%20oven"), [bread], "a word of the title and one of a message");
    // What PostgreSQL takes for any characters is a character here.
    assert_eq!(found("100%20%25"), [oven]);
    assert_eq!(found("o_en"), Vec::<String>::new());
    let stranger = fixture.user().get("/api/v1/conversations?text=oven").expect(200).json();
    assert_eq!(ids(&stranger), Vec::<String>::new());
}

#[test]
fn a_conversation_has_its_title_its_messages_and_what_was_called() {
    let fixture = fixture();
    let caller = fixture.user();
    let message_sent =
        fixture.send(&caller, [calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added."])]);
    let read = conversation(&caller, &message_sent.conversation());
    assert_eq!(read["title"], format!("Play {}", message_sent.word));
    let messages = read["messages"].as_array().unwrap();
    assert_eq!((&messages[0]["role"], &messages[1]["role"]), (&json!("user"), &json!("assistant")));
    assert_eq!(messages[1]["id"], message_sent.ok()["message_id"]);
    assert_eq!(messages[1]["tool_calls"], message_sent.ok()["tool_calls"]);
    assert!(messages[1]["created_at"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn earlier_messages_are_a_page_away() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = talk(&caller);
    for _ in 0..2 {
        fixture.send_in(&caller, Some(&id), [says(&["Hm."])]).ok();
    }
    let whole = lines(&caller, &id);
    let latest = caller.get(&format!("/api/v1/conversations/{id}?limit=4")).expect(200).json();
    let cursor = latest["next_cursor"].as_str().unwrap();
    let earlier =
        caller.get(&format!("/api/v1/conversations/{id}?limit=4&cursor={cursor}")).expect(200).json();
    let texts = |page: &Value| -> Vec<String> {
        page["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|message| message["text"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        [texts(&earlier), texts(&latest)].concat(),
        whole.into_iter().map(|(_, text)| text).collect::<Vec<_>>()
    );
    assert_eq!(earlier["next_cursor"], Value::Null);
}

#[test]
fn what_was_said_before_is_given_to_the_model_call_by_call() {
    let fixture = fixture();
    let caller = fixture.user();
    let first = fixture.send(&caller, [calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added."])]);
    let second = fixture.send_in(&caller, Some(&first.conversation()), [says(&["Hm."])]);
    let sent = fixture.requests_for(&second);
    let roles: Vec<&str> = sent[0]["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|message| message["role"].as_str())
        .collect();
    assert_eq!(roles, ["system", "user", "assistant", "tool", "assistant", "user"]);
}

#[test]
fn a_conversation_is_renamed_exported_and_erased() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = talk(&caller);
    let path = format!("/api/v1/conversations/{id}");
    let renamed = caller.patch(&path, &json!({"title": " Groceries "})).expect(200).json();
    assert_eq!((&renamed["id"], &renamed["title"]), (&json!(id), &json!("Groceries")));

    let export = caller.get(&format!("{path}/export")).expect(200);
    assert_eq!(export.json()["messages"].as_array().unwrap().len(), 2);
    assert!(export.header("content-disposition").unwrap().starts_with("attachment"));
    let markdown =
        caller.request("GET", &format!("{path}/export")).header("accept", "text/markdown").send().expect(200);
    assert!(markdown.header("content-type").unwrap().starts_with("text/markdown"));
    assert!(
        markdown.body.starts_with("# Groceries\n")
            && markdown.body.contains("**Assistant**")
            && markdown.body.contains("> Hm.")
    );

    caller.delete(&path).expect(204);
    for answer in [caller.get(&path), caller.delete(&path), caller.patch(&path, &json!({"title": "x"}))] {
        assert_eq!(answer.expect(404).json()["type"], "/problems/conversation-not-found");
    }
    let left = fixture
        .app
        .sql(&format!("SELECT count(*) FROM todo.messages WHERE conversation_id = '{id}'"))
        .unwrap();
    assert_eq!(left.trim(), "0");
}

#[test]
fn nobody_sees_or_changes_anothers_conversation() {
    let fixture = fixture();
    let (alice, bob) = (fixture.user(), fixture.user());
    let id = talk(&alice);
    let path = format!("/api/v1/conversations/{id}");
    for answer in [
        bob.get(&path),
        bob.get(&format!("{path}/export")),
        bob.patch(&path, &json!({"title": "mine"})),
        bob.delete(&path),
        bob.post("/api/v1/chat", &json!({"message": "hi", "conversation_id": id})),
    ] {
        assert_eq!(answer.expect(404).json()["type"], "/problems/conversation-not-found");
    }
    assert_eq!(lines(&alice, &id).len(), 2);
}

#[test]
fn a_second_message_at_the_same_time_is_refused_and_spoils_nothing() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = talk(&caller);
    let slow = Reply::Stream(
        [words("Slowly"), Piece::Pause(Duration::from_secs(2))].into_iter().chain(end("stop")).collect(),
    );
    thread::scope(|scope| {
        let first = scope.spawn(|| fixture.send_in(&caller, Some(&id), [slow]));
        thread::sleep(Duration::from_millis(700));
        let second = fixture.send_in(&caller, Some(&id), [says(&["Quickly"])]);
        let problem = second.answer.clone().expect(409);
        assert_eq!(problem.json()["type"], "/problems/conversation-busy");
        assert!(problem.header("retry-after").is_some());
        first.join().unwrap().ok();
    });
    let said: Vec<String> = lines(&caller, &id).into_iter().map(|(role, _)| role).collect();
    assert_eq!(said, ["user", "assistant", "user", "assistant"]);
    fixture.send_in(&caller, Some(&id), [says(&["Free again."])]).ok();
}

#[test]
fn many_at_once_take_turns_and_lose_nothing() {
    let fixture = fixture();
    let caller = fixture.user();
    let id = talk(&caller);
    let taken = thread::scope(|scope| {
        let speakers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| fixture.send_in(&caller, Some(&id), [says(&["Hm."])]).answer.status))
            .collect();
        speakers.into_iter().map(|speaker| speaker.join().unwrap()).filter(|status| *status == 200).count()
    });
    assert!(taken >= 1);
    let said = lines(&caller, &id);
    assert_eq!(said.len(), 2 + 2 * taken);
    assert!(said.chunks(2).all(|pair| pair[0].0 == "user" && pair[1].0 == "assistant"), "{said:?}");
}

#[test]
fn an_answer_is_stored_although_the_connections_broke_meanwhile() {
    // Its own app, for the connections of all who use it break.
    let model = ScriptedModel::start().unwrap();
    let fixture = ChatFixture { app: start(&model.origin, &[]), model };
    let caller = fixture.user();
    let slow = Reply::Stream(
        [words("Slowly"), Piece::Pause(Duration::from_secs(1))].into_iter().chain(end("stop")).collect(),
    );
    let message_sent = thread::scope(|scope| {
        let speaker =
            scope.spawn(|| fixture.send(&caller, [calls(&[("add_task", json!({"title": "milk"}))]), slow]));
        thread::sleep(Duration::from_millis(700));
        let end_all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = 'todo_app' AND datname = current_database()";
        fixture.app.sql(end_all).unwrap();
        speaker.join().unwrap()
    });
    assert_eq!(message_sent.ok()["reply"], "Slowly");
    assert_eq!(lines(&caller, &message_sent.conversation()).len(), 2);
}

#[test]
fn what_each_message_cost_is_counted() {
    let fixture = fixture();
    let caller = fixture.user();
    fixture.send(&caller, [calls(&[("add_task", json!({"title": "milk"}))]), says(&["Added."])]).ok();
    fixture.send(&caller, [Reply::Status(500, vec![], String::new())]);
    let sql = format!(
        "SELECT string_agg(concat_ws(' ', model, model_turns, tool_calls, input_tokens, output_tokens), ', ' ORDER BY id) \
         FROM todo.model_usage WHERE user_id = '{}'",
        caller.id
    );
    assert_eq!(fixture.app.sql(&sql).unwrap().trim(), "openai 2 1 200 20, openai 1 0 0 0");
}

#[test]
fn row_level_security_hides_every_row_from_a_statement_that_names_no_user() {
    let fixture = fixture();
    let caller = fixture.user();
    talk(&caller);
    for table in ["conversations", "messages", "pending_confirmations", "model_usage"] {
        let rows = fixture.app.sql(&format!("SET ROLE todo_app; SELECT count(*) FROM todo.{table}")).unwrap();
        assert!(rows.trim().ends_with('0') && rows.trim().lines().last() == Some("0"), "{table}: {rows}");
    }
}
