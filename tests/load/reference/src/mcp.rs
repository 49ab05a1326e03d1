//! MCP, by the official Rust SDK.

use http::request::Parts;
use rmcp::handler::server::tool::Extension;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{ServerCapabilities, ServerConfig};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, Json, ServerHandler, tool, tool_handler, tool_router};
use task_model::types::{NewTask, Task, TaskPage, TaskQuery};

use crate::State;
use crate::database::Error;

#[derive(Clone)]
pub struct Tools {
    state: State,
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

#[tool_handler]
impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }
}

fn fault(error: Error) -> ErrorData {
    ErrorData::internal_error(error.to_string(), None)
}

/// The service, without sessions and answering in JSON, as the app does.
pub fn service(state: State) -> StreamableHttpService<Tools, LocalSessionManager> {
    let config =
        StreamableHttpServerConfig::default().with_legacy_session_mode(false).with_json_response(true);
    StreamableHttpService::new(
        move || Ok(Tools { state: state.clone() }),
        LocalSessionManager::default().into(),
        config,
    )
}
