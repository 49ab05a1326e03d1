//! The tools: what is listed of them, and how each is called.

mod confirmation;
mod definition;
mod operation;
mod portable;
mod preview;
mod schema;

use std::sync::OnceLock;

use endpoint::{Kind, Problem};
use log::Level;
use mcp_protocol::{CallError, Outcome, RequestContext, ToolCall, ToolDefinition, ToolResult};
use task_model::{
    scope,
    types::{Consent as NeededConsent, Description, Duration, ToolError},
};

use crate::{
    problem,
    user_context::{UserContext, internal},
};
use confirmation::Consent;
pub(crate) use operation::Operation;

/// A tool as clients see it. What it says of itself is asked once in the life of an instance, and only when it is wanted: a
/// call of one tool wakes no other.
pub(crate) struct ListedTool {
    /// What it does.
    pub(crate) operation: Operation,
    description: OnceLock<Description>,
    /// For clients that can't ask the person, and for those that can.
    definitions: [OnceLock<Option<ToolDefinition>>; 2],
}

impl ListedTool {
    /// Every tool, in the order of lists.
    pub(crate) fn all() -> Vec<Self> {
        let unasked = |operation| Self {
            operation,
            description: OnceLock::new(),
            definitions: [const { OnceLock::new() }; 2],
        };
        Operation::ALL.into_iter().map(unasked).collect()
    }

    /// What it says of itself.
    pub(crate) fn description(&self) -> &Description {
        self.description.get_or_init(|| self.operation.describe())
    }

    /// The scope that a caller needs.
    pub(crate) fn scope(&self) -> &str {
        &self.description().scope
    }

    /// Whether the person has to agree: what it does can't be taken back, or touches many tasks.
    fn needs_consent(&self) -> bool {
        self.description().consent != NeededConsent::None
    }

    /// Whether it may take so long that a client may want to do something else meanwhile.
    fn takes_long(&self) -> bool {
        self.description().duration == Duration::Long
    }

    /// What lists say of it to a client that can, or can't, ask the person; nothing where that can't be written, which is a
    /// fault of ours.
    pub(crate) fn definition(&self, can_ask: bool) -> Option<&ToolDefinition> {
        let write = || {
            let written = definition::write(self, can_ask);
            written
                .inspect_err(|error| log::error!("{} can't be listed: {error}", self.operation.name()))
                .ok()
        };
        let [for_others, for_asking] = &self.definitions;
        let definition = if can_ask && self.needs_consent() { for_asking } else { for_others };
        definition.get_or_init(write).as_ref()
    }
}

/// Calls a tool, if the caller may, does not call too often, and the person agrees.
pub(crate) async fn call(
    person: &UserContext,
    context: &RequestContext<'_>,
    tool: &ListedTool,
    call: ToolCall<'_>,
    calls_per_minute: u32,
) -> Result<Outcome<ToolResult>, CallError> {
    if let Err(ToolError::Forbidden(scope)) = scope::require(person, tool.scope()) {
        return Err(CallError::InsufficientScope { scope });
    }
    // The rounds of one call count once.
    if context.state().is_none() && !context.is_task() {
        let admitted =
            mcp_spin::check_rate_limit(&person.user_id, &person.request_id, call.name, calls_per_minute)
                .await;
        match admitted {
            // What the tool would say as well, and in a way that a model reads.
            Err(CallError::Unavailable { seconds }) => {
                let problem = Problem::new(Kind::Unavailable).retry_after(seconds);
                return answer(person, call.name, Err(problem));
            }
            admitted => admitted?,
        }
    }
    let arguments = call.arguments.map_or("{}", |arguments| arguments.get());
    let consent = match confirmation::is_needed(context, tool, &call) {
        true => confirmation::request_consent(person, context, tool, arguments).await,
        false => Ok(Consent::Given(arguments.into())),
    };
    let arguments = match consent {
        Ok(Consent::Given(arguments)) => arguments,
        Ok(Consent::Required { requests, state }) => {
            return Ok(Outcome::Ask { requests, state: Some(state) });
        }
        Ok(Consent::Denied(sentence)) => return Ok(ToolResult::error(sentence).into()),
        Err(problem) => return answer(person, call.name, Err(problem)),
    };
    if tool.takes_long() && context.can_defer() {
        return Ok(Outcome::Defer);
    }
    answer(person, call.name, tool.operation.run(person, &arguments).await)
}

/// What came of it, as a result: also of what went wrong, so that a model reads it.
fn answer(
    person: &UserContext,
    tool: &str,
    done: Result<Result<ToolResult, serde_json::Error>, Problem>,
) -> Result<Outcome<ToolResult>, CallError> {
    let result = done.unwrap_or_else(|problem| {
        log(person, tool, &problem);
        problem::as_result(problem, &person.request_id)
    });
    result.map(Outcome::Complete).map_err(|error| {
        log::error!(request_id = person.request_id.as_str(); "a result can't be written as JSON: {error}");
        CallError::Internal(internal(&person.request_id))
    })
}

/// Only faults on this side are worth a line. They are results here, so nothing after this knows of them.
fn log(person: &UserContext, tool: &str, problem: &Problem) {
    if problem.status().is_server_error() {
        let level = if problem.kind == Kind::InternalError { Level::Error } else { Level::Warn };
        let request_id = person.request_id.as_str();
        log::log!(level, request_id, tool, problem = problem.kind.name(); "{}", problem.sentence());
    }
}
