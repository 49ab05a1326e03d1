//! Tools: what they say of themselves, how they are called, what they answer.

use rmcp::model::{ContentBlock, JsonObject, Tool};
use serde::Serialize;
use serde_json::{Value, value::RawValue};

use crate::message::push_string;

/// A tool as lists show it, in its JSON form, so that a list costs no more than copying it.
#[derive(Clone, Debug)]
pub struct ToolDefinition {
    name: Box<str>,
    json: Box<str>,
    headers: Box<[ParameterHeader]>,
}

/// A parameter that clients repeat in a header (2026-07-28, Streamable HTTP, "Custom Headers from Tool Parameters").
#[derive(Clone, Debug)]
pub(crate) struct ParameterHeader {
    /// The header's name, in lower case.
    pub(crate) header: Box<str>,
    /// Where the value is in the arguments: a JSON Pointer (RFC 6901).
    pub(crate) pointer: Box<str>,
}

impl ToolDefinition {
    /// Writes the definition once.
    ///
    /// # Errors
    ///
    /// Fails where the tool has no JSON form.
    pub fn new(tool: &Tool) -> Result<Self, serde_json::Error> {
        let mut headers = Vec::new();
        collect_headers(&tool.input_schema, "", &mut headers);
        Ok(Self {
            name: tool.name.as_ref().into(),
            json: serde_json::to_string(tool)?.into_boxed_str(),
            headers: headers.into(),
        })
    }

    /// The parameters that clients repeat in headers.
    pub(crate) const fn headers(&self) -> &[ParameterHeader] {
        &self.headers
    }

    /// The tool's name.
    #[must_use]
    pub const fn name(&self) -> &str {
        &self.name
    }

    /// The definition as JSON.
    #[must_use]
    pub const fn as_json(&self) -> &str {
        &self.json
    }
}

/// Only properties that are reached through properties alone may be annotated.
fn collect_headers(schema: &JsonObject, pointer: &str, headers: &mut Vec<ParameterHeader>) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    for (name, property) in properties {
        let Some(property) = property.as_object() else { continue };
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        if let Some(header) = property.get("x-mcp-header").and_then(Value::as_str) {
            let header = format!("mcp-param-{}", header.to_ascii_lowercase()).into();
            headers.push(ParameterHeader { header, pointer: pointer.as_str().into() });
        }
        collect_headers(property, &pointer, headers);
    }
}

/// A call of a tool.
#[derive(Clone, Copy, Debug)]
pub struct ToolCall<'a> {
    /// The tool's name, as the client wrote it.
    pub name: &'a str,
    /// Its arguments: a JSON object, not looked into yet. `None` when left out.
    pub arguments: Option<&'a RawValue>,
    /// `params._meta`, not looked into yet. `None` when left out, and in a task.
    pub meta: Option<&'a RawValue>,
}

impl ToolCall<'_> {
    /// A member of `params._meta`, by which a client says what the protocol has no member for.
    #[must_use]
    pub fn meta(&self, name: &str) -> Option<Value> {
        // Most calls don't have it, and need not be read for it.
        let meta = self.meta.map(RawValue::get).filter(|meta| meta.contains(name))?;
        let mut members: JsonObject = serde_json::from_str(meta).ok()?;
        members.remove(name)
    }
}

/// What a tool answers.
#[derive(Clone, Debug)]
pub struct ToolResult {
    structured: Option<String>,
    content: Vec<ContentBlock>,
    is_error: bool,
}

impl ToolResult {
    /// A value that the tool's output schema describes. Clients that know no structured content get its JSON as text.
    ///
    /// # Errors
    ///
    /// Fails where the value has no JSON form.
    pub fn structured<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        Ok(Self { structured: Some(serde_json::to_string(value)?), content: Vec::new(), is_error: false })
    }

    /// Content for a person or a model.
    #[must_use]
    pub const fn content(content: Vec<ContentBlock>) -> Self {
        Self { structured: None, content, is_error: false }
    }

    /// Why the tool did not do what it was asked, in words that help a model to do better.
    #[must_use]
    pub fn error(text: impl Into<String>) -> Self {
        Self { structured: None, content: vec![ContentBlock::text(text)], is_error: true }
    }

    /// Writes the members of the result, without braces.
    pub(crate) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        out.extend_from_slice(b"\"content\":");
        match &self.structured {
            Some(json) => {
                out.extend_from_slice(b"[{\"type\":\"text\",\"text\":");
                push_string(out, json);
                out.extend_from_slice(b"}],\"structuredContent\":");
                out.extend_from_slice(json.as_bytes());
            }
            None => serde_json::to_writer(&mut *out, &self.content)?,
        }
        if self.is_error {
            out.extend_from_slice(b",\"isError\":true");
        }
        Ok(())
    }
}
