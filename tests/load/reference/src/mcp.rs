//! MCP, by the official Rust SDK.

use std::sync::Arc;

use http::request::Parts;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::tool::Extension;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CacheScope, ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, Json, RoleServer, ServerHandler, tool, tool_handler, tool_router};
use task_model::types::{NewTask, Task, TaskPage, TaskQuery};

use crate::State;
use crate::database::Error;

/// Made once: each request is served by a clone.
#[derive(Clone)]
pub struct Tools {
    state: State,
    /// What is listed: the app's own tools, so that both lists are of one size.
    listed: Arc<Vec<Tool>>,
    router: Arc<ToolRouter<Self>>,
}

#[tool_router]
impl Tools {
    #[tool(description = "Lists the caller's tasks, a page at a time.")]
    async fn list_tasks(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(query): Parameters<TaskQuery>,
    ) -> Result<Json<TaskPage>, ErrorData> {
        let user = self.user(&parts)?;
        self.state.list(&user, query.limit.unwrap_or(20)).await.map(Json).map_err(fault)
    }

    #[tool(description = "Adds one task to the caller's list.")]
    async fn add_task(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(task): Parameters<NewTask>,
    ) -> Result<Json<Task>, ErrorData> {
        let user = self.user(&parts)?;
        self.state.add(&user, task).await.map(Json).map_err(fault)
    }
}

impl Tools {
    fn user(&self, parts: &Parts) -> Result<String, ErrorData> {
        self.state.user(&parts.headers).ok_or_else(|| fault(Error::Unauthorized))
    }
}

#[tool_handler(router = self.router)]
impl ServerHandler for Tools {
    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let parts = context.extensions.get::<Parts>().ok_or_else(|| fault(Error::Unauthorized))?;
        self.user(parts)?;
        let mut listing = ListToolsResult::with_all_items(self.listed.to_vec());
        listing.ttl_ms = Some(0);
        listing.cache_scope = Some(CacheScope::Private);
        Ok(listing)
    }

    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }
}

fn fault(error: Error) -> ErrorData {
    ErrorData::internal_error(error.to_string(), None)
}

/// The service, without sessions and answering in JSON, as the app does.
pub fn service(state: State, listed: Vec<Tool>) -> StreamableHttpService<Tools, LocalSessionManager> {
    let tools = Tools { state, listed: Arc::new(listed), router: Arc::new(Tools::tool_router()) };
    let config =
        StreamableHttpServerConfig::default().with_legacy_session_mode(false).with_json_response(true);
    StreamableHttpService::new(move || Ok(tools.clone()), LocalSessionManager::default().into(), config)
}
