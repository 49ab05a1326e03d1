//! A request state is good once, for the person, the call and the app it was given out for, and for fifteen minutes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use harness::{App, Caller, Options};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const SECRET: &str = "a secret that only the tests of request states know";

fn app(secret: &str) -> App {
    let options = Options { secret: Some(secret.to_owned()), ..Options::default() };
    App::start(options.without_quotas()).unwrap()
}

fn new_task(caller: &Caller) -> String {
    let task = caller.post("/api/v1/tasks", &json!({"title": "Keep me"})).expect(201).json();
    task["id"].as_str().unwrap().to_owned()
}

fn exists(caller: &Caller, id: &str) -> bool {
    caller.get(&format!("/api/v1/tasks/{id}")).status == 200
}

/// Calls a tool as a client that can ask its user: the whole answer.
fn call(caller: &Caller, tool: &str, arguments: &Value, state: Option<&str>) -> Value {
    let mut params = json!({
        "name": tool,
        "arguments": arguments,
        "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
        },
    });
    if let Some(state) = state {
        params["requestState"] = json!(state);
        params["inputResponses"] = json!({"confirm": {"action": "accept", "content": {"confirm": true}}});
    }
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
    caller
        .request("POST", "/mcp")
        .json(&message)
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/call")
        .header("mcp-name", tool)
        .send()
        .json()
}

fn delete(caller: &Caller, id: &str, state: Option<&str>) -> Value {
    call(caller, "delete_task", &json!({"id": id}), state)
}

/// The state that comes with the question whether to delete.
fn state(caller: &Caller, id: &str) -> String {
    let asked = delete(caller, id, None);
    assert_eq!(asked["result"]["resultType"], "input_required", "{asked}");
    asked["result"]["requestState"].as_str().unwrap().to_owned()
}

#[track_caller]
fn assert_refused(what: &str, answer: &Value, why: &str) {
    assert_eq!(answer["error"]["code"], -32602, "{what}: {answer}");
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(message.contains("requestState is refused") && message.contains(why), "{what}: {message}");
}

const BROKEN: &str = "not given out here, or was changed";

/// The state with the character at a place changed, and the states that are cut, longer or put together otherwise.
fn tampered(state: &str) -> Vec<String> {
    let mut all: Vec<String> = (0..state.len())
        .map(|place| {
            let mut bytes = state.as_bytes().to_vec();
            bytes[place] = match bytes[place] {
                b'A' => b'B',
                _ => b'A',
            };
            String::from_utf8(bytes).unwrap()
        })
        .collect();
    let parts: Vec<&str> = state.split('.').collect();
    let [version, key, payload, mac] = parts[..] else { panic!("{state}") };
    all.extend([
        String::new(),
        state[..state.len() - 1].to_owned(),
        format!("{state}A"),
        format!("{state}="),
        format!(" {state}"),
        format!("{state}.{mac}"),
        format!("{version}.{key}.{payload}"),
        format!("{version}.{key}.{payload}."),
        format!("{version}.{key}..{mac}"),
        format!("{version}..{payload}.{mac}"),
        format!("rs1.{payload}.{mac}"),
        format!("rs3.{key}.{payload}.{mac}"),
        format!("{version}.{key}.{mac}.{payload}"),
        format!("{version}.{}.{payload}.{mac}", URL_SAFE_NO_PAD.encode("00000000")),
    ]);
    all
}

#[test]
fn a_tampered_state_is_refused_wherever_it_was_changed() {
    let app = app(SECRET);
    let alice = app.user();
    let id = new_task(&alice);
    let state = state(&alice, &id);
    let all = tampered(&state);
    assert!(all.len() > 150);
    for tampered in all {
        assert_refused(&tampered, &delete(&alice, &id, Some(&tampered)), BROKEN);
    }
    assert!(exists(&alice, &id));
    // None of them has used it up.
    assert_eq!(delete(&alice, &id, Some(&state))["result"]["isError"], Value::Null);
    assert!(!exists(&alice, &id));
}

#[test]
fn a_state_is_refused_to_others_for_other_calls_and_by_other_apps() {
    let (app, other_app) = (app(SECRET), app("another secret, as long as it has to be, of another app"));
    let (alice, bob) = (app.user(), app.user());
    let (id, other_id) = (new_task(&alice), new_task(&alice));
    let bobs = new_task(&bob);
    let given = state(&alice, &id);
    let given = Some(given.as_str());
    assert_refused("another person", &delete(&bob, &id, given), BROKEN);
    assert_refused("another person's task", &delete(&bob, &bobs, given), BROKEN);
    assert_refused("another task", &delete(&alice, &other_id, given), BROKEN);
    let filter = json!({"filter": {"ids": [id]}});
    assert_refused("another tool", &call(&alice, "delete_tasks", &filter, given), BROKEN);
    assert_refused("the same arguments", &call(&alice, "complete_task", &json!({"id": id}), given), BROKEN);
    let more = json!({"id": id, "version": 1});
    assert_refused("more arguments", &call(&alice, "delete_task", &more, given), BROKEN);

    let abroad = other_app.known_user(alice.id, harness::EVERY_SCOPE, 900);
    let there = new_task(&abroad);
    assert_refused("another app", &delete(&abroad, &there, given), BROKEN);
    let from_there = state(&abroad, &there);
    assert_refused("from another app", &delete(&alice, &id, Some(&from_there)), BROKEN);

    for (caller, id) in [(&alice, &id), (&alice, &other_id), (&bob, &bobs), (&abroad, &there)] {
        assert!(exists(caller, id));
    }
}

