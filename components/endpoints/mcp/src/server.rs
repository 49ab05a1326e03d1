//! The server of tasks: made once per instance, used by every request.

use std::sync::OnceLock;

use endpoint::{Kind, Problem};
use mcp_protocol::{
    AllowedOrigins, CallError, ProtectedResource, Server, ServerCard, ToolCall, ToolDefinition, ToolResult,
    model::Implementation,
};
use task_model::{
    scope,
    types::{Caller, ToolError},
};

use crate::{
    problem, routes,
    tools::{self, ListedTool},
};

/// What a model is told of the server as a whole.
const INSTRUCTIONS: &str = include_str!("instructions.txt");

/// The scopes that the tools need.
const SCOPES: &[&str] = &[scope::READ, scope::WRITE, scope::DELETE];

/// The tools, what is said of them, and who may come.
pub(crate) struct TaskServer {
    card: ServerCard,
    tools: Vec<ListedTool>,
    resource: ProtectedResource,
    allowed_origins: AllowedOrigins,
}

static SERVER: OnceLock<TaskServer> = OnceLock::new();

/// The server of this instance. An instance serves many requests, and none of this ever changes.
pub(crate) async fn server() -> Result<&'static TaskServer, Problem> {
    if let Some(server) = SERVER.get() {
        return Ok(server);
    }
    let public_url = variable("public_url").await?;
    let cors_origins = variable("cors_origins").await?;
    let server = TaskServer::new(&public_url, &cors_origins).map_err(|error| {
        eprintln!("what the tools say of themselves can't be written as JSON: {error}");
        Problem::new(Kind::InternalError)
    })?;
    Ok(SERVER.get_or_init(|| server))
}

async fn variable(name: &str) -> Result<String, Problem> {
    spin_sdk::variables::get(name).await.map_err(|error| {
        eprintln!("the variable {name} can't be read: {error}");
        Problem::new(Kind::InternalError)
    })
}

/// Only faults on this side are worth a line. They are results here, so nothing after this knows of them.
fn log(caller: &Caller, tool: &str, problem: &Problem) {
    if problem.status().is_server_error() {
        eprintln!(
            "request {} for {tool}: {}: {}",
            caller.request_id,
            problem.kind.name(),
            problem.sentence()
        );
    }
}

impl TaskServer {
    fn new(public_url: &str, cors_origins: &str) -> Result<Self, serde_json::Error> {
        let identity = Implementation::new("todo-assistant", env!("CARGO_PKG_VERSION"))
            .with_title("Todo assistant")
            .with_website_url(public_url);
        let origins = cors_origins.split([',', ' ']).filter(|origin| !origin.is_empty());
        Ok(Self {
            card: ServerCard::new(&identity, Some(INSTRUCTIONS.trim_end()))?,
            tools: tools::list()?,
            resource: ProtectedResource::new(public_url, routes::MCP, "Todo assistant", SCOPES),
            allowed_origins: AllowedOrigins::new(origins.chain([public_url])),
        })
    }

    /// The resource that tokens are for.
    pub(crate) fn resource(&self) -> &ProtectedResource {
        &self.resource
    }

    /// Whose pages may call.
    pub(crate) fn allowed_origins(&self) -> &AllowedOrigins {
        &self.allowed_origins
    }
}

impl Server for TaskServer {
    type Caller = Caller;

    fn card(&self) -> &ServerCard {
        &self.card
    }

    fn tools<'a>(&'a self, caller: &'a Caller) -> impl Iterator<Item = &'a ToolDefinition> {
        self.tools
            .iter()
            .filter(|tool| scope::require(caller, &tool.scope).is_ok())
            .map(|tool| &tool.definition)
    }

    async fn call_tool(&self, caller: &Caller, call: ToolCall<'_>) -> Result<ToolResult, CallError> {
        let tool = self
            .tools
            .iter()
            .find(|tool| tool.definition.name() == call.name)
            .ok_or(CallError::UnknownTool)?;
        if let Err(ToolError::Forbidden(scope)) = scope::require(caller, &tool.scope) {
            return Err(CallError::InsufficientScope { scope });
        }
        let arguments = call.arguments.map_or("{}", |arguments| arguments.get());
        tool.operation
            .run(caller, arguments)
            .await
            .unwrap_or_else(|problem| {
                log(caller, call.name, &problem);
                problem::as_result(problem, &caller.request_id)
            })
            .map_err(|error| {
                eprintln!("request {}: a result can't be written as JSON: {error}", caller.request_id);
                CallError::Internal(format!(
                    "Something went wrong on our side. Please report this id: {}.",
                    caller.request_id
                ))
            })
    }

    fn scope_challenge(&self, scope: &str) -> Option<String> {
        Some(self.resource.scope_challenge(scope))
    }
}
