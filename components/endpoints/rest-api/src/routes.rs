//! The route table, and the way from a request to its operation.

use endpoint::routing::{self, Resolution, Route};
use endpoint::{Context, Problem, Request, Response};
use http::Method;

use crate::handler::{self, Call};

macro_rules! operations {
    ($($operation:ident = $tool:ident :: $function:ident ($input:ident) -> $output:ident),+ $(,)?) => {
        /// What can be done over REST: what the tools do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Operation {
            $(#[doc = concat!("What the tool `", stringify!($tool), "` does.")] $operation,)+
        }

        /// Calls the tool of an operation.
        async fn run(operation: Operation, call: Call) -> Result<Response, Problem> {
            match operation {
                $(Operation::$operation => handler::call(call, task_tools::$tool::$function).await,)+
            }
        }
    };
}
tool_catalog::with_tools!(operations);

/// Every route of this endpoint, as `openapi/*.json` describes them; the first template that fits counts.
pub static ROUTES: &[Route<Operation>] = &include!(concat!(env!("OUT_DIR"), "/routes.rs"));

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
    run(operation, Call { caller, id: parameters.take("id"), parts, body }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! named {
        ($($operation:ident = $tool:ident :: $function:ident ($input:ident) -> $output:ident),+ $(,)?) => {
            const OPERATIONS: &[(&str, Operation)] = &[$((stringify!($tool), Operation::$operation)),+];
        };
    }
    tool_catalog::with_tools!(named);

    fn operation(method: Method, path: &str) -> Result<Operation, u16> {
        match routing::resolve(ROUTES, &method, path) {
            Ok(Resolution::Operation(operation, _)) => Ok(operation),
            Ok(Resolution::Options { .. }) => panic!("{path}"),
            Err(problem) => Err(problem.status().as_u16()),
        }
    }

    #[test]
    fn every_tool_is_called_by_a_route() {
        for (name, operation) in OPERATIONS {
            assert!(
                ROUTES.iter().any(|route| route.operation == *operation),
                "openapi/{name}.json has to describe how the tool is called"
            );
        }
    }

    #[test]
    fn search_is_no_task_id() {
        assert_eq!(operation(Method::GET, "/api/v1/tasks/search"), Ok(Operation::SearchTasks));
        assert_eq!(operation(Method::GET, "/api/v1/tasks/7"), Ok(Operation::GetTask));
        assert_eq!(operation(Method::DELETE, "/api/v1/tasks/search"), Err(405));
        assert_eq!(operation(Method::GET, "/api/v1/tasks/export"), Ok(Operation::ExportTasks));
        assert_eq!(operation(Method::POST, "/api/v1/tasks/quick"), Ok(Operation::QuickAddTask));
        assert_eq!(operation(Method::GET, "/api/v1/tasks/quick"), Err(405));
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
    fn lists_have_paths_of_their_own() {
        assert_eq!(operation(Method::POST, "/api/v1/lists"), Ok(Operation::AddList));
        assert_eq!(operation(Method::GET, "/api/v1/lists"), Ok(Operation::ListLists));
        assert_eq!(operation(Method::PATCH, "/api/v1/lists/7"), Ok(Operation::UpdateList));
        assert_eq!(operation(Method::DELETE, "/api/v1/lists/7"), Ok(Operation::DeleteList));
        assert_eq!(operation(Method::GET, "/api/v1/lists/7"), Err(405));
    }

    #[test]
    fn a_task_can_not_be_replaced_as_a_whole() {
        assert_eq!(operation(Method::PUT, "/api/v1/tasks/7"), Err(405));
        assert_eq!(operation(Method::GET, "/api/v1/tasks/7/complete"), Err(405));
        assert_eq!(operation(Method::GET, "/api/v2/tasks"), Err(404));
    }
}
