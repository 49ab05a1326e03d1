//! A model behind any endpoint that speaks OpenAI's Chat Completions, or its Responses.
//!
//! A turn becomes one streamed request ([`request`]); what comes back becomes events ([`answer`]) as it arrives.
//! Settings are variables of the component this one is composed into ([`settings`]).

mod answer;
mod failure;
mod provider;
mod request;
mod settings;
mod transcription;

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: ["../../../wit/model", "../../../wit/model-openai"],
        world: "todo:model-openai/component",
        additional_derives: [PartialEq],
        generate_all,
    });
    pub struct Component;
    // Natively the crate is only tested, and no native linker takes the names of component exports.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

use bindings::exports::todo::model_openai::model::Guest;
use bindings::todo::model::types::{Event, ModelError, Turn};
use wit_bindgen::{StreamReader, StreamWriter};

use crate::settings::Settings;

impl Guest for bindings::Component {
    async fn respond(turn: Turn) -> StreamReader<Event> {
        guest_log::start(env!("CARGO_PKG_NAME"));
        let (writer, reader) = bindings::wit_stream::new();
        wit_bindgen::spawn(answer_turn(turn, Listener { writer, is_gone: false }));
        reader
    }

    async fn transcribe(recording: Vec<u8>, media_type: String) -> Result<String, ModelError> {
        guest_log::start(env!("CARGO_PKG_NAME"));
        let said = transcription::transcribe(&recording, &media_type).await;
        said.inspect_err(|error| {
            if let ModelError::Refused(text) | ModelError::Garbled(text) = error {
                log::warn!("{text}");
            }
        })
    }
}

/// Who reads the events. Once they stop reading, nothing more is made for them.
struct Listener {
    writer: StreamWriter<Event>,
    is_gone: bool,
}

impl answer::Sink for Listener {
    async fn send(&mut self, event: Event) -> bool {
        self.is_gone = self.is_gone || self.writer.write_one(event).await.is_some();
        !self.is_gone
    }
}

async fn answer_turn(turn: Turn, mut listener: Listener) {
    use answer::Sink;
    if let Err(error) = stream_answer(&turn, &mut listener).await {
        if let ModelError::Refused(text) | ModelError::Garbled(text) = &error {
            log::warn!("{text}");
        }
        listener.send(Event::Failed(error)).await;
    }
}

async fn stream_answer(turn: &Turn, listener: &mut Listener) -> Result<(), ModelError> {
    let settings = Settings::load().await?;
    let response = provider::ask(&settings, turn).await?;
    answer::read(settings.api, response, listener, provider::idle_timeout).await
}
