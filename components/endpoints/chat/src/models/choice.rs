//! The models composed into this component.

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/model", "../../../wit/model-builtin", "../../../wit/model-openai"],
        inline: "
            package todo:chat;
            world models {
                import todo:model-builtin/model@1.0.0;
                import todo:model-openai/model@1.0.0;
            }
        ",
        world: "todo:chat/models",
        additional_derives: [PartialEq],
        generate_all,
    });
}

use wit_bindgen::StreamReader;

pub use bindings::todo::model::types;
use bindings::todo::{model_builtin, model_openai};
use types::{Event, Turn};

use super::{Answer, Model};

/// A model composed into this component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelChoice {
    /// Rules; no network and no key.
    Builtin,
    /// Any endpoint that speaks OpenAI's Chat Completions protocol.
    OpenAi,
}

impl ModelChoice {
    /// The one of this name, as the variable `model` gives it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "builtin" => Some(Self::Builtin),
            "openai" => Some(Self::OpenAi),
            _ => None,
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Builtin => "builtin",
            Self::OpenAi => "openai",
        }
    }
}

impl Model for ModelChoice {
    type Answer = ModelStream;

    async fn respond(&self, turn: Turn) -> ModelStream {
        ModelStream(match self {
            Self::Builtin => model_builtin::model::respond(turn).await,
            Self::OpenAi => model_openai::model::respond(turn).await,
        })
    }
}

/// The stream of a composed model.
pub struct ModelStream(StreamReader<Event>);

impl Answer for ModelStream {
    async fn next(&mut self) -> Option<Event> {
        self.0.next().await
    }
}
