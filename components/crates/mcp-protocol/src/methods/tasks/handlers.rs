//! What a client does with tasks.

use uuid::Uuid;

use super::{TTL_MS, detailed, summary, worker};
use crate::{
    message::{Params, RpcError, quoted},
    methods::{
        Request, RequestError,
        result::{Empty, write, write_as},
    },
    server::{Round, Server, Store as _, TaskWork, ToolCall, tasks_required},
};

/// Answers a call with a task that makes it.
pub(in crate::methods) async fn create<S: Server>(
    request: &Request<'_, S>,
    call: ToolCall<'_>,
    round: Round,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    check_client(request)?;
    let work = TaskWork {
        tool: call.name.to_owned(),
        arguments: call.arguments.map_or("{}", |arguments| arguments.get()).to_owned(),
        client: request.client.bits(),
        rounds: 0,
        state: round.state,
        answers: round.answers,
    };
    let (task, worker) = (Uuid::now_v7(), Uuid::now_v7());
    let store = request.server.store(request.caller);
    let record = store.create_task(task, &work, TTL_MS, worker, worker::LEASE_SECONDS).await?;
    request.server.spawn(worker::run(request.server, request.caller.clone(), task, worker, work));
    write_as(request, out, "task", None, &summary(&record))
}

/// `tasks/get`
pub(in crate::methods) async fn get<S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    let id = task_id(request)?;
    let task = request.server.store(request.caller).task(id).await?.ok_or_else(|| unknown_task(id))?;
    if task.is_abandoned {
        worker::take_over(request.server, request.caller, id).await?;
    }
    write(request, out, None, &detailed(&task))
}

/// `tasks/update`
pub(in crate::methods) async fn update<S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    let id = task_id(request)?;
    let answers = request
        .params
        .answers()?
        .ok_or_else(|| RpcError::invalid_params("The member inputResponses of params is missing."))?;
    if !request.server.store(request.caller).update_task(id, &answers).await? {
        return Err(unknown_task(id).into());
    }
    worker::take_over(request.server, request.caller, id).await?;
    write(request, out, None, &Empty {})
}

/// `tasks/cancel`
pub(in crate::methods) async fn cancel<S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    let id = task_id(request)?;
    if !request.server.store(request.caller).cancel_task(id).await? {
        return Err(unknown_task(id).into());
    }
    write(request, out, None, &Empty {})
}

fn check_client<S: Server>(request: &Request<'_, S>) -> Result<(), RpcError> {
    if request.client.tasks { Ok(()) } else { Err(RpcError::missing_capability(&tasks_required())) }
}

fn task_id<S: Server>(request: &Request<'_, S>) -> Result<Uuid, RequestError> {
    check_client(request)?;
    let id = Params::string(request.params.task_id, "taskId")?;
    Uuid::try_parse(&id)
        .map_err(|_| RpcError::invalid_params(format!("There is no task {}.", quoted(&id))).into())
}

fn unknown_task(id: Uuid) -> RpcError {
    RpcError::invalid_params(format!("There is no task \"{id}\"."))
}
