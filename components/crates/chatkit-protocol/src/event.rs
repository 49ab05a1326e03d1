//! What a stream is made of.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::item::ThreadItem;
use crate::item_update::ThreadItemUpdate;
use crate::record::{names, record};
use crate::thread::Thread;
use crate::widget::Icon;

names! {
    /// How much a notice matters.
    Level { Info = "info", Warning = "warning", Danger = "danger" }
}

names! {
    /// Why a stream ends before its end.
    ErrorCode { Custom = "custom", Stream = "stream.error" }
}

record! {
    /// What a client may do with a stream.
    StreamOptions {
        /// Whether closing it ends what it tells of.
        allow_cancel: bool,
    }
}

/// An event of a stream, of the twelve kinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ThreadStreamEvent {
    /// A thread begins.
    #[serde(rename = "thread.created")]
    ThreadCreated {
        /// The thread.
        thread: Thread,
    },
    /// A thread has another title or status.
    #[serde(rename = "thread.updated")]
    ThreadUpdated {
        /// The thread.
        thread: Thread,
    },
    /// An item begins.
    #[serde(rename = "thread.item.added")]
    ItemAdded {
        /// The item as it begins.
        item: ThreadItem,
    },
    /// An item changes before it is done.
    #[serde(rename = "thread.item.updated")]
    ItemUpdated {
        /// Which.
        item_id: String,
        /// How.
        update: ThreadItemUpdate,
    },
    /// An item is whole and stored.
    #[serde(rename = "thread.item.done")]
    ItemDone {
        /// The item.
        item: ThreadItem,
    },
    /// An item is gone.
    #[serde(rename = "thread.item.removed")]
    ItemRemoved {
        /// Which.
        item_id: String,
    },
    /// An item that was done is another one.
    #[serde(rename = "thread.item.replaced")]
    ItemReplaced {
        /// The item as it is now.
        item: ThreadItem,
    },
    /// What a client may do with the stream.
    #[serde(rename = "stream_options")]
    StreamOptions {
        /// What it may do.
        stream_options: StreamOptions,
    },
    /// What goes on meanwhile.
    #[serde(rename = "progress_update")]
    ProgressUpdate {
        /// Its icon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        icon: Option<Icon>,
        /// In words.
        text: String,
    },
    /// Something that the client's page does.
    #[serde(rename = "client_effect")]
    ClientEffect {
        /// What.
        name: String,
        /// With what.
        #[serde(default)]
        data: Map<String, Value>,
    },
    /// There will be no more, and not all is done.
    #[serde(rename = "error")]
    Error {
        /// Why.
        #[serde(default)]
        code: ErrorCode,
        /// In words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        /// Whether it makes sense to try again.
        #[serde(default)]
        allow_retry: bool,
    },
    /// Something that the person should know.
    #[serde(rename = "notice")]
    Notice {
        /// How much it matters.
        level: Level,
        /// In Markdown.
        message: String,
        /// In a few words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
}
