//! What a server has to do; everything else is the protocol.

mod call;
mod changes;
mod client;
mod notification_sink;
mod prompt;
mod request_context;
mod resource;
mod runtime;
mod sealer;
mod server_info;
mod session;
mod skill;
mod store;
mod tool;

use std::time::Duration;

use futures_util::future::LocalBoxFuture;

pub use call::{CallError, Outcome};
pub use changes::{Changes, Position};
pub use client::ClientFeatures;
pub(crate) use client::{TASKS, tasks_required};
pub(crate) use notification_sink::{Event, LogFilter, NotificationSink, ResumableStream};
pub use prompt::{Completion, PromptCall, PromptDefinition};
pub use request_context::RequestContext;
pub(crate) use request_context::{CallOrigin, Round};
pub use resource::{CachePolicy, Page, ReadResult};
pub use runtime::Runtime;
pub use sealer::{SealError, Sealer};
pub use server_info::ServerInfo;
pub(crate) use session::Session;
pub(crate) use skill::DIRECTORY;
pub use skill::{Skill, SkillError, SkillFile, Skills};
pub use store::{
    RecordedResponses, SessionState, Store, StoreError, StoredEvents, TaskRecord, TaskState, TaskStep,
    TaskWork,
};
pub(crate) use tool::ParameterHeader;
pub use tool::{ToolCall, ToolDefinition, ToolResult};

use rmcp::model::{GetPromptResult, Resource, ResourceTemplate};

/// Who a request is made for.
pub trait Caller: Clone + 'static {
    /// The user's id. What is sealed for one user is worth nothing to another.
    fn user(&self) -> &str;
}

/// A server. One value serves every request: it holds nothing of any one of them. What a client must find again, whichever
/// process it reaches, is in its [`Store`].
///
/// What a server has beyond tools is optional: it is offered where [`ServerInfo`] declares it.
pub trait Server: Sized + 'static {
    /// On whose behalf a request is made, and what it may do.
    type Caller: Caller;
    /// Where what outlives a request is kept.
    type Store: Store;
    /// What runs the server.
    type Runtime: Runtime;

    /// What the server says of itself.
    fn info(&self) -> &ServerInfo;

    /// What seals request states and session ids.
    fn sealer(&self) -> &Sealer;

    /// What is kept for this caller.
    fn store(&self, caller: &Self::Caller) -> Self::Store;

    /// Runs work that outlives the answer to its request.
    fn spawn(&self, work: LocalBoxFuture<'static, ()>) {
        Self::Runtime::spawn(work);
    }

    /// Waits.
    fn sleep(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        Self::Runtime::sleep(time)
    }

    /// The tools that this caller may call, always in the same order. What is said of one may depend on what the client
    /// can do: a client keeps a list for itself, and can do the same as long as it does.
    fn tools<'a>(
        &'a self,
        caller: &'a Self::Caller,
        client: ClientFeatures,
    ) -> impl Iterator<Item = &'a ToolDefinition>;

    /// The tool of this name, whoever may call it, where clients repeat some of its parameters in headers (`x-mcp-header`).
    fn tool_with_headers(&self, _name: &str) -> Option<&ToolDefinition> {
        None
    }

    /// Calls a tool. What goes wrong inside the tool is a result too ([`ToolResult::error`]), so that a model reads it.
    ///
    /// A tool that wants to know more answers [`Outcome::Ask`] and is called again with the answers, in whichever way the
    /// client speaks: it is a function of its arguments, the answers and the state it gave out.
    ///
    /// # Errors
    ///
    /// Fails where the tool was not called at all.
    fn call_tool(
        &self,
        caller: &Self::Caller,
        context: &RequestContext<'_>,
        call: ToolCall<'_>,
    ) -> impl Future<Output = Result<Outcome<ToolResult>, CallError>>;

    /// A page of the caller's resources.
    ///
    /// # Errors
    ///
    /// Fails where the cursor is none of this server, or the resources can't be had.
    fn list_resources(
        &self,
        _caller: &Self::Caller,
        _cursor: Option<&str>,
    ) -> impl Future<Output = Result<Page<Resource>, CallError>> {
        async { Ok(Page::default()) }
    }

    /// The shapes of URIs that can be read.
    fn resource_templates(&self) -> &[ResourceTemplate] {
        &[]
    }

    /// Reads a resource that is no file of a skill.
    ///
    /// # Errors
    ///
    /// [`CallError::NotFound`] where this caller has none of this URI.
    fn read_resource(
        &self,
        _caller: &Self::Caller,
        _context: &RequestContext<'_>,
        _uri: &str,
    ) -> impl Future<Output = Result<Outcome<ReadResult>, CallError>> {
        async { Err(CallError::NotFound) }
    }

    /// The prompts that this caller may use, always in the same order.
    fn prompts(&self, _caller: &Self::Caller) -> &[PromptDefinition] {
        &[]
    }

    /// Fills in a prompt.
    ///
    /// # Errors
    ///
    /// [`CallError::NotFound`] where there is none of this name.
    fn get_prompt(
        &self,
        _caller: &Self::Caller,
        _context: &RequestContext<'_>,
        _call: PromptCall<'_>,
    ) -> impl Future<Output = Result<Outcome<GetPromptResult>, CallError>> {
        async { Err(CallError::NotFound) }
    }

    /// Values that could complete an argument, best first.
    ///
    /// # Errors
    ///
    /// [`CallError::NotFound`] where there is no such prompt or template.
    fn complete(
        &self,
        _caller: &Self::Caller,
        _completion: &Completion<'_>,
    ) -> impl Future<Output = Result<Vec<String>, CallError>> {
        async { Ok(Vec::new()) }
    }

    /// The skills that are served.
    fn skills(&self) -> &Skills {
        Skills::none()
    }

    /// What changed for this caller since a position; without one, just the position that is now.
    ///
    /// # Errors
    ///
    /// Fails where it can't be had.
    fn changes(
        &self,
        _caller: &Self::Caller,
        _since: Option<&Position>,
    ) -> impl Future<Output = Result<Changes, CallError>> {
        async { Ok(Changes::default()) }
    }

    /// On how many streams a user may listen at a time, over all processes; 0 for as many as they like.
    fn max_listening_streams(&self) -> u32 {
        0
    }

    /// The value of `WWW-Authenticate` for a caller whose token lacks a scope. Without one, the answer carries none.
    fn scope_challenge(&self, _caller: &Self::Caller, _scope: &str) -> Option<String> {
        None
    }
}
