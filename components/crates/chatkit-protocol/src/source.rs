//! What an assistant's words refer to.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::record::{names, record};
use crate::widget::Icon;

record! {
    /// A page of the web.
    UrlSource {
        /// Its title.
        title: String,
        /// Its address.
        url: String;
        /// What it is about.
        description: String,
        /// When it was written.
        timestamp: String,
        /// What it belongs to.
        group: String,
        /// Whose it is.
        attribution: String,
    }
}

record! {
    /// A file.
    FileSource {
        /// Its title.
        title: String,
        /// Its name.
        filename: String;
        /// What it is about.
        description: String,
        /// When it was written.
        timestamp: String,
        /// What it belongs to.
        group: String,
    }
}

record! {
    /// Something that the app knows by an id, such as a task.
    EntitySource {
        /// Its title.
        title: String,
        /// Its id.
        id: String,
        /// Whether it can be clicked.
        #[serde(default)]
        interactive: bool,
        /// More of it, for the client.
        #[serde(default)]
        data: Map<String, Value>;
        /// What it is about.
        description: String,
        /// When it was written.
        timestamp: String,
        /// What it belongs to.
        group: String,
        /// Its icon.
        icon: Icon,
        /// What it is called where it stands alone.
        label: String,
        /// What it is called within a sentence.
        inline_label: String,
    }
}

/// What an annotation refers to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Source {
    /// A page of the web.
    Url(UrlSource),
    /// A file.
    File(FileSource),
    /// Something that the app knows by an id.
    Entity(EntitySource),
}

impl Default for Source {
    fn default() -> Self {
        Self::Url(UrlSource::default())
    }
}

names! {
    /// What every annotation's `type` is.
    AnnotationType { Annotation = "annotation" }
}

record! {
    /// A reference within an assistant's words.
    Annotation {
        /// Always the same.
        #[serde(rename = "type", default)]
        kind: AnnotationType,
        /// What it refers to.
        source: Source;
        /// Where in the words it stands, in characters.
        index: i64,
    }
}
