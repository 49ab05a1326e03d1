//! On how many streams a user may listen: so many over all replicas, in whichever revision, and nobody else is held up.

use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use harness::{App, Caller, Database, EVERY_SCOPE, Options};
use serde_json::{Value, json};
use ureq::http::Response;

/// What `mcp_listening_streams` is set to here.
const MAX_STREAMS: usize = 8;

/// By when the place of a stream whose client left is free: mostly after five seconds, and surely when it has expired.
const RELEASE_TIMEOUT: Duration = Duration::from_secs(30);

/// An answer whose body is not read: as long as it is kept, the stream is open.
type Stream = Response<ureq::Body>;

fn options() -> Options {
    let limit = ("mcp_listening_streams".to_owned(), MAX_STREAMS.to_string());
    Options { variables: vec![limit], ..Options::default() }
}

fn app() -> &'static App {
    static APP: OnceLock<App> = OnceLock::new();
    APP.get_or_init(|| App::start(options()).unwrap())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

fn authorization(user: &Caller) -> String {
    format!("Bearer {}", user.token.as_deref().unwrap())
}

/// `subscriptions/listen` of 2026-07-28.
fn listen(app: &App, user: &Caller) -> Stream {
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": {
        "notifications": {"resourcesListChanged": true},
        "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "product-tests", "version": "1.0.0"},
            "io.modelcontextprotocol/clientCapabilities": {},
        },
    }});
    agent()
        .post(format!("{}/mcp", app.url))
        .header("authorization", authorization(user))
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "subscriptions/listen")
        .send(message.to_string().as_bytes())
        .unwrap()
}

/// The `GET` stream of a new session of 2025-11-25.
fn get(app: &App, user: &Caller) -> Stream {
    let initialize = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "product-tests", "version": "1.0.0"},
    }});
    let request = user.request("POST", "/mcp").json(&initialize);
    let answer = request.header("accept", "application/json, text/event-stream").send().expect(200);
    agent()
        .get(format!("{}/mcp", app.url))
        .header("authorization", authorization(user))
        .header("accept", "text/event-stream")
        .header("mcp-session-id", answer.header("mcp-session-id").unwrap())
        .header("mcp-protocol-version", "2025-11-25")
        .call()
        .unwrap()
}

fn opened(stream: Stream) -> Stream {
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    stream
}

fn refused(mut answer: Stream) {
    assert_eq!(answer.status(), 429);
    let seconds: u32 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=30).contains(&seconds), "{seconds}");
    let text = answer.body_mut().read_to_string().unwrap();
    let error: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(error.pointer("/error/code"), Some(&json!(429)), "{error}");
    let sentence = error.pointer("/error/message").and_then(Value::as_str).unwrap();
    assert!(sentence.contains("8 streams") && sentence.contains("Close one"), "{sentence}");
}

/// Opens what `open` opens until it is one too many, then lets one go.
fn is_limited(open: fn(&App, &Caller) -> Stream) {
    let app = app();
    let (ann, bob) = (app.user(), app.user());
    let mut streams: Vec<Stream> = (0..MAX_STREAMS).map(|_| opened(open(app, &ann))).collect();
    refused(open(app, &ann));
    opened(open(app, &bob));
    drop(streams.pop());
    let left = Instant::now();
    while open(app, &ann).status() != 200 {
        assert!(left.elapsed() < RELEASE_TIMEOUT, "the place of a stream that ended is not free");
        thread::sleep(Duration::from_millis(500));
    }
}

#[test]
fn the_ninth_stream_of_subscriptions_listen_is_refused_until_one_ends_and_nobody_elses_is() {
    is_limited(listen);
}

#[test]
fn the_ninth_get_stream_is_refused_until_one_ends_and_nobody_elses_is() {
    is_limited(get);
}

#[test]
fn streams_are_counted_over_revisions_tokens_and_replicas() {
    let first = app();
    let second =
        App::start(Options { database: Database::At(first.database_url.clone()), ..options() }).unwrap();
    let ann = first.user();
    // Another token of the same user, for each stream.
    let again = |app: &App| app.known_user(ann.id, EVERY_SCOPE, 900);
    let _streams: Vec<Stream> = (0..MAX_STREAMS / 4)
        .flat_map(|_| {
            [
                listen(first, &again(first)),
                get(first, &again(first)),
                listen(&second, &again(&second)),
                get(&second, &again(&second)),
            ]
        })
        .map(opened)
        .collect();
    refused(listen(first, &again(first)));
    refused(get(&second, &again(&second)));
}
