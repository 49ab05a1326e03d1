//! The element `<openai-chatkit>` alone, in a page of another origin that keeps to itself.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use fantoccini::key::Key;
use harness::{App, Caller, Options};
use serde_json::json;

use crate::browser::{DESKTOP, run};
use crate::page::Page;

/// A page with the element, whose scripts are those of its own origin and of the app's, and whose script texts nobody makes.
fn html(app: &str) -> (String, String) {
    let policy = format!(
        "default-src 'none'; script-src 'self' {app}; connect-src {app}; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Elsewhere</title><body><h1>Elsewhere</h1>\
         <main><openai-chatkit id=chat></openai-chatkit></main>\
         <script type=module src={app}/chatkit/element.js></script><script type=module src=/page.js></script>"
    );
    (policy, page)
}

/// What the page's own script does: as docs/chatkit.md shows it.
fn script(app: &str, token: &str) -> String {
    format!(
        "const heard = []; window.heard = heard; const chat = document.getElementById('chat'); window.chat = chat;
         for (const name of ['ready', 'error', 'effect', 'log', 'response.start', 'response.end', 'thread.change', 'thread.load.start', \
           'thread.load.end', 'history.open', 'history.close']) {{ \
           chat.addEventListener(`chatkit.${{name}}`, ({{ detail }}) => heard.push([name, detail?.name ?? null])); }}
         await customElements.whenDefined('openai-chatkit');
         window.options = {{ api: {{ url: {api}, domainKey: 'local-dev', fetch: (url, options) => {{ \
           const headers = new Headers(options.headers); headers.set('authorization', {bearer}); return fetch(url, {{ ...options, headers }}); }} }},
           startScreen: {{ greeting: 'Hello', prompts: [{{ label: 'List', prompt: 'list my tasks' }}] }}, entities: {{}} }};
         chat.setOptions(window.options);",
        api = json!(format!("{app}/chatkit")),
        bearer = json!(format!("Bearer {token}")),
    )
}

/// Serves the page on a port of its own, for as long as the tests run. Answers its origin.
fn serve(listener: TcpListener, app: &App, caller: &Caller) {
    let (policy, page) = html(&app.url);
    let script = script(&app.url, caller.token.as_deref().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            answer(stream, &policy, &page, &script);
        }
    });
}

fn answer(mut stream: TcpStream, policy: &str, page: &str, script: &str) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let (kind, content) = match first.split(' ').nth(1) {
        Some("/") => ("text/html", page),
        Some("/page.js") => ("text/javascript", script),
        _ => ("text/plain", ""),
    };
    // Who has gone wants no answer.
    let _ = write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-security-policy: {policy}\r\n\
         cross-origin-embedder-policy: require-corp\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{content}",
        content.len()
    );
}

#[tokio::test]
async fn a_page_of_another_origin_has_the_whole_conversation_and_asks_nobody_else() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let variables = vec![("cors_origins".to_owned(), origin.clone())];
    let app = App::start(Options { variables, ..Options::default() }).expect("an app");
    let caller = app.user();
    serve(listener, &app, &caller);
    let page = Page::open_at(DESKTOP, &origin).await;

    page.see_text("#greeting", "Hello").await;
    page.click("#ideas button").await;
    page.answer().await;
    let answer = page.send_message("add buy milk tomorrow 6pm").await;
    assert!(answer.contains("Buy milk"), "{answer}");
    page.see_that(
        "return window.heard.some(([name, detail]) => name === 'effect' && detail === 'tasks.changed')",
    )
    .await;
    let names =
        "return [...new Set(window.heard.map(([name, detail]) => detail ? `${name} ${detail}` : name))]";
    assert_eq!(
        run(&page.client, names).await.unwrap(),
        json!([
            "log options.left_out",
            "ready",
            "response.start",
            "thread.change",
            "response.end",
            "effect tasks.changed"
        ])
    );
    // A widget's button, from elsewhere.
    page.click(".message.widget input[type=checkbox]").await;
    page.wait_for("the task to be done", async || {
        caller.get("/api/v1/tasks?status=done").json()["items"]
            .as_array()
            .is_some_and(|items| items.len() == 1)
    })
    .await;

    // Other options lose nothing of what is being written, nor of what was said.
    page.fill("#message", "half a thought").await;
    let again = "chat.setOptions({ ...window.options, composer: { placeholder: 'Anything else?' }, threadItemActions: { retry: true } })";
    run(&page.client, again).await.unwrap();
    page.see("#message[placeholder='Anything else?']").await;
    page.see_that(
        "return $('#message').value === 'half a thought' && shadow.activeElement === $('#message')",
    )
    .await;
    page.see_that("return $$('.message.user').length === 2 && $('.tool.reload') !== null").await;

    // Its methods.
    run(&page.client, "chat.setComposerValue({ text: 'from the page' }); chat.focusComposer()")
        .await
        .unwrap();
    page.see_that("return chat.shadowRoot.activeElement?.value === 'from the page'").await;
    run(&page.client, "window.said = chat.sendUserMessage({ text: 'list my tasks', newThread: true })")
        .await
        .unwrap();
    page.see_text(".message.user", "list my tasks").await;
    page.answer().await;
    run(&page.client, "chat.showHistory()").await.unwrap();
    page.see("#history:not([hidden]) .thread + .thread").await;
    run(&page.client, "chat.hideHistory()").await.unwrap();
    page.see("#history[hidden]").await;
    run(&page.client, "chat.setThreadId(null)").await.unwrap();
    page.see("#chat-empty:not([hidden])").await;
    let field = page.see("#message").await;
    assert_eq!(field.prop("value").await.unwrap().as_deref(), Some("from the page"), "a draft is kept");
    field.send_keys(&Key::Escape.to_string()).await.unwrap();

    let asked = "return [...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin))]";
    let asked = run(&page.client, asked).await.unwrap();
    let mut asked: Vec<_> = asked.as_array().unwrap().iter().filter_map(|origin| origin.as_str()).collect();
    asked.sort_unstable();
    let mut expected = [origin.as_str(), app.url.as_str()];
    expected.sort_unstable();
    assert_eq!(asked, expected);
    page.close().await;
}

