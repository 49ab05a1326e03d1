//! The list of tools, as the MCP endpoint answers it.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use task_model::types::{Consent, Wording};

use super::Tool;
use super::reply::{Reply, ResultMeta};

/// A page of the tools.
pub struct Page {
    /// The tools.
    pub tools: Vec<Tool>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// How long it may be kept; not at all where nothing is said.
    pub fresh_for: Duration,
    /// Which release says so.
    pub release: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListResult {
    tools: Vec<Listed>,
    next_cursor: Option<String>,
    #[serde(default)]
    ttl_ms: u64,
    #[serde(default, rename = "_meta")]
    meta: ResultMeta,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    name: String,
    title: Option<String>,
    #[serde(default)]
    description: String,
    input_schema: Value,
    #[serde(default)]
    annotations: Annotations,
    #[serde(default, rename = "_meta")]
    meta: Meta,
}

/// What the protocol has no member for, and the MCP endpoint of this app says.
#[derive(Default, Deserialize)]
struct Meta {
    #[serde(rename = "todo/consent")]
    consent: Option<Consent>,
    #[serde(rename = "todo/wording")]
    wording: Option<Wording>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Annotations {
    title: Option<String>,
    read_only_hint: Option<bool>,
    destructive_hint: Option<bool>,
}

/// Reads a page; `None` when it is none.
pub fn read_page(body: &[u8]) -> Option<Page> {
    let page = serde_json::from_slice::<Reply<ListResult>>(body).ok()?.result?;
    Some(Page {
        tools: page.tools.into_iter().map(Tool::from).collect(),
        next_cursor: page.next_cursor,
        fresh_for: Duration::from_millis(page.ttl_ms),
        release: page.meta.release(),
    })
}

impl From<Listed> for Tool {
    fn from(listed: Listed) -> Self {
        let hints = listed.annotations;
        let read_only = hints.read_only_hint.unwrap_or(false);
        let consent = listed.meta.consent.unwrap_or(Consent::None);
        Self {
            title: listed.title.or(hints.title).unwrap_or_else(|| listed.name.clone()),
            name: listed.name,
            description: listed.description,
            input_schema: listed.input_schema.to_string(),
            read_only,
            // The protocol's default: a tool that does not say it is harmless may not be.
            destructive: !read_only && (consent != Consent::None || hints.destructive_hint.unwrap_or(true)),
            consent,
            wording: listed.meta.wording,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_destructive_unless_it_says_otherwise() {
        let tool = |annotations: &str| {
            let body = format!(
                r#"{{"jsonrpc":"2.0","id":1,"result":{{"tools":[{{"name":"t","inputSchema":{{"type":"object"}},"annotations":{annotations}}}]}}}}"#
            );
            read_page(body.as_bytes()).unwrap().tools.remove(0)
        };
        for (annotations, read_only, destructive) in [
            ("{}", false, true),
            (r#"{"readOnlyHint":true}"#, true, false),
            (r#"{"readOnlyHint":true,"destructiveHint":true}"#, true, false),
            (r#"{"destructiveHint":false}"#, false, false),
            (r#"{"readOnlyHint":false,"destructiveHint":true}"#, false, true),
        ] {
            let tool = tool(annotations);
            assert_eq!((tool.read_only, tool.destructive), (read_only, destructive), "{annotations}");
        }
    }

    #[test]
    fn a_tool_that_needs_consent_is_asked_about() {
        let body = br#"{"result":{"tools":[{"name":"t","annotations":{"destructiveHint":false},
            "inputSchema":{"type":"object"},"_meta":{"todo/consent":"many","todo/version":"1.0.0",
            "todo/wording":{"verb":"archive","running":"Archiving {tasks}","done":"Archived {tasks}"}}}]}}"#;
        let tool = read_page(body).unwrap().tools.remove(0);
        assert!(tool.destructive && tool.consent == Consent::Many);
        assert_eq!(tool.wording.unwrap().verb, "archive");
    }

    #[test]
    fn a_page_names_the_next_one_and_says_how_long_it_is_good_and_who_says_so() {
        let page = read_page(
            br#"{"result":{"tools":[],"nextCursor":"x","ttlMs":300000,"cacheScope":"private",
                "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"todo","version":"2"}}}}"#,
        )
        .unwrap();
        assert_eq!((page.tools.len(), page.next_cursor.as_deref()), (0, Some("x")));
        assert_eq!((page.fresh_for.as_secs(), page.release.as_deref()), (300, Some("todo 2")));
        assert_eq!(read_page(br#"{"result":{"tools":[]}}"#).unwrap().fresh_for, Duration::ZERO);
        assert!(read_page(br#"{"error":{"code":-1,"message":"no"}}"#).is_none());
        assert!(read_page(b"<html>").is_none());
    }
}
