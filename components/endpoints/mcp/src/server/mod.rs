//! The server of tasks: made once per instance, used by every request.

mod capabilities;
mod settings;

use std::sync::OnceLock;

use endpoint::Problem;
use mcp_protocol::{
    AllowedHosts, AllowedOrigins, CallError, Changes, ClientFeatures, Completion, Outcome, Page, Position,
    PromptCall, PromptDefinition, ProtectedResource, ReadResult, RequestContext, Sealer, Server, ServerInfo,
    Skills, ToolCall, ToolDefinition, ToolResult,
    model::{GetPromptResult, Implementation, Resource, ResourceTemplate},
};
use mcp_spin::{PostgresStore, SpinRuntime};
use task_model::scope;

use crate::{
    changes, completion, prompts, resources, routes, skills,
    tools::{self, ListedTool},
    user_context::UserContext,
};
use settings::{Settings, config_error, words};

/// What a model is told of the server as a whole.
const INSTRUCTIONS: &str = include_str!("../instructions.txt");

/// The scopes that the tools need.
const SCOPES: &[&str] = &[scope::READ, scope::WRITE, scope::DELETE];

/// The tools, what is said of them, and who may come.
pub(crate) struct TaskServer {
    info: ServerInfo,
    sealer: Sealer,
    tools: Vec<ListedTool>,
    prompts: Vec<PromptDefinition>,
    templates: Vec<ResourceTemplate>,
    skills: OnceLock<Skills>,
    resource: ProtectedResource,
    allowed_origins: AllowedOrigins,
    allowed_hosts: AllowedHosts,
    calls_per_minute: u32,
    listening_streams: u32,
}

static SERVER: OnceLock<TaskServer> = OnceLock::new();

/// The server of this instance. An instance serves many requests, and none of this ever changes.
pub(crate) async fn server() -> Result<&'static TaskServer, Problem> {
    if let Some(server) = SERVER.get() {
        return Ok(server);
    }
    let settings = Settings::load().await?;
    let server = TaskServer::new(&settings)?;
    Ok(SERVER.get_or_init(|| server))
}

impl TaskServer {
    fn new(settings: &Settings) -> Result<Self, Problem> {
        let no_json = |error| {
            config_error(&format!("what the server says of itself can't be written as JSON: {error}"))
        };
        let public_url = Some(settings.public_url.as_str()).filter(|url| !url.is_empty());
        let identity = Implementation::new("todo-assistant", env!("CARGO_PKG_VERSION"));
        let identity = identity.with_title("Todo assistant");
        // Without one, each client knows its own.
        let identity = match public_url {
            Some(url) => identity.with_website_url(url),
            None => identity,
        };
        let sealer = Sealer::new(settings.secrets.iter().map(String::as_bytes));
        Ok(Self {
            info: ServerInfo::new(
                &identity,
                Some(INSTRUCTIONS.trim_end()),
                capabilities::declare_capabilities(),
            )
            .map_err(no_json)?,
            sealer: sealer.map_err(|error| config_error(&format!("auth_secret can't be used: {error}")))?,
            tools: ListedTool::all(),
            prompts: prompts::definitions().map_err(no_json)?,
            templates: resources::templates(),
            skills: OnceLock::new(),
            resource: ProtectedResource::new(routes::MCP, "Todo assistant", SCOPES),
            allowed_origins: AllowedOrigins::new(words(&settings.cors_origins)),
            allowed_hosts: AllowedHosts::new(words(&settings.allowed_hosts).chain(public_url)),
            calls_per_minute: settings.calls_per_minute,
            listening_streams: settings.listening_streams,
        })
    }

    /// The resource that tokens are for.
    pub(crate) fn resource(&self) -> &ProtectedResource {
        &self.resource
    }

    /// Whose pages may call, beside its own.
    pub(crate) fn allowed_origins(&self) -> &AllowedOrigins {
        &self.allowed_origins
    }

    /// Under which names it may be called.
    pub(crate) fn allowed_hosts(&self) -> &AllowedHosts {
        &self.allowed_hosts
    }
}

impl Server for TaskServer {
    type Caller = UserContext;
    type Store = PostgresStore;
    type Runtime = SpinRuntime;

    fn info(&self) -> &ServerInfo {
        &self.info
    }

    fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    fn store(&self, caller: &UserContext) -> PostgresStore {
        PostgresStore::new(&caller.user_id, &caller.request_id)
    }

    fn tools<'a>(
        &'a self,
        caller: &'a UserContext,
        client: ClientFeatures,
    ) -> impl Iterator<Item = &'a ToolDefinition> {
        self.tools
            .iter()
            .filter(|tool| scope::require(caller, tool.scope()).is_ok())
            .filter_map(move |tool| tool.definition(client.elicitation))
    }

    async fn call_tool(
        &self,
        caller: &UserContext,
        context: &RequestContext<'_>,
        call: ToolCall<'_>,
    ) -> Result<Outcome<ToolResult>, CallError> {
        let tool = self.tools.iter().find(|tool| tool.operation.name() == call.name);
        tools::call(caller, context, tool.ok_or(CallError::NotFound)?, call, self.calls_per_minute).await
    }

    async fn list_resources(
        &self,
        caller: &UserContext,
        cursor: Option<&str>,
    ) -> Result<Page<Resource>, CallError> {
        resources::list(caller, cursor).await
    }

    fn resource_templates(&self) -> &[ResourceTemplate] {
        &self.templates
    }

    async fn read_resource(
        &self,
        caller: &UserContext,
        _context: &RequestContext<'_>,
        uri: &str,
    ) -> Result<Outcome<ReadResult>, CallError> {
        resources::read(caller, uri).await.map(Outcome::Complete)
    }

    fn prompts(&self, _caller: &UserContext) -> &[PromptDefinition] {
        &self.prompts
    }

    async fn get_prompt(
        &self,
        caller: &UserContext,
        _context: &RequestContext<'_>,
        call: PromptCall<'_>,
    ) -> Result<Outcome<GetPromptResult>, CallError> {
        prompts::get(caller, &call).await.map(Outcome::Complete)
    }

    async fn complete(
        &self,
        caller: &UserContext,
        completion: &Completion<'_>,
    ) -> Result<Vec<String>, CallError> {
        completion::complete(caller, completion).await
    }

    fn skills(&self) -> &Skills {
        // Only a few clients ask for them, and their digests take a moment.
        self.skills.get_or_init(|| skills::all(&self.tools))
    }

    async fn changes(&self, caller: &UserContext, since: Option<&Position>) -> Result<Changes, CallError> {
        changes::since(caller, since).await
    }

    fn max_listening_streams(&self) -> u32 {
        self.listening_streams
    }

    fn scope_challenge(&self, caller: &UserContext, scope: &str) -> Option<String> {
        Some(self.resource.scope_challenge(caller.origin.as_str(), &caller.scopes, scope))
    }
}
