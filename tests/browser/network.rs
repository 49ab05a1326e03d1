//! A network that fails, and a server whose answer a test writes itself.

use serde_json::{Value, json};

use crate::browser::run;
use crate::page::Page;

/// What becomes of the requests that are caught.
#[derive(Debug, Clone, Copy)]
pub enum Loss {
    /// They don't reach the server.
    Request,
    /// The server takes them, and its answer is lost.
    Answer,
}

/// Loses requests of a method whose path begins with this, until [`restore`].
pub async fn lose(page: &Page, loss: Loss, method: &str, path: &str) {
    let before = match loss {
        Loss::Request => "",
        // To its end: else the browser would hang up.
        Loss::Answer => "await (await real(path, options)).text();",
    };
    let script = format!(
        "const real = window.fetch; window.realFetch = real; \
         window.fetch = async (path, options) => {{ \
           if ((options?.method ?? 'GET') !== {} || !String(path).startsWith({})) return real(path, options); \
           {before} throw new TypeError('Failed to fetch'); }}",
        json!(method),
        json!(path),
    );
    run(&page.client, &script).await.unwrap();
}

/// Holds back what the page reads from a path that begins with this, until [`release`].
pub async fn hold(page: &Page, path: &str) {
    let script = format!(
        "const real = window.fetch; const held = new Promise((release) => {{ window.release = release; }}); \
         window.fetch = async (path, options) => {{ \
           if ((options?.method ?? 'GET') !== 'GET' || !String(path).startsWith({})) return real(path, options); \
           await held; \
           const answer = await real(path, options); \
           window.isReleased = true; \
           return answer; }}",
        json!(path),
    );
    run(&page.client, &script).await.unwrap();
}

/// Lets through what was held back, and waits for its answer.
pub async fn release(page: &Page) {
    run(&page.client, "window.release()").await.unwrap();
    page.see_that("return window.isReleased === true").await;
}

/// Lets requests through again.
pub async fn restore(page: &Page) {
    run(&page.client, "window.fetch = window.realFetch").await.unwrap();
}

/// The thread of answers that a test tells.
pub const THREAD: &str = "0192d4e0-7b1a-7c3e-8f00-000000000009";

/// Answers the next message with events that the test tells one by one with [`send_event`]. The last one is [`end`].
pub async fn answer_by_hand(page: &Page) {
    let link = json!(format!("</api/v1/conversations/{THREAD}/cancel>; rel=\"cancel\""));
    let script = format!(
        "const real = window.fetch; window.realFetch = real; \
        window.fetch = async (path, options) => {{ \
          if (path !== '/chatkit' || !/\"threads\\.(create|add_user_message)\"/.test(options.body)) return real(path, options); \
          window.fetch = real; \
          const body = new ReadableStream({{ start(sink) {{ window.sink = sink; }} }}); \
          return new Response(body, {{ headers: {{ 'content-type': 'text/event-stream', 'link': {link} }} }}); }}"
    );
    run(&page.client, &script).await.unwrap();
}

/// Tells an event of the answer.
pub async fn send_event(page: &Page, event: &Value) {
    page.see_that("return window.sink !== undefined").await;
    let event = json!(format!("data: {event}\n\n"));
    run(&page.client, &format!("window.sink.enqueue(new TextEncoder().encode({event}))")).await.unwrap();
}

fn item(id: &str, kind: &str, more: &Value) -> Value {
    let mut item =
        json!({"id": id, "thread_id": THREAD, "created_at": "2026-11-21T09:12:03.410233Z", "type": kind});
    if let (Some(item), Some(more)) = (item.as_object_mut(), more.as_object()) {
        item.extend(more.clone());
    }
    item
}

/// Begins an answer: the message is taken, and the assistant begins to speak.
pub async fn begin(page: &Page) {
    let said = json!({"content": [{"type": "input_text", "text": "by hand"}], "attachments": [], "inference_options": {}});
    for event in [
        json!({"type": "thread.created", "thread": {"id": THREAD, "created_at": "", "status": {"type": "active"}, "metadata": {}}}),
        json!({"type": "thread.item.done", "item": item("said", "user_message", &said)}),
        json!({"type": "stream_options", "stream_options": {"allow_cancel": true}}),
        json!({"type": "thread.item.added", "item": item("reply", "assistant_message", &json!({"content": []}))}),
    ] {
        send_event(page, &event).await;
    }
}

/// Tells more words of an answer that has begun.
pub async fn send_words(page: &Page, text: &str) {
    let update =
        json!({"type": "assistant_message.content_part.text_delta", "content_index": 0, "delta": text});
    send_event(page, &json!({"type": "thread.item.updated", "item_id": "reply", "update": update})).await;
}

/// Tells the whole answer, with a question that has these two answers, and ends it.
pub async fn end(page: &Page, reply: &str, question: Option<[&str; 2]>) {
    let content = json!({"content": [{"type": "output_text", "text": reply, "annotations": []}]});
    send_event(
        page,
        &json!({"type": "thread.item.done", "item": item("reply", "assistant_message", &content)}),
    )
    .await;
    if let Some(options) = question {
        let options: Vec<Value> = options.iter().map(|value| json!({"value": value})).collect();
        let input = json!({"type": "multiple_choice", "id": "confirm", "question": "Sure?", "options": options, "multiple": false});
        let asked = item("asked", "structured_input", &json!({"status": "pending", "inputs": [input]}));
        send_event(page, &json!({"type": "thread.item.done", "item": asked})).await;
    }
    run(&page.client, "window.sink.close(); window.sink = undefined").await.unwrap();
}
