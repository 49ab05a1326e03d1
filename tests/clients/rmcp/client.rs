//! The client: its person, its connection and its calls.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use harness::App;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientCapabilities, ClientConfig, ElicitRequestParams,
    ElicitResult, ElicitationAction, ErrorData, Implementation, ProtocolVersion, ReadResourceRequestParams,
    ResourceContents, ResourceUpdatedNotificationParam,
};
use rmcp::service::{NotificationContext, RequestContext, RunningService};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{ClientHandler, ClientLifecycleMode, ClientServiceExt, RoleClient};
use serde_json::{Value, json};

/// The client's side: a person who is asked, and what it is told.
#[derive(Clone, Default)]
pub struct Person {
    pub capabilities: ClientCapabilities,
    agrees: Arc<AtomicBool>,
    pub questions: Arc<Mutex<Vec<String>>>,
    pub updated: Arc<Mutex<Vec<String>>>,
}

impl Person {
    /// One whose client declares these capabilities.
    pub fn with(capabilities: Value) -> Self {
        Self { capabilities: serde_json::from_value(capabilities).unwrap(), ..Self::default() }
    }

    pub fn who_can_be_asked() -> Self {
        Self::with(json!({"elicitation": {}}))
    }

    pub fn will_agree(&self, agrees: bool) {
        self.agrees.store(agrees, Ordering::SeqCst);
        self.questions.lock().unwrap().clear();
    }

    pub fn asked(&self) -> usize {
        self.questions.lock().unwrap().len()
    }
}

impl ClientHandler for Person {
    fn get_info(&self) -> ClientConfig {
        let client = Implementation::new("rmcp-client", "1.0.0");
        ClientConfig::new(self.capabilities.clone(), client)
            .with_protocol_version(ProtocolVersion::V_2025_11_25)
    }

    async fn create_elicitation(
        &self,
        request: ElicitRequestParams,
        _context: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        let ElicitRequestParams::FormElicitationParams { message, .. } = request else {
            return Ok(ElicitResult::new(ElicitationAction::Cancel));
        };
        self.questions.lock().unwrap().push(message);
        Ok(if self.agrees.load(Ordering::SeqCst) {
            ElicitResult::new(ElicitationAction::Accept).with_content(json!({"confirm": true}))
        } else {
            ElicitResult::new(ElicitationAction::Decline)
        })
    }

    async fn on_resource_updated(
        &self,
        params: ResourceUpdatedNotificationParam,
        _context: NotificationContext<RoleClient>,
    ) {
        self.updated.lock().unwrap().push(params.uri);
    }
}

/// A connection, and its calls.
pub struct Client(pub RunningService<RoleClient, Person>);

impl Client {
    pub async fn connect(token: &str, mode: ClientLifecycleMode, person: Person) -> Self {
        let config = StreamableHttpClientTransportConfig::with_uri(format!("{}/mcp", App::shared().url))
            .auth_header(token);
        let transport = StreamableHttpClientTransport::from_config(config);
        Self(person.serve_with_lifecycle(transport, mode).await.unwrap())
    }

    pub async fn result(&self, tool: &'static str, arguments: Value) -> CallToolResult {
        self.0.call_tool(call(tool, arguments)).await.unwrap()
    }

    pub async fn call(&self, tool: &'static str, arguments: Value) -> Value {
        let result = self.result(tool, arguments).await;
        assert_ne!(result.is_error, Some(true), "{tool}: {result:?}");
        result.structured_content.unwrap()
    }

    /// The words of a call that must fail.
    pub async fn refusal(&self, tool: &'static str, arguments: Value) -> String {
        let result = self.result(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{tool}: {result:?}");
        result.content[0].as_text().unwrap().text.clone()
    }

    pub async fn read(&self, uri: &str) -> String {
        let read = self.0.read_resource(ReadResourceRequestParams::new(uri)).await.unwrap();
        match &read.contents[0] {
            ResourceContents::TextResourceContents { text, .. } => text.clone(),
            other => panic!("{other:?}"),
        }
    }
}

pub fn call(tool: &'static str, arguments: Value) -> CallToolRequestParams {
    CallToolRequestParams::new(tool).with_arguments(arguments.as_object().unwrap().clone())
}
