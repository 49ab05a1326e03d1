//! Threads, pages, and the small answers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::item::ThreadItem;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    #[serde(default = "Vec::new")]
    pub data: Vec<T>,
    /// Whether there are more.
    #[serde(default)]
    pub has_more: bool,
    /// The last row's id: what `after` takes for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl<T> Page<T> {
    /// No rows.
    #[must_use]
    pub const fn empty() -> Self {
        Self { data: Vec::new(), has_more: false, after: None }
    }
}

/// Whether more can be said in a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ThreadStatus {
    /// It can.
    #[default]
    Active,
    /// Not now.
    Locked {
        /// Why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Never again.
    Closed {
        /// Why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thread {
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Names it.
    pub id: String,
    /// When it began: RFC 3339.
    pub created_at: String,
    /// Whether more can be said in it.
    #[serde(default)]
    pub status: ThreadStatus,
    /// From where pictures may be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_image_domains: Option<Vec<String>>,
    /// The official server sends none of what it keeps here.
    #[serde(default)]
    pub metadata: Map<String, Value>,
    /// What was said, or none of it in lists and events.
    pub items: Page<ThreadItem>,
}

/// The answer to a synchronous action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SyncActionAnswer {
    /// The widget as it is now, where the action changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_item: Option<ThreadItem>,
}

/// What was said in a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcription {
    /// The words.
    pub text: String,
}
