//! What is sent to a client before the answer to its request.

use std::cell::RefCell;

use futures_channel::mpsc::UnboundedSender;
use rmcp::model::LoggingLevel;
use serde_json::{Value, json};
use uuid::Uuid;

/// What comes before the answer.
#[derive(Debug)]
pub(crate) enum Event {
    /// The answer will be a stream. Always the first.
    Begin(Option<ResumableStream>),
    /// A message, as JSON.
    Message(String),
    /// An id by which the client may come back, and nothing else.
    Id(String),
    /// Close the connection; the client comes back for the rest.
    CloseConnection,
}

/// A stream that a client can find again.
#[derive(Clone, Debug)]
pub(crate) struct ResumableStream {
    /// Names the stream.
    pub(crate) stream: Uuid,
    /// The session it belongs to.
    pub(crate) session: Uuid,
    /// The JSON text of the request's id.
    pub(crate) request_id: String,
    /// Whether the client understands an event that only carries an id (2025-11-25).
    pub(crate) is_primed: bool,
}

/// Which log messages a client wants.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum LogFilter {
    /// None.
    #[default]
    Silent,
    /// Those of this level and more severe ones.
    From(LoggingLevel),
}

/// The way to the client while its request is worked on.
pub(crate) struct NotificationSink {
    sender: Option<UnboundedSender<Event>>,
    settings: RefCell<Settings>,
}

#[derive(Default)]
struct Settings {
    has_begun: bool,
    resumable: Option<ResumableStream>,
    progress_token: Option<Value>,
    log_filter: LogFilter,
}

impl NotificationSink {
    /// A way into a channel; nowhere without one.
    pub(crate) fn new(sender: Option<UnboundedSender<Event>>) -> Self {
        Self { sender, settings: RefCell::default() }
    }

    /// Whether anything can be sent.
    pub(crate) const fn is_open(&self) -> bool {
        self.sender.is_some()
    }

    /// Says what is known of the request once it is read.
    pub(crate) fn set(
        &self,
        resumable: Option<ResumableStream>,
        progress_token: Option<Value>,
        log_filter: LogFilter,
    ) {
        *self.settings.borrow_mut() = Settings { has_begun: false, resumable, progress_token, log_filter };
    }

    /// The stream on which the client can be found again.
    pub(crate) fn resumable(&self) -> Option<ResumableStream> {
        self.settings.borrow().resumable.clone()
    }

    pub(crate) fn progress_token(&self) -> Option<Value> {
        self.settings.borrow().progress_token.clone()
    }

    /// Whether the client wants log messages of this level (RFC 5424, section 6.2.1: the higher, the more severe).
    pub(crate) fn logs(&self, level: LoggingLevel) -> bool {
        match self.settings.borrow().log_filter {
            LogFilter::Silent => false,
            LogFilter::From(least) => severity(level) >= severity(least),
        }
    }

    /// Sends a notification.
    pub(crate) fn notify(&self, method: &str, params: &Value) {
        self.message(json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string());
    }

    /// Sends a message.
    pub(crate) fn message(&self, json: String) {
        self.send(Event::Message(json));
    }

    /// Sends an id by which the client may come back.
    pub(crate) fn id(&self, id: String) {
        self.send(Event::Id(id));
    }

    /// Makes the answer a stream, even if nothing comes before the answer.
    pub(crate) fn begin(&self) {
        let mut settings = self.settings.borrow_mut();
        if !settings.has_begun
            && let Some(sender) = &self.sender
        {
            settings.has_begun = true;
            // Nobody listens any more: then whoever reads the channel has stopped the work already.
            let _ = sender.unbounded_send(Event::Begin(settings.resumable.clone()));
        }
    }

    pub(crate) fn close_connection(&self) {
        if self.settings.borrow().resumable.is_some() {
            self.send(Event::CloseConnection);
        }
    }

    fn send(&self, event: Event) {
        self.begin();
        if let Some(sender) = &self.sender {
            let _ = sender.unbounded_send(event);
        }
    }
}

const fn severity(level: LoggingLevel) -> u8 {
    match level {
        LoggingLevel::Debug => 0,
        LoggingLevel::Info => 1,
        LoggingLevel::Notice => 2,
        LoggingLevel::Warning => 3,
        LoggingLevel::Error => 4,
        LoggingLevel::Critical => 5,
        LoggingLevel::Alert => 6,
        LoggingLevel::Emergency => 7,
    }
}
