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

use super::{CallOutcome, Request, RequestError};
use crate::{
    message::RpcError,
    server::{
        CallError, CallOrigin, Caller as _, Outcome, RequestContext, Round, SealError, Server, Store as _,
    },
};

/// How long a client may take to come back with its answers: a person has to be found and has to read.
const STATE_TTL: Duration = Duration::from_secs(900);

/// How long a client may take to answer on a stream.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(240);

/// How often one call may ask.
const MAX_ROUNDS: u32 = 10;

/// How long to wait before looking for answers again: soon at first, since programs answer at once, then ever less often,
/// since people don't.
const MIN_BACKOFF: Duration = Duration::from_millis(5);
const MAX_BACKOFF: Duration = Duration::from_millis(250);

/// What a sealed request state says.
#[derive(Serialize, Deserialize)]
struct Sealed {
    /// Used up with the first use.
    nonce: Uuid,
    state: Value,
}

/// Makes a call, and asks the client what it wants to know.
pub(super) async fn call_with_input_requests<S: Server, T>(
    request: &Request<'_, S>,
    target: &str,
    arguments: Option<&RawValue>,
    not_found: impl Fn() -> RpcError,
    call: impl AsyncFn(&RequestContext<'_>) -> Result<Outcome<T>, CallError>,
) -> Result<CallOutcome<T>, RequestError> {
    // Most calls neither ask nor come back with an answer.
    let associated_data = || associated_data(request, target, arguments);
    let mut round = if request.revision.is_stateless() {
        read_retry(request, associated_data).await?
    } else {
        Round::default()
    };
    for _ in 0..MAX_ROUNDS {
        let context = RequestContext::new::<S>(request.client, &round, CallOrigin::Request, request.sink);
        let outcome = call(&context).await.map_err(|error| RequestError::from_call(error, &not_found))?;
        let (requests, state) = match outcome {
            Outcome::Complete(result) => return Ok(CallOutcome::Complete(result)),
            Outcome::Defer => return Ok(CallOutcome::Defer(round)),
            Outcome::Ask { requests, state } => {
                let asked = request.client.answerable(requests);
                (asked.map_err(|required| RpcError::missing_capability(&required))?, state)
            }
        };
        if request.revision.is_stateless() {
            return input_required(request, associated_data, &requests, state)
                .map(CallOutcome::InputRequired);
        }
        let answers = send_requests(request, &requests).await?;
        round = Round { answers, state };
    }
    Err(RpcError::internal("The call asked too often.").into())
}

/// What a request state is good for: this user, this method, this target, these arguments.
fn associated_data<S: Server>(
    request: &Request<'_, S>,
    target: &str,
    arguments: Option<&RawValue>,
) -> Vec<u8> {
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

async fn read_retry<S: Server>(
    request: &Request<'_, S>,
    associated_data: impl FnOnce() -> Vec<u8>,
) -> Result<Round, RequestError> {
    let params = &request.params;
    let answers = params.answers()?.unwrap_or_default();
    let Some(sealed) = params.request_state else { return Ok(Round { answers, state: None }) };
    let refused = |reason| RpcError::invalid_params(format!("The member requestState is refused: {reason}."));
    let sealed: String =
        serde_json::from_str(sealed.get()).map_err(|_| refused(SealError::Broken.to_string()))?;
    let unsealed: Sealed = request
        .server
        .sealer()
        .unseal(&sealed, &associated_data())
        .map_err(|error: SealError| refused(error.to_string()))?;
    let seconds = u32::try_from(STATE_TTL.as_secs()).unwrap_or(u32::MAX);
    if !request.server.store(request.caller).use_once(unsealed.nonce, seconds).await? {
        return Err(refused("it was used before".to_owned()).into());
    }
    Ok(Round { answers, state: Some(unsealed.state) })
}

fn input_required<S: Server>(
    request: &Request<'_, S>,
    associated_data: impl FnOnce() -> Vec<u8>,
    requests: &InputRequests,
    state: Option<Value>,
) -> Result<Value, RequestError> {
    let mut result = json!({ "inputRequests": requests });
    if let (Some(state), Some(members)) = (state, result.as_object_mut()) {
        let sealed = Sealed { nonce: Uuid::now_v7(), state };
        let sealed = request
            .server
            .sealer()
            .seal(&sealed, &associated_data(), STATE_TTL)
            .map_err(|_| RpcError::internal("The state of the request can't be written."))?;
        members.insert("requestState".to_owned(), sealed.into());
    }
    Ok(result)
}

/// Asks on the response stream, and waits for the answers, whichever process they reach.
async fn send_requests<S: Server>(
    request: &Request<'_, S>,
    requests: &InputRequests,
) -> Result<BTreeMap<String, Value>, RequestError> {
    let Some(stream) = request.sink.resumable() else {
        // Without a session nobody has declared anything, so nothing could be asked.
        return Err(RpcError::internal("There is no stream to ask on.").into());
    };
    let store = request.server.store(request.caller);
    let requested: BTreeMap<Uuid, &String> = requests.keys().map(|key| (Uuid::now_v7(), key)).collect();
    let ids: Vec<Uuid> = requested.keys().copied().collect();
    store.create_requests(stream.stream, stream.session, &ids).await?;
    for (id, key) in &requested {
        if let Some(wanted) = requests.get(*key) {
            request.sink.message(request_message(*id, wanted));
        }
    }
    let (mut waited, mut backoff) = (Duration::ZERO, MIN_BACKOFF);
    loop {
        request.server.sleep(backoff).await;
        waited += backoff;
        backoff = (backoff * 3 / 2).min(MAX_BACKOFF);
        let answered = store.responses(stream.stream, &ids).await?;
        if answered.is_cancelled {
            return Err(RpcError::internal("The request was cancelled.").into());
        }
        if answered.responses.len() == ids.len() {
            return answered
                .responses
                .into_iter()
                .map(|(id, response)| {
                    let key = requested.get(&id).map(|key| (*key).clone()).unwrap_or_default();
                    read_response(&response).map(|result| (key, result))
                })
                .collect();
        }
        if waited >= ANSWER_TIMEOUT {
            return Err(RpcError::internal("The client did not answer in time.").into());
        }
    }
}

fn request_message(id: Uuid, wanted: &InputRequest) -> String {
    let mut message = json!({"jsonrpc": "2.0", "id": id});
    if let (Some(members), Ok(Value::Object(wanted))) =
        (message.as_object_mut(), serde_json::to_value(wanted))
    {
        members.extend(wanted);
    }
    message.to_string()
}

/// The result in a client's response; why it has none otherwise.
fn read_response(response: &Value) -> Result<Value, RequestError> {
    if let Some(result) = response.get("result").filter(|result| result.is_object()) {
        return Ok(result.clone());
    }
    let why = response.pointer("/error/message").and_then(Value::as_str).unwrap_or("no reason was given");
    Err(RpcError::internal(format!("The client could not answer: {why}")).into())
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
        assert_eq!(
            read_response(&json!({"result": {"action": "accept"}})).unwrap(),
            json!({"action": "accept"})
        );
        let request_error =
            read_response(&json!({"error": {"code": -1, "message": "User said no."}})).unwrap_err();
        assert!(request_error.rpc_error.error.message.contains("User said no."));
    }
}
