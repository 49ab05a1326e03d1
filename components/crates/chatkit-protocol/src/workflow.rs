//! What an assistant does before it answers, step by step.

use serde::{Deserialize, Serialize};

use crate::record::{names, record};
use crate::source::{FileSource, UrlSource};
use crate::widget::Icon;

names! {
    /// Whether a step is shown as going on.
    TaskStatus { None = "none", Loading = "loading", Complete = "complete" }
}

names! {
    /// What a workflow shows.
    WorkflowKind { Custom = "custom", Reasoning = "reasoning" }
}

/// A step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Task {
    /// In words and an icon.
    Custom {
        /// Whether it goes on.
        #[serde(default)]
        status_indicator: TaskStatus,
        /// What it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// Its icon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        icon: Option<Icon>,
        /// More about it, in Markdown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<String>,
    },
    /// A search of the web.
    WebSearch {
        /// Whether it goes on.
        #[serde(default)]
        status_indicator: TaskStatus,
        /// What it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// The words of the title that are looked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title_query: Option<String>,
        /// What is looked for.
        #[serde(default)]
        queries: Vec<String>,
        /// What was found.
        #[serde(default)]
        sources: Vec<UrlSource>,
    },
    /// A thought.
    Thought {
        /// Whether it goes on.
        #[serde(default)]
        status_indicator: TaskStatus,
        /// What it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// The thought.
        content: String,
    },
    /// Files that are read.
    File {
        /// Whether it goes on.
        #[serde(default)]
        status_indicator: TaskStatus,
        /// What it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// The files.
        #[serde(default)]
        sources: Vec<FileSource>,
    },
    /// A picture that is made.
    Image {
        /// Whether it goes on.
        #[serde(default)]
        status_indicator: TaskStatus,
        /// What it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
}

/// What is said of a workflow once it is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Summary {
    /// In words.
    Custom {
        /// The words.
        title: String,
        /// An icon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        icon: Option<Icon>,
    },
    /// By how long it took.
    Duration {
        /// In seconds.
        duration: i64,
    },
}

record! {
    /// Steps that belong together.
    Workflow {
        /// What it shows.
        #[serde(rename = "type")]
        kind: WorkflowKind,
        /// The steps.
        tasks: Vec<Task>,
        /// Whether the steps are shown at once.
        #[serde(default)]
        expanded: bool;
        /// What is said of it once it is over.
        summary: Summary,
    }
}
