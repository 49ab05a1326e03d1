//! Working on a task.

use std::pin::pin;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{Either, LocalBoxFuture, select};
use rmcp::model::{ErrorCode, ErrorData, InputRequests};
use serde_json::json;
use uuid::Uuid;

use crate::{
    message::{RpcError, quoted},
    methods::RequestError,
    server::{
        CallError, CallOrigin, ClientFeatures, NotificationSink, Outcome, RequestContext, Round, Server,
        Store, StoreError, TaskStep, TaskWork, ToolCall, ToolResult,
    },
};

/// How long a worker holds a task without saying so again.
pub(super) const LEASE_SECONDS: u32 = 10;

/// How often it says so, and learns whether the task was given up.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(1);

/// How often a task may ask its client.
const MAX_ROUNDS: u32 = 20;

/// Goes on with a task that nobody works on.
pub(super) async fn take_over<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    task: Uuid,
) -> Result<(), StoreError> {
    let worker = Uuid::now_v7();
    if let Some(work) = server.store(caller).lease_task(task, worker, LEASE_SECONDS).await? {
        server.spawn(run(server, caller.clone(), task, worker, work));
    }
    Ok(())
}

/// Works on a task until its round is over, or it is taken away.
pub(super) fn run<S: Server>(
    server: &'static S,
    caller: S::Caller,
    task: Uuid,
    worker: Uuid,
    work: TaskWork,
) -> LocalBoxFuture<'static, ()> {
    async move {
        let store = server.store(&caller);
        let round = pin!(round(server, &caller, &work));
        let held = pin!(renew_lease(server, &store, task, worker));
        if let Either::Left((step, _)) = select(round, held).await {
            // What can't be written now is done again by whoever takes the task over.
            let _ = store.finish_round(task, worker, &step).await;
        }
    }
    .boxed_local()
}

/// Ends when the task is no longer this worker's.
async fn renew_lease<S: Server>(server: &'static S, store: &S::Store, task: Uuid, worker: Uuid) {
    loop {
        server.sleep(RENEWAL_INTERVAL).await;
        // While the store is away nobody else can take the task either.
        if matches!(store.renew_task_lease(task, worker, LEASE_SECONDS).await, Ok(false)) {
            return;
        }
    }
}

async fn round<S: Server>(server: &'static S, caller: &S::Caller, work: &TaskWork) -> TaskStep {
    if work.rounds > MAX_ROUNDS {
        return fail_step(&RpcError::internal("The call asked too often."));
    }
    let arguments = serde_json::from_str(&work.arguments).ok();
    let call = ToolCall { name: &work.tool, arguments, meta: None };
    let round = Round { answers: unnumber_responses(work), state: work.state.clone() };
    let sink = NotificationSink::new(None);
    let client = ClientFeatures::from_bits(work.client);
    let context = RequestContext::new::<S>(client, &round, CallOrigin::Task, &sink);
    match server.call_tool(caller, &context, call).await {
        Ok(Outcome::Complete(result)) => complete_step(&result),
        Ok(Outcome::Ask { requests, state }) => match client.answerable(requests) {
            Ok(requests) => TaskStep::Ask(number_requests(requests, work.rounds + 1), state),
            Err(required) => fail_step(&RpcError::missing_capability(&required)),
        },
        Ok(Outcome::Defer) => fail_step(&RpcError::internal("A task can't be deferred once more.")),
        Err(error) => fail_step(&request_error(error, &work.tool).rpc_error),
    }
}

/// Each key is used once in the life of a task.
fn number_requests(requests: InputRequests, round: u32) -> InputRequests {
    requests.into_iter().map(|(key, request)| (format!("{round}-{key}"), request)).collect()
}

fn unnumber_responses(work: &TaskWork) -> std::collections::BTreeMap<String, serde_json::Value> {
    let prefix = format!("{}-", work.rounds);
    let plain = |key: &String| key.strip_prefix(&prefix).map_or_else(|| key.clone(), str::to_owned);
    work.answers.iter().map(|(key, answer)| (plain(key), answer.clone())).collect()
}

fn complete_step(result: &ToolResult) -> TaskStep {
    let mut text = vec![b'{'];
    let written = result.write(&mut text).map_err(|_| ());
    text.push(b'}');
    match written.and_then(|()| String::from_utf8(text).map_err(|_| ())) {
        Ok(json) => TaskStep::Complete(json),
        Err(()) => fail_step(&RpcError::internal("The tool's result has no JSON form.")),
    }
}

fn fail_step(rpc_error: &RpcError) -> TaskStep {
    let ErrorData { code: ErrorCode(code), message, data } = rpc_error.error.as_ref();
    let mut error = json!({ "code": code, "message": message });
    if let (Some(data), Some(members)) = (data, error.as_object_mut()) {
        members.insert("data".to_owned(), data.clone());
    }
    TaskStep::Fail(error.to_string())
}

fn request_error(error: CallError, tool: &str) -> RequestError {
    RequestError::from_call(error, || RpcError::invalid_params(format!("There is no tool {}.", quoted(tool))))
}
