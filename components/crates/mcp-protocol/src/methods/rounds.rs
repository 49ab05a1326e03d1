//! Calls that ask the client before they are done, in whichever way it speaks.
//!
//! The stateless revision answers with what it wants to know, and is called once more with the answers. The revisions
//! before it send requests on the response stream, whose answers come as messages of their own, to any process. A handler
//! sees no difference: it is called again, with the answers.

use std::collections::BTreeMap;
use std::time::Duration;

use rmcp::model::{InputRequest, InputRequests};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Driven, Refusal, Request};
use crate::{
    message::Fault,
    server::{CallError, Caller as _, Exchange, Outcome, Place, Round, SealError, Server, Store as _},
};

/// How long a client may take to come back with its answers: a person has to be found and has to read.
const STATE_TTL: Duration = Duration::from_secs(900);

/// How long a client may take to answer on a stream.
const PATIENCE: Duration = Duration::from_secs(240);

/// How often one call may ask.
const MOST_ROUNDS: u32 = 10;

/// How long to wait before looking for answers again: soon at first, since programs answer at once, then ever less often,
/// since people don't.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// What a sealed request state says.
#[derive(Serialize, Deserialize)]
struct Sealed {
    /// Used up with the first use.
    nonce: Uuid,
    state: Value,
}

/// Makes a call, and asks the client what it wants to know.
pub(super) async fn drive<S: Server, T>(
    request: &Request<'_, S>,
    target: &str,
    arguments: Option<&RawValue>,
    not_found: impl Fn() -> Fault,
    call: impl AsyncFn(&Exchange<'_, S>) -> Result<Outcome<T>, CallError>,
) -> Result<Driven<T>, Refusal> {
    // Most calls neither ask nor come back with an answer.
    let purpose = || purpose(request, target, arguments);
    let mut round = if request.revision.is_stateless() {
        round_of_retry(request, purpose).await?
    } else {
        Round::default()
    };
    for _ in 0..MOST_ROUNDS {
        let exchange = Exchange::new(
            request.server,
            request.caller,
            request.client,
            &round,
            Place::Request,
            request.outlet,
        );
        let outcome = call(&exchange).await.map_err(|error| Refusal::of(error, &not_found))?;
        let (requests, state) = match outcome {
            Outcome::Complete(result) => return Ok(Driven::Complete(result)),
            Outcome::Defer => return Ok(Driven::Defer(round)),
            Outcome::Ask { requests, state } => {
                let asked = request.client.answerable(requests);
                (asked.map_err(|required| Fault::missing_capability(&required))?, state)
            }
        };
        if request.revision.is_stateless() {
            return input_required(request, purpose, &requests, state).map(Driven::InputRequired);
        }
        let answers = ask(request, &requests).await?;
        round = Round { answers, state };
    }
    Err(Fault::internal("The call asked too often.").into())
}

/// What a request state is good for: this user, this method, this target, these arguments.
fn purpose<S: Server>(request: &Request<'_, S>, target: &str, arguments: Option<&RawValue>) -> Vec<u8> {
    let mut hash = Sha256::new();
    // A client may write the same arguments in another way when it comes back.
    let arguments: Value =
        arguments.and_then(|text| serde_json::from_str(text.get()).ok()).unwrap_or_else(|| json!({}));
    for part in ["request state", request.caller.user(), request.method, target, &canonical(&arguments)] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// The same text for the same value, whatever the order of its members.
fn canonical(value: &Value) -> String {
    fn sorted(value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let ordered: BTreeMap<&String, Value> =
                    members.iter().map(|(name, value)| (name, sorted(value))).collect();
                json!(ordered)
            }
            Value::Array(items) => items.iter().map(sorted).collect(),
            other => other.clone(),
        }
    }
    sorted(value).to_string()
}

async fn round_of_retry<S: Server>(
    request: &Request<'_, S>,
    purpose: impl FnOnce() -> Vec<u8>,
) -> Result<Round, Refusal> {
    let params = &request.params;
    let answers = params.answers()?.unwrap_or_default();
    let Some(sealed) = params.request_state else { return Ok(Round { answers, state: None }) };
    let refused = |reason| Fault::invalid_params(format!("The member requestState is refused: {reason}."));
    let sealed: String =
        serde_json::from_str(sealed.get()).map_err(|_| refused(SealError::Broken.to_string()))?;
    let opened: Sealed = request
        .server
        .seal()
        .open(&sealed, &purpose())
        .map_err(|error: SealError| refused(error.to_string()))?;
    let seconds = u32::try_from(STATE_TTL.as_secs()).unwrap_or(u32::MAX);
    if !request.server.store(request.caller).use_once(opened.nonce, seconds).await? {
        return Err(refused("it was used before".to_owned()).into());
    }
    Ok(Round { answers, state: Some(opened.state) })
}

