//! What is said in a recording, where a provider is set that writes it down.

use std::sync::OnceLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use harness::{Answer, App, Caller};
use serde_json::json;

use crate::client::fixture;
use crate::scripted_app::{KEY, start};
use crate::scripted_model::Reply;

const MODEL: &str = "whisper-of-a-script";

/// Where somebody writes down recordings, though rules answer.
fn app() -> &'static App {
    static APP: OnceLock<App> = OnceLock::new();
    APP.get_or_init(|| {
        let more = [("openai_transcription_model", MODEL), ("chat_messages_per_minute", "12")];
        start(&fixture().model.origin, &more)
    })
}

/// Sends a recording that the scripted model knows by its script's word.
fn send(caller: &Caller, media_type: &str, reply: Reply) -> (String, Answer) {
    let word = fixture().model.script([reply]);
    let recording = STANDARD.encode(format!("OggS {word}"));
    let params = json!({"audio_base64": recording, "mime_type": media_type});
    (word, caller.post("/chatkit", &json!({"type": "input.transcribe", "params": params})))
}

fn says(text: &str) -> Reply {
    Reply::Status(200, vec![], json!({"text": text}).to_string())
}

#[test]
fn the_provider_gets_the_recording_as_a_form_and_its_words_are_the_answer() {
    let caller = app().user();
    let (word, answer) = send(&caller, "audio/ogg;codecs=opus", says(" Add buy milk. "));
    assert_eq!(answer.expect(200).json(), json!({"text": "Add buy milk."}));
    let sent = fixture().model.requests(&word).remove(0);
    let head = sent["head"].as_str().unwrap();
    assert!(head.starts_with("POST /v1/audio/transcriptions ") && head.contains(KEY), "{head}");
    let form = sent["body"].as_str().unwrap();
    assert!(form.contains(&format!("name=\"model\"\r\n\r\n{MODEL}\r\n")), "{form}");
    assert!(
        form.contains("filename=\"recording.ogg\"\r\ncontent-type: audio/ogg\r\n\r\nOggS script-"),
        "{form}"
    );
    let nothing_kept = format!("SELECT count(*) FROM todo.conversations WHERE user_id = '{}'", caller.id);
    assert_eq!(app().sql(&nothing_kept).unwrap().trim(), "0");
}

#[test]
fn a_provider_that_fails_is_an_honest_problem() {
    let caller = app().user();
    for (reply, status, kind) in [
        (Reply::Status(429, vec![("retry-after", "7".into())], "{}".into()), 503, "model-unavailable"),
        (Reply::Status(500, vec![], KEY.into()), 503, "model-unavailable"),
        (Reply::Status(401, vec![], json!({"error": {"message": KEY}}).to_string()), 502, "model-failed"),
        (Reply::Status(200, vec![], "<html>".into()), 502, "model-failed"),
        (
            Reply::Status(200, vec![], json!({"text": "a".repeat(300 * 1024)}).to_string()),
            502,
            "model-failed",
        ),
    ] {
        let (_, answer) = send(&caller, "audio/webm", reply);
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.json()["type"], format!("/problems/{kind}"));
        assert!(!answer.body.contains(KEY), "{}", answer.body);
    }
    assert!(!app().log().contains(KEY));
}

#[test]
fn recordings_count_as_messages() {
    let caller = app().user();
    for _ in 0..12 {
        send(&caller, "audio/mp4", says("Hm.")).1.expect(200);
    }
    send(&caller, "audio/mp4", says("Hm.")).1.expect(429);
}