#[tokio::test]
async fn a_page_that_is_not_allowed_gets_no_element() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let app = App::shared();
    serve(listener, app, &app.user());
    let page = Page::open_at(DESKTOP, &origin).await;
    page.see("h1").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(
        run(&page.client, "return customElements.get('openai-chatkit') === undefined").await.unwrap(),
        json!(true)
    );
    // The browser says why, as it should: so it is not asked for complaints.
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn what_can_not_be_had_is_refused_by_name() {
    let (page, _) = Page::with_account(DESKTOP).await;
    let body = "const chat = document.createElement('openai-chatkit'); \
        try { chat.setOptions({ api: { getClientSecret: async () => 'x' } }); return 'taken'; } catch (error) { return `${error.name}: ${error.message}`; }";
    let said = crate::modules::ask(&page, "chatkit/element", body).await;
    assert!(said.as_str().unwrap().starts_with("TypeError: setOptions: `api.getClientSecret`"), "{said}");
    page.close().await;
}

/// Stands in for OpenAI's script, which tests can't reach: it says with which options it was begun.
const STAND_IN: &str = "customElements.define('openai-chatkit', class extends HTMLElement { \
    setOptions(options) { this.options = options; const frame = document.createElement('iframe'); frame.src = new URL('/', document.querySelector('script[async]').src).href; this.append(frame); } \
    async focusComposer() {} });";

#[tokio::test]
async fn openais_element_stands_in_the_place_of_ours_where_the_operator_wants_it() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            answer(stream, "default-src 'none'", "<!doctype html><title>A frame</title>", STAND_IN);
        }
    });
    let variables =
        [("chatkit_script_url", format!("{origin}/page.js")), ("chatkit_domain_key", "key-7".to_owned())]
            .map(|(name, value)| (name.to_owned(), value));
    let app = App::start(Options { variables: variables.to_vec(), ..Options::default() }).expect("an app");
    let page = Page::open_at(DESKTOP, &app.url).await;
    page.sign_up().await;
    page.see("openai-chatkit iframe").await;
    let options = "const { api, startScreen } = document.querySelector('openai-chatkit').options; \
        return [api.url, api.domainKey, typeof api.fetch, startScreen.greeting, document.querySelector('openai-chatkit').shadowRoot]";
    assert_eq!(
        run(&page.client, options).await.unwrap(),
        json!(["/chatkit", "key-7", "function", "What is to be done, Ann?", null])
    );
    // Its requests go through the page, which signs them.
    let threads = "const done = arguments[0]; const { api } = document.querySelector('openai-chatkit').options; \
        api.fetch(api.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: 'threads.list', params: {} }) }) \
          .then((response) => response.json()).then(({ data }) => done(data), (error) => done(String(error)))";
    assert_eq!(page.client.execute_async(threads, vec![]).await.unwrap(), json!([]));
    let loaded = "return performance.getEntriesByType('resource').some(({ name }) => name.includes('/chatkit/element.js'))";
    assert_eq!(run(&page.client, loaded).await.unwrap(), json!(false), "ours is not loaded");
    page.close().await;
}
