//! The route table, and the way from a request to its operation.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Problem, Request, Response, accept};
use http::Method;
use task_tools::{complete_task, complete_tasks, delete_tasks, reopen_task, restore_tasks};

use crate::{overview, tasks};

/// What can be done over REST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Lists tasks, a page at a time.
    ListTasks,
    AddTask,
    /// Finds tasks by words.
    SearchTasks,
    /// Reads a task.
    GetTask,
    /// Changes a task.
    UpdateTask,
    DeleteTask,
    CompleteTask,
    ReopenTask,
    /// Tells where the user stands.
    ShowOverview,
    /// Writes many tasks into one document.
    ExportTasks,
    CompleteTasks,
    DeleteTasks,
    /// Brings tasks back.
    RestoreTasks,
}

const fn route(method: Method, template: &'static str, operation: Operation) -> Route<Operation> {
    Route { method, template, operation }
}

/// Every route of this endpoint. Words such as `search` stand before `{id}`: the first template that fits counts.
pub static ROUTES: &[Route<Operation>] = &[
    route(Method::GET, "/api/v1/tasks", Operation::ListTasks),
    route(Method::POST, "/api/v1/tasks", Operation::AddTask),
    route(Method::GET, "/api/v1/tasks/search", Operation::SearchTasks),
    route(Method::GET, "/api/v1/tasks/export", Operation::ExportTasks),
    route(Method::POST, "/api/v1/tasks/complete", Operation::CompleteTasks),
    route(Method::POST, "/api/v1/tasks/delete", Operation::DeleteTasks),
    route(Method::POST, "/api/v1/tasks/restore", Operation::RestoreTasks),
    route(Method::GET, "/api/v1/tasks/{id}", Operation::GetTask),
    route(Method::PATCH, "/api/v1/tasks/{id}", Operation::UpdateTask),
    route(Method::DELETE, "/api/v1/tasks/{id}", Operation::DeleteTask),
    route(Method::POST, "/api/v1/tasks/{id}/complete", Operation::CompleteTask),
    route(Method::POST, "/api/v1/tasks/{id}/reopen", Operation::ReopenTask),
    route(Method::GET, "/api/v1/overview", Operation::ShowOverview),
];

/// Finds the operation, checks who is calling, and runs it.
pub(crate) async fn dispatch(context: &Context, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let (operation, mut parameters) = match routing::resolve(ROUTES, &parts.method, parts.uri.path())? {
        Resolution::Operation(operation, parameters) => (operation, parameters),
        Resolution::Options { allow } => return Ok(routing::options(&allow)),
    };
    let principal = endpoint::authenticate(context, &parts.headers, None).await?;
    let caller = endpoint::caller(context, &principal, &parts.headers)?;
    call_budget::take_rest_call(&caller.user_id, &caller.request_id).await?;
    // A document is of the type that was asked for.
    if operation != Operation::ExportTasks {
        accept::negotiate(&parts.headers, &["application/json"])?;
    }
    let (headers, query, id) = (&parts.headers, parts.uri.query(), parameters.take("id"));
    match operation {
        Operation::ListTasks => tasks::list(caller, query).await,
        Operation::AddTask => tasks::add(caller, headers, body).await,
        Operation::SearchTasks => tasks::search(caller, query).await,
        Operation::GetTask => tasks::get(caller, id, headers).await,
        Operation::UpdateTask => tasks::update(caller, id, headers, body).await,
        Operation::DeleteTask => tasks::delete(caller, id, headers).await,
        Operation::CompleteTask => {
            tasks::change_one(complete_task::complete_task, caller, id, headers, body).await
        }
        Operation::ReopenTask => tasks::change_one(reopen_task::reopen_task, caller, id, headers, body).await,
        Operation::ShowOverview => overview::show(caller, query).await,
        Operation::ExportTasks => tasks::export(caller, headers, query).await,
        Operation::CompleteTasks => {
            tasks::change_many(complete_tasks::complete_tasks, caller, headers, body).await
        }
        Operation::DeleteTasks => tasks::change_many(delete_tasks::delete_tasks, caller, headers, body).await,
        Operation::RestoreTasks => {
            tasks::change_many(restore_tasks::restore_tasks, caller, headers, body).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(method: Method, path: &str) -> Result<Operation, u16> {
        match routing::resolve(ROUTES, &method, path) {
            Ok(Resolution::Operation(operation, _)) => Ok(operation),
            Ok(Resolution::Options { .. }) => panic!("{path}"),
            Err(problem) => Err(problem.status().as_u16()),
        }
    }

    #[test]
    fn search_is_no_task_id() {
        assert_eq!(operation(Method::GET, "/api/v1/tasks/search"), Ok(Operation::SearchTasks));
        assert_eq!(operation(Method::GET, "/api/v1/tasks/7"), Ok(Operation::GetTask));
        assert_eq!(operation(Method::DELETE, "/api/v1/tasks/search"), Err(405));
        assert_eq!(operation(Method::GET, "/api/v1/tasks/export"), Ok(Operation::ExportTasks));
    }

    #[test]
    fn many_are_changed_where_one_is_not() {
        assert_eq!(operation(Method::POST, "/api/v1/tasks/complete"), Ok(Operation::CompleteTasks));
        assert_eq!(operation(Method::POST, "/api/v1/tasks/7/complete"), Ok(Operation::CompleteTask));
        assert_eq!(operation(Method::POST, "/api/v1/tasks/delete"), Ok(Operation::DeleteTasks));
        assert_eq!(operation(Method::DELETE, "/api/v1/tasks/delete"), Err(405));
        assert_eq!(operation(Method::GET, "/api/v1/tasks/complete"), Err(405));
    }

    #[test]
    fn a_task_can_not_be_replaced_as_a_whole() {
        assert_eq!(operation(Method::PUT, "/api/v1/tasks/7"), Err(405));
        assert_eq!(operation(Method::GET, "/api/v1/tasks/7/complete"), Err(405));
        assert_eq!(operation(Method::GET, "/api/v2/tasks"), Err(404));
    }
}
