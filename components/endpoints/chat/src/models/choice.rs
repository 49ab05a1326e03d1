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

use futures_util::future::Either;
use wit_bindgen::StreamReader;

pub use bindings::todo::model::types;
use bindings::todo::{model_builtin, model_openai};
use types::{Event, ModelError, Turn};

use super::fallback::{Fallback, Pause};
use super::{Answer, Model};

/// What answers in chat, as an operator has set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelChoice {
    /// Rules; no network and no key.
    Builtin,
    /// Any endpoint that speaks OpenAI's Chat Completions, or its Responses.
    OpenAi {
        /// Rules answer where it can't be reached.
        falls_back: bool,
    },
}

impl ModelChoice {
    /// The one of this name, as the variable `model` gives it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "builtin" => Some(Self::Builtin),
            "openai" => Some(Self::OpenAi { falls_back: true }),
            _ => None,
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Builtin => "builtin",
            Self::OpenAi { .. } => "openai",
        }
    }

    /// The model, for one message.
    pub const fn open(self) -> ComposedModel {
        static PAUSE: Pause = Pause::new();
        match self {
            Self::Builtin => ComposedModel::Builtin(Builtin),
            Self::OpenAi { falls_back: false } => ComposedModel::OpenAi(OpenAi),
            Self::OpenAi { falls_back: true } => {
                ComposedModel::OpenAiOrBuiltin(Fallback::new(OpenAi, Builtin, &PAUSE))
            }
        }
    }
}

/// A model composed into this component, for one message.
pub enum ComposedModel {
    /// Rules.
    Builtin(Builtin),
    /// A provider.
    OpenAi(OpenAi),
    /// A provider, or rules where it is out of reach.
    OpenAiOrBuiltin(Fallback<OpenAi, Builtin>),
}

/// `todo:model-builtin`.
pub struct Builtin;

/// `todo:model-openai`.
pub struct OpenAi;

/// What is said in a recording, by the provider of `todo:model-openai`.
///
/// # Errors
/// The provider can't be reached, refuses, or makes no sense.
pub async fn transcribe(recording: Vec<u8>, media_type: &str) -> Result<String, ModelError> {
    model_openai::model::transcribe(recording, media_type.to_owned()).await
}

impl Model for Builtin {
    type Answer = ModelStream;

    async fn respond(&self, turn: Turn) -> ModelStream {
        ModelStream(model_builtin::model::respond(turn).await)
    }
}

impl Model for OpenAi {
    type Answer = ModelStream;

    async fn respond(&self, turn: Turn) -> ModelStream {
        ModelStream(model_openai::model::respond(turn).await)
    }
}

impl Model for ComposedModel {
    type Answer = Either<ModelStream, <Fallback<OpenAi, Builtin> as Model>::Answer>;

    async fn respond(&self, turn: Turn) -> Self::Answer {
        match self {
            Self::Builtin(model) => Either::Left(model.respond(turn).await),
            Self::OpenAi(model) => Either::Left(model.respond(turn).await),
            Self::OpenAiOrBuiltin(model) => Either::Right(model.respond(turn).await),
        }
    }
}

/// The stream of a composed model.
pub struct ModelStream(StreamReader<Event>);

impl Answer for ModelStream {
    async fn next(&mut self) -> Option<Event> {
        self.0.next().await
    }
}
