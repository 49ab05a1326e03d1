//! What a handler knows of the request it works on.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use rmcp::model::LoggingLevel;
use serde_json::{Value, json};

use super::{CallError, ClientFeatures, NotificationSink, Runtime as _, Server, client};

/// Where a call is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallOrigin {
    /// From a request that waits for its answer.
    Request,
    /// From a task that nobody waits for.
    Task,
}

/// What earlier rounds of the same call brought.
#[derive(Clone, Debug, Default)]
pub(crate) struct Round {
    /// What the client answered, by the keys under which it was asked.
    pub(crate) answers: BTreeMap<String, Value>,
    /// What the handler wanted to know again.
    pub(crate) state: Option<Value>,
}

/// The request that a call is made for: what the client can do and has answered, and a way to tell it something before the
/// result.
pub struct RequestContext<'a> {
    client: ClientFeatures,
    round: &'a Round,
    origin: CallOrigin,
    sink: &'a NotificationSink,
    sleep: fn(Duration) -> LocalBoxFuture<'static, ()>,
}

impl<'a> RequestContext<'a> {
    pub(crate) fn new<S: Server>(
        client: ClientFeatures,
        round: &'a Round,
        origin: CallOrigin,
        sink: &'a NotificationSink,
    ) -> Self {
        Self { client, round, origin, sink, sleep: S::Runtime::sleep }
    }

    /// What the client can be asked.
    #[must_use]
    pub const fn client(&self) -> ClientFeatures {
        self.client
    }

    /// What the client answered to what it was asked under this key.
    #[must_use]
    pub fn answer(&self, key: &str) -> Option<&Value> {
        self.round.answers.get(key)
    }

    /// What the round before wanted to know again. It was made here, for this user and this very call.
    #[must_use]
    pub const fn state(&self) -> Option<&Value> {
        self.round.state.as_ref()
    }

    /// Whether the call runs as a task.
    #[must_use]
    pub fn is_task(&self) -> bool {
        self.origin == CallOrigin::Task
    }

    /// Whether the call could run as a task, if it is deferred.
    #[must_use]
    pub fn can_defer(&self) -> bool {
        self.origin == CallOrigin::Request && self.client.tasks
    }

    /// Fails where the client did not declare that it takes tasks.
    ///
    /// # Errors
    ///
    /// [`CallError::MissingCapability`], which says how a client declares it.
    pub fn require_tasks(&self) -> Result<(), CallError> {
        if self.client.tasks || self.is_task() {
            return Ok(());
        }
        Err(CallError::MissingCapability { required: client::tasks_required() })
    }

    /// Tells how far the call is, if the client wants to know. `progress` has to grow from one time to the next.
    pub fn progress(&self, progress: f64, total: Option<f64>, message: Option<&str>) {
        let Some(token) = self.sink.progress_token() else { return };
        let mut params = json!({"progressToken": token, "progress": progress});
        if let Some(members) = params.as_object_mut() {
            members.extend(total.map(|total| ("total".to_owned(), json!(total))));
            members.extend(message.map(|message| ("message".to_owned(), json!(message))));
        }
        self.sink.notify("notifications/progress", &params);
    }

    /// Tells the client what it may want to log, if it asked for messages of this level.
    pub fn log(&self, level: LoggingLevel, logger: &str, data: &Value) {
        if self.sink.logs(level) {
            let params = json!({"level": level, "logger": logger, "data": data});
            self.sink.notify("notifications/message", &params);
        }
    }

    /// Ends the connection on which the client waits, where it knows how to come back for the rest.
    pub fn close_connection(&self) {
        self.sink.close_connection();
    }

    /// Waits.
    pub async fn sleep(&self, time: Duration) {
        (self.sleep)(time).await;
    }
}
