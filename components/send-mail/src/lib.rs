//! Sends mail: the component behind `todo:mail/sender`.
//!
//! A message becomes one request to the HTTP API of a service that sends mail ([`service`]); which one, and as whom, are variables
//! of the component this one is composed into ([`settings`]).

#[allow(
    unsafe_code,
    missing_docs,
    clippy::all,
    reason = "generated from WIT, where every item is documented"
)]
mod bindings {
    wit_bindgen::generate!({
        path: "../../wit/mail",
        world: "todo:mail/component",
        generate_all,
    });
    pub struct Component;
    // A native build, for tests, exports nothing: its linker takes no such names.
    #[cfg(target_family = "wasm")]
    export!(Component);
}

mod service;
mod settings;

use bindings::exports::todo::mail::sender::{Guest, Message, SendError};

use crate::settings::Settings;

impl Guest for bindings::Component {
    async fn send(message: Message) -> Result<(), SendError> {
        let settings = Settings::load().await?;
        service::send(&settings, &message).await
    }
}
