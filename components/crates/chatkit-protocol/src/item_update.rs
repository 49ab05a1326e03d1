//! How an item comes about.

use serde::{Deserialize, Serialize};

use crate::item::{GeneratedImage, OutputText};
use crate::source::Annotation;
use crate::widget::{Component, WidgetRoot};
use crate::workflow::Task;

/// A change of an item that is not done yet, of the ten kinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ThreadItemUpdate {
    /// The assistant begins a part.
    #[serde(rename = "assistant_message.content_part.added")]
    ContentPartAdded {
        /// Which part.
        content_index: u32,
        /// The part as it begins.
        content: OutputText,
    },
    /// More words.
    #[serde(rename = "assistant_message.content_part.text_delta")]
    TextDelta {
        /// Of which part.
        content_index: u32,
        /// The words.
        delta: String,
    },
    /// A reference.
    #[serde(rename = "assistant_message.content_part.annotation_added")]
    AnnotationAdded {
        /// Of which part.
        content_index: u32,
        /// Which reference.
        annotation_index: u32,
        /// The reference.
        annotation: Annotation,
    },
    /// A part is whole.
    #[serde(rename = "assistant_message.content_part.done")]
    ContentPartDone {
        /// Which part.
        content_index: u32,
        /// The part.
        content: OutputText,
    },
    /// More words of a widget.
    #[serde(rename = "widget.streaming_text.value_delta")]
    WidgetTextDelta {
        /// Of which component.
        component_id: String,
        /// The words.
        delta: String,
        /// These are the last.
        done: bool,
    },
    /// Another component in the place of one.
    #[serde(rename = "widget.component.updated")]
    WidgetComponentUpdated {
        /// Which.
        component_id: String,
        /// The new one.
        component: Box<Component>,
    },
    /// Another widget in the place of the whole.
    #[serde(rename = "widget.root.updated")]
    WidgetRootUpdated {
        /// The new one.
        widget: Box<WidgetRoot>,
    },
    /// A step begins.
    #[serde(rename = "workflow.task.added")]
    WorkflowTaskAdded {
        /// Which.
        task_index: u32,
        /// The step.
        task: Task,
    },
    /// A step changes.
    #[serde(rename = "workflow.task.updated")]
    WorkflowTaskUpdated {
        /// Which.
        task_index: u32,
        /// The step.
        task: Task,
    },
    /// A picture, as far as it is made.
    #[serde(rename = "generated_image.updated")]
    GeneratedImageUpdated {
        /// The picture.
        image: GeneratedImage,
        /// How far, from 0 to 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<f64>,
    },
}
