//! A small server, and requests to it as they come over HTTP.

#![allow(dead_code, deprecated, reason = "each test file uses a part of it")]

mod client;
mod memory;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use mcp_protocol::{
    CallError, Caller, ClientFeatures, Outcome, RequestContext, Runtime, Sealer, Server, ServerInfo, Skill,
    Skills, ToolCall, ToolDefinition, ToolResult,
    model::{
        ExtensionCapabilities, Implementation, InputRequest, JsonObject, ResourcesCapability,
        ServerCapabilities, Tool, ToolsCapability,
    },
};
use serde_json::{Value, json};

pub use client::*;
pub use memory::Memory;

/// Adds numbers; keeps one tool from callers who may not have it; asks before it forgets; may take long.
pub struct TestServer {
    info: ServerInfo,
    sealer: Sealer,
    tools: Vec<ToolDefinition>,
    skills: Skills,
    memory: Memory,
    /// How many calls of the tool `linger` came to their end.
    pub lingered: AtomicUsize,
}

/// What a caller of the test server may do.
#[derive(Clone)]
pub struct TestCaller {
    pub name: &'static str,
    pub may_reset: bool,
}

impl Caller for TestCaller {
    fn user(&self) -> &str {
        self.name
    }
}

/// Anybody.
pub const CALLER: TestCaller = TestCaller { name: "caller", may_reset: false };

/// The server that all tests of a file share.
pub fn test_server() -> &'static TestServer {
    static TEST_SERVER: OnceLock<TestServer> = OnceLock::new();
    TEST_SERVER.get_or_init(TestServer::new)
}

impl TestServer {
    fn new() -> Self {
        let schema = |value: Value| value.as_object().unwrap().clone();
        let add = Tool::new(
            "add",
            "Adds two numbers.",
            schema(json!({"type": "object", "additionalProperties": false})),
        )
        .with_title("Add")
        .with_raw_output_schema(schema(json!({"type": "object"})).into());
        let object = || schema(json!({"type": "object"}));
        let reset = Tool::new("reset", "Forgets everything.", object());
        let forget = Tool::new("forget", "Asks before it forgets.", object());
        let long = Tool::new("long", "Takes long.", object());
        let mut capabilities = ServerCapabilities::default();
        capabilities.tools = Some(ToolsCapability::default());
        capabilities.logging = Some(JsonObject::new());
        capabilities.resources = Some(ResourcesCapability::default());
        capabilities.extensions = Some(ExtensionCapabilities::from([
            ("io.modelcontextprotocol/tasks".to_owned(), JsonObject::new()),
            ("io.modelcontextprotocol/skills".to_owned(), JsonObject::new()),
        ]));
        let skill = Skill::new("---\nname: adding\ndescription: How to add.\n---\n\n# Adding\n", Vec::new());
        Self {
            info: ServerInfo::new(
                &Implementation::new("test-server", "1.2.3"),
                Some("Add numbers."),
                capabilities,
            )
            .unwrap(),
            sealer: Sealer::new([&b"a secret of the test server"[..]]).unwrap(),
            tools: [add, forget, long, reset].iter().map(|tool| ToolDefinition::new(tool).unwrap()).collect(),
            skills: Skills::new(vec![skill.unwrap()]),
            memory: Memory::default(),
            lingered: AtomicUsize::new(0),
        }
    }

    pub fn memory(&self) -> &Memory {
        &self.memory
    }
}

/// Runs the server in a test.
pub struct Tokio;

impl Runtime for Tokio {
    fn spawn(work: LocalBoxFuture<'static, ()>) {
        tokio::task::spawn_local(work);
    }

    fn sleep(time: Duration) -> LocalBoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

impl Server for TestServer {
    type Caller = TestCaller;
    type Store = Memory;
    type Runtime = Tokio;

    fn info(&self) -> &ServerInfo {
        &self.info
    }

    fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    fn store(&self, _caller: &TestCaller) -> Memory {
        self.memory.clone()
    }

    fn tools<'a>(
        &'a self,
        caller: &'a TestCaller,
        _client: ClientFeatures,
    ) -> impl Iterator<Item = &'a ToolDefinition> {
        self.tools.iter().filter(|tool| caller.may_reset || tool.name() != "reset")
    }

    async fn call_tool(
        &self,
        caller: &TestCaller,
        context: &RequestContext<'_>,
        call: ToolCall<'_>,
    ) -> Result<Outcome<ToolResult>, CallError> {
        match call.name {
            "add" => Ok(add(call).into()),
            "reset" if caller.may_reset => Ok(ToolResult::content(Vec::new()).into()),
            "reset" => Err(CallError::InsufficientScope { scope: "test:reset".to_owned() }),
            "broken" => Err(CallError::Internal("It was logged under 7.".to_owned())),
            "busy" => Err(CallError::RateLimited { seconds: 7, limit: 60 }),
            "forget" => Ok(forget(context)),
            "long" if context.can_defer() => Ok(Outcome::Defer),
            "linger" => {
                context.progress(1.0, None, None);
                context.sleep(Duration::from_secs(3)).await;
                self.lingered.fetch_add(1, Ordering::Relaxed);
                Ok(ToolResult::content(Vec::new()).into())
            }
            "long" => {
                for step in 1..=3_u8 {
                    context.sleep(Duration::from_secs(1)).await;
                    context.progress(f64::from(step), Some(3.0), None);
                }
                Ok(ToolResult::structured(&json!({"slept": 3})).unwrap().into())
            }
            _ => Err(CallError::NotFound),
        }
    }

    fn skills(&self) -> &Skills {
        &self.skills
    }

    fn scope_challenge(&self, _caller: &TestCaller, scope: &str) -> Option<String> {
        Some(format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\""))
    }
}

fn add(call: ToolCall<'_>) -> ToolResult {
    // A number may be too large, or an escape mean no character.
    let numbers: Value =
        call.arguments.and_then(|text| serde_json::from_str(text.get()).ok()).unwrap_or_default();
    let (Some(a), Some(b)) = (numbers["a"].as_i64(), numbers["b"].as_i64()) else {
        return ToolResult::error("Give two numbers, \"a\" and \"b\".");
    };
    ToolResult::structured(&json!({"sum": a.saturating_add(b)})).unwrap()
}

/// Asks twice: whether, and then why.
fn forget(context: &RequestContext<'_>) -> Outcome<ToolResult> {
    let ask = |key: &str, state: Value| Outcome::Ask {
        requests: [(key.to_owned(), question())].into(),
        state: Some(state),
    };
    match (context.state().and_then(Value::as_str), context.answer("sure"), context.answer("why")) {
        (Some("asked why"), _, Some(why)) => {
            ToolResult::structured(&json!({"why": why["content"]["text"]})).unwrap().into()
        }
        (Some("asked"), Some(answer), _) if answer["action"] == "accept" => ask("why", json!("asked why")),
        (Some("asked"), Some(_), _) => ToolResult::error("Nothing was forgotten.").into(),
        _ => ask("sure", json!("asked")),
    }
}

fn question() -> InputRequest {
    serde_json::from_value(json!({"method": "elicitation/create", "params": {
        "mode": "form",
        "message": "Say more.",
        "requestedSchema": {"type": "object", "properties": {"text": {"type": "string"}}},
    }}))
    .unwrap()
}
