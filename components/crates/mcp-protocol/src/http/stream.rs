//! Answers that are streams.
//!
//! The work goes on beside the answer. In the stateless revision a client that leaves wants it no more. In the revisions
//! before it the client may come back, to any process: so each event is stored before it is sent.

use std::rc::Rc;
use std::time::Duration;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::FutureExt as _;
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::stream::StreamExt as _;
use uuid::Uuid;

use super::{
    Body, Reply,
    reply::{self, ServerEvent},
};
use crate::server::{Event, ResumableStream, Server, Store as _};

/// How often it is looked whether anybody still wants the answer.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// After how many milliseconds a client whose connection ended is to come back.
const RETRY_MS: u32 = 500;

/// Work whose answer is a stream.
pub(super) struct StreamSource {
    /// What it comes to.
    pub(super) done: LocalBoxFuture<'static, Reply>,
    /// What it says on the way.
    pub(super) events: UnboundedReceiver<Event>,
    /// Whether a client that leaves wants it no more.
    pub(super) is_stateless: bool,
}

/// Answers with what the work says, as it says it.
pub(super) fn answer<S: Server>(
    server: &'static S,
    caller: Rc<S::Caller>,
    resumable: Option<ResumableStream>,
    work: StreamSource,
) -> Reply {
    let (client, events) = unbounded();
    server.spawn(forward_events(server, caller, resumable, work, client).boxed_local());
    reply::events(events)
}

async fn forward_events<S: Server>(
    server: &'static S,
    caller: Rc<S::Caller>,
    resumable: Option<ResumableStream>,
    work: StreamSource,
    client: UnboundedSender<ServerEvent>,
) {
    let StreamSource { mut done, mut events, is_stateless } = work;
    let mut recorder = Recorder::open(server, &caller, resumable, client).await;
    loop {
        match select(events.next(), select(&mut done, server.sleep(POLL_INTERVAL))).await {
            Either::Left((Some(event), _)) => recorder.take(event).await,
            Either::Left((None, _)) => {
                recorder.end(Some(done.await)).await;
                return;
            }
            Either::Right((Either::Left((reply, _)), _)) => {
                while let Ok(event) = events.try_recv() {
                    recorder.take(event).await;
                }
                recorder.end(Some(reply)).await;
                return;
            }
            Either::Right((Either::Right(_), _)) => {
                if is_stateless && recorder.is_disconnected() || recorder.is_cancelled().await {
                    drop(done);
                    recorder.end(None).await;
                    return;
                }
            }
        }
    }
}

/// Stores events and sends them.
struct Recorder<'a, S: Server> {
    server: &'static S,
    caller: &'a S::Caller,
    resumable: Option<ResumableStream>,
    sequence: i32,
    client: Option<UnboundedSender<ServerEvent>>,
}

impl<'a, S: Server> Recorder<'a, S> {
    async fn open(
        server: &'static S,
        caller: &'a S::Caller,
        resumable: Option<ResumableStream>,
        client: UnboundedSender<ServerEvent>,
    ) -> Self {
        let mut recorder = Self { server, caller, resumable, sequence: 0, client: Some(client) };
        if let Some(ResumableStream { stream, session, request_id, is_primed }) = recorder.resumable.clone() {
            match server.store(caller).open_stream(stream, session, &request_id).await {
                // 2025-11-25, Transports, "Sending Messages to the Server": an id to come back with, and no data.
                Ok(()) if is_primed => recorder.send(priming_event(event_id(stream, 0))),
                Ok(()) => {}
                // It can be answered all the same, as long as the connection holds.
                Err(_) => recorder.resumable = None,
            }
        }
        recorder
    }

    async fn take(&mut self, event: Event) {
        match event {
            Event::Begin(_) => {}
            Event::Message(json) => self.record(json, false).await,
            Event::Id(id) => self.send(priming_event(id)),
            Event::CloseConnection => self.client = None,
        }
    }

    async fn record(&mut self, json: String, is_last: bool) {
        self.sequence += 1;
        let mut id = None;
        if let Some(ResumableStream { stream, .. }) = self.resumable {
            let store = self.server.store(self.caller);
            // What can't be stored can't be found again, but is sent; the id is not given out then.
            if store.append(stream, self.sequence, Some(&json), is_last).await.is_ok() {
                id = Some(event_id(stream, self.sequence));
            }
        }
        self.send(ServerEvent { id, retry_ms: None, data: json });
    }

    async fn end(&mut self, reply: Option<Reply>) {
        match reply.map(http::Response::into_body) {
            Some(Body::Json(json)) => self.record(String::from_utf8_lossy(&json).into_owned(), true).await,
            _ => {
                if let Some(ResumableStream { stream, .. }) = self.resumable {
                    let _ =
                        self.server.store(self.caller).append(stream, self.sequence + 1, None, true).await;
                }
            }
        }
        self.client = None;
    }

    fn send(&mut self, event: ServerEvent) {
        if let Some(client) = &self.client
            && client.unbounded_send(event).is_err()
        {
            self.client = None;
        }
    }

    /// Whether nobody listens any more.
    fn is_disconnected(&self) -> bool {
        self.client.as_ref().is_none_or(UnboundedSender::is_closed)
    }

    async fn is_cancelled(&self) -> bool {
        let Some(ResumableStream { stream, session, .. }) = self.resumable else { return false };
        let events = self.server.store(self.caller).events(stream, session, i32::MAX).await;
        matches!(events, Ok(Some(events)) if events.is_cancelled)
    }
}

/// An event that only has an id to tell, and when to come back with it.
const fn priming_event(id: String) -> ServerEvent {
    ServerEvent { id: Some(id), retry_ms: Some(RETRY_MS), data: String::new() }
}

/// The id of an event: which stream, and where in it.
pub(super) fn event_id(stream: Uuid, sequence: i32) -> String {
    format!("{}.{sequence}", stream.simple())
}

pub(super) fn parse_event_id(id: &str) -> Option<(Uuid, i32)> {
    let (stream, sequence) = id.split_once('.')?;
    Some((Uuid::try_parse(stream).ok()?, sequence.parse().ok().filter(|sequence| *sequence >= 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_found_by_its_id() {
        let stream = Uuid::from_u128(7);
        assert_eq!(parse_event_id(&event_id(stream, 3)), Some((stream, 3)));
        for wrong in
            ["", ".", "7.1", "00000000000000000000000000000007", "00000000000000000000000000000007.-1"]
        {
            assert_eq!(parse_event_id(wrong), None, "{wrong}");
        }
    }
}