#[test]
fn a_state_is_good_once() {
    let app = app(SECRET);
    let alice = app.user();
    let id = new_task(&alice);
    let given = state(&alice, &id);
    assert_eq!(delete(&alice, &id, Some(&given))["result"]["isError"], Value::Null);
    assert_refused("replayed", &delete(&alice, &id, Some(&given)), "it was used before");

    // Also where the first use did nothing: the person said no by leaving the answer out, and is asked once more.
    let id = new_task(&alice);
    let given = state(&alice, &id);
    let params = json!({"id": id});
    let again = std::thread::scope(|scope| {
        let uses: Vec<_> =
            (0..8).map(|_| scope.spawn(|| call(&alice, "delete_task", &params, Some(&given)))).collect();
        uses.into_iter().map(|using| using.join().unwrap()).filter(|answer| answer["error"].is_null()).count()
    });
    assert_eq!(again, 1, "of eight at once, one is the first");
}

/// Seals a state's content anew, as the app does: the format of rmcp's `RequestStateCodec`, the keys of `Seal`.
fn sealed(given: &str, secret: &str, associated_data: &[u8], expires: SystemTime, nonce: Uuid) -> String {
    let key_id = given.split('.').nth(1).unwrap();
    let body = URL_SAFE_NO_PAD.decode(given.split('.').nth(2).unwrap()).unwrap();
    let mut content: Value = serde_json::from_slice(&body[8..]).unwrap();
    content["nonce"] = json!(nonce.to_string());
    let expires = u64::try_from(expires.duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    let body = [&expires.to_be_bytes()[..], content.to_string().as_bytes()].concat();

    let key = Sha256::new().chain_update(b"mcp-protocol/seal/key\0").chain_update(secret).finalize();
    let name = URL_SAFE_NO_PAD.decode(key_id).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(b"rmcp/mrtr/request-state/v2");
    for part in [&name[..], associated_data] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.update(&body);
    let mac = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("rs2.{key_id}.{}.{mac}", URL_SAFE_NO_PAD.encode(body))
}

/// What a state of this call is bound to. The lengths are those of a 32-bit machine, which WebAssembly is.
fn associated_data(caller: &Caller, id: &str) -> Vec<u8> {
    let user = caller.id.to_string();
    let arguments = json!({"id": id}).to_string();
    let mut hash = Sha256::new();
    for part in ["request state", &user, "tools/call", "delete_task", &arguments] {
        hash.update(u32::try_from(part.len()).unwrap().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

#[test]
fn a_state_whose_time_is_over_is_refused() {
    let app = app(SECRET);
    let alice = app.user();
    let id = new_task(&alice);
    let given = state(&alice, &id);
    let associated_data = associated_data(&alice, &id);
    let resealed = |secret: &str, expires| sealed(&given, secret, &associated_data, expires, Uuid::new_v4());
    let now = SystemTime::now();
    for age in [1, 60, 86_400] {
        let expired = resealed(SECRET, now - Duration::from_secs(age));
        assert_refused("expired", &delete(&alice, &id, Some(&expired)), "it has expired");
    }
    let forged = resealed("a guessed secret", now + Duration::from_secs(60));
    assert_refused("forged", &delete(&alice, &id, Some(&forged)), BROKEN);
    assert!(exists(&alice, &id));

    // The same with time left is good, so that its time was all that was wrong with the others.
    let fresh = resealed(SECRET, now + Duration::from_secs(60));
    assert_eq!(delete(&alice, &id, Some(&fresh))["result"]["isError"], Value::Null);
    assert!(!exists(&alice, &id));

    // And one that was given out has fifteen minutes.
    let given = state(&alice, &new_task(&alice));
    let body = URL_SAFE_NO_PAD.decode(given.split('.').nth(2).unwrap()).unwrap();
    let expires = UNIX_EPOCH + Duration::from_millis(u64::from_be_bytes(body[..8].try_into().unwrap()));
    let left = expires.duration_since(SystemTime::now()).unwrap();
    assert!((Duration::from_secs(890)..=Duration::from_secs(900)).contains(&left), "{left:?}");
}