fn input_required<S: Server>(
    request: &Request<'_, S>,
    purpose: impl FnOnce() -> Vec<u8>,
    requests: &InputRequests,
    state: Option<Value>,
) -> Result<Value, Refusal> {
    let mut result = json!({ "inputRequests": requests });
    if let (Some(state), Some(members)) = (state, result.as_object_mut()) {
        let sealed = Sealed { nonce: Uuid::now_v7(), state };
        let sealed = request
            .server
            .seal()
            .close(&sealed, &purpose(), STATE_TTL)
            .map_err(|_| Fault::internal("The state of the request can't be written."))?;
        members.insert("requestState".to_owned(), sealed.into());
    }
    Ok(result)
}

/// Asks on the response stream, and waits for the answers, whichever process they reach.
async fn ask<S: Server>(
    request: &Request<'_, S>,
    requests: &InputRequests,
) -> Result<BTreeMap<String, Value>, Refusal> {
    let Some(stream) = request.outlet.resumable() else {
        // Without a session nobody has declared anything, so nothing could be asked.
        return Err(Fault::internal("There is no stream to ask on.").into());
    };
    let store = request.server.store(request.caller);
    let questions: BTreeMap<Uuid, &String> = requests.keys().map(|key| (Uuid::now_v7(), key)).collect();
    let ids: Vec<Uuid> = questions.keys().copied().collect();
    store.ask(stream.stream, stream.session, &ids).await?;
    for (id, key) in &questions {
        if let Some(wanted) = requests.get(*key) {
            request.outlet.message(question(*id, wanted));
        }
    }
    let (mut waited, mut pause) = (Duration::ZERO, FIRST_PAUSE);
    loop {
        request.server.sleep(pause).await;
        waited += pause;
        pause = (pause * 3 / 2).min(LONGEST_PAUSE);
        let answered = store.answers(stream.stream, &ids).await?;
        if answered.is_cancelled {
            return Err(Fault::internal("The request was cancelled.").into());
        }
        if answered.answers.len() == ids.len() {
            return answered
                .answers
                .into_iter()
                .map(|(id, response)| {
                    let key = questions.get(&id).map(|key| (*key).clone()).unwrap_or_default();
                    result_of(&response).map(|result| (key, result))
                })
                .collect();
        }
        if waited >= PATIENCE {
            return Err(Fault::internal("The client did not answer in time.").into());
        }
    }
}

fn question(id: Uuid, wanted: &InputRequest) -> String {
    let mut message = json!({"jsonrpc": "2.0", "id": id});
    if let (Some(members), Ok(Value::Object(wanted))) =
        (message.as_object_mut(), serde_json::to_value(wanted))
    {
        members.extend(wanted);
    }
    message.to_string()
}

/// The result in a client's response; why it has none otherwise.
fn result_of(response: &Value) -> Result<Value, Refusal> {
    if let Some(result) = response.get("result").filter(|result| result.is_object()) {
        return Ok(result.clone());
    }
    let why = response.pointer("/error/message").and_then(Value::as_str).unwrap_or("no reason was given");
    Err(Fault::internal(format!("The client could not answer: {why}")).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_members_makes_no_difference() {
        let text = |json: &str| canonical(&serde_json::from_str(json).unwrap());
        assert_eq!(text(r#"{"b":[{"d":1,"c":2}],"a":null}"#), text(r#"{"a":null,"b":[{"c":2,"d":1}]}"#));
        assert_ne!(text(r#"{"a":[1,2]}"#), text(r#"{"a":[2,1]}"#));
    }

    #[test]
    fn a_response_has_a_result_or_says_why_not() {
        assert_eq!(result_of(&json!({"result": {"action": "accept"}})).unwrap(), json!({"action": "accept"}));
        let refusal = result_of(&json!({"error": {"code": -1, "message": "User said no."}})).unwrap_err();
        assert!(refusal.fault.error.message.contains("User said no."));
    }
}
