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

/// Answers the next message with events that the test tells one by one with [`send_event`]. The last one is [`end`].
pub async fn answer_by_hand(page: &Page) {
    let script = "const real = window.fetch; window.realFetch = real; \
        window.fetch = async (path, options) => { \
          if (path !== '/api/v1/chat') return real(path, options); \
          window.fetch = real; \
          const body = new ReadableStream({ start(sink) { window.sink = sink; } }); \
          return new Response(body, { headers: { 'content-type': 'text/event-stream' } }); }";
    run(&page.client, script).await.unwrap();
}

/// Tells an event of the answer.
pub async fn send_event(page: &Page, name: &str, data: &Value) {
    page.see_that("return window.sink !== undefined").await;
    let event = json!(format!("event: {name}\ndata: {data}\n\n"));
    run(&page.client, &format!("window.sink.enqueue(new TextEncoder().encode({event}))")).await.unwrap();
}

/// Tells the last event and ends the answer.
pub async fn end(page: &Page, reply: &str, confirmation: Option<Value>) {
    let mut done =
        json!({"message_id": "0192d4e0-7b1a-7c3e-8f00-000000000001", "reply": reply, "tool_calls": []});
    if let Some(confirmation) = confirmation {
        done["confirmation"] = confirmation;
    }
    send_event(page, "done", &done).await;
    run(&page.client, "window.sink.close(); window.sink = undefined").await.unwrap();
}
