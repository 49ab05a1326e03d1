//! Streams that a client opens, in the revisions with sessions: to come back to an answer, or to hear of changes.

use std::rc::Rc;
use std::time::Duration;

use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::FutureExt as _;
use futures_util::future::{Either, select};
use futures_util::stream::StreamExt as _;
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::{
    Reply, dispatch, error, media_types, mirrored_headers, not_allowed, reply,
    reply::ServerEvent,
    stream::{self, StreamSource, event_id, parse_event_id},
};
use crate::{
    message::{Revision, RpcError},
    methods::{self, ListeningLease},
    server::{NotificationSink, Position, Server, Session, Store as _},
};

/// How long to wait before looking for more: soon at first, then less often.
const MIN_BACKOFF: Duration = Duration::from_millis(10);
const MAX_BACKOFF: Duration = Duration::from_millis(250);

/// How long a client may wait for the rest of an answer on one connection.
const RESUME_TIMEOUT: Duration = Duration::from_secs(240);

pub(super) async fn answer<S: Server>(
    server: &'static S,
    caller: Rc<S::Caller>,
    headers: HeaderMap,
) -> Reply {
    if dispatch::is_stateless(&headers) {
        return not_allowed("Streams are opened with subscriptions/listen.");
    }
    if !media_types::takes_events(&headers) {
        return error::reply_rpc_error(None, &RpcError::not_acceptable_stream());
    }
    let session = match dispatch::find_session(server, &caller, &headers) {
        Ok(Some(session)) => session,
        // Without a session there is nothing to tell.
        Ok(None) => return not_allowed("A stream belongs to a session: send initialize first."),
        Err(rpc_error) => return error::reply_rpc_error(None, &rpc_error),
    };
    // An event that only carries an id is understood from 2025-11-25 on.
    let gets_ids = match dispatch::revision(&headers, None) {
        Ok(revision) => revision >= Revision::V2025_11_25,
        Err(rpc_error) => return error::reply_rpc_error(None, &rpc_error),
    };
    match mirrored_headers::single(&headers, "last-event-id") {
        Ok(None) => listen(server, caller, session, None, gets_ids).await,
        Ok(Some(id)) => match methods::unseal_position(server, &caller, &session, id) {
            Some(position) => listen(server, caller, session, Some(position), gets_ids).await,
            None => resume(server, caller, session, id).await,
        },
        Err(rpc_error) => error::reply_rpc_error(None, &rpc_error),
    }
}

async fn listen<S: Server>(
    server: &'static S,
    caller: Rc<S::Caller>,
    session: Session,
    since: Option<Position>,
    gets_ids: bool,
) -> Reply {
    let (sender, mut events) = unbounded();
    let for_work = Rc::clone(&caller);
    let work = async move {
        let sink = NotificationSink::new(Some(sender));
        match methods::follow_session(server, &for_work, &session, since, gets_ids, &sink).await {
            Ok(()) => reply::empty(StatusCode::OK),
            Err(request_error) => error::reply_request_error(server, &for_work, None, &request_error),
        }
    };
    match select(work.boxed_local(), events.next()).await {
        Either::Left((refused, _)) => refused,
        Either::Right((_, done)) => {
            stream::answer(server, caller, None, StreamSource { done, events, is_stateless: true })
        }
    }
}

async fn resume<S: Server>(
    server: &'static S,
    caller: Rc<S::Caller>,
    session: Session,
    last_event_id: &str,
) -> Reply {
    let no_stream =
        || error::reply_rpc_error(None, &RpcError::invalid_request("There is no stream with this event."));
    let Some((id, after)) = parse_event_id(last_event_id) else { return no_stream() };
    let lease = match server.store(&caller).events(id, session.id, i32::MAX).await {
        // It is sent at once, and nothing is waited for.
        Ok(Some(stored)) if stored.is_complete => Ok(None),
        Ok(Some(_)) => ListeningLease::take(server, &caller).await.map(Some),
        Ok(None) => return no_stream(),
        Err(error) => Err(error.into()),
    };
    let lease = match lease {
        Ok(lease) => lease,
        Err(request_error) => return error::reply_request_error(server, &caller, None, &request_error),
    };
    let (client, events) = unbounded();
    let work = async move { replay(server, &caller, (id, session.id), after, client, lease).await };
    server.spawn(work.boxed_local());
    reply::events(events)
}

/// Sends what was stored, and what is being stored, to the end of the stream.
async fn replay<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    (stream, session): (Uuid, Uuid),
    mut after: i32,
    client: UnboundedSender<ServerEvent>,
    mut lease: Option<ListeningLease<S>>,
) {
    let store = server.store(caller);
    let (mut waited, mut backoff) = (Duration::ZERO, MIN_BACKOFF);
    while waited < RESUME_TIMEOUT && !client.is_closed() {
        if let Ok(Some(stored)) = store.events(stream, session, after).await {
            for (sequence, data) in stored.events {
                after = sequence;
                let event = ServerEvent { id: Some(event_id(stream, sequence)), retry_ms: None, data };
                if client.unbounded_send(event).is_err() {
                    return;
                }
                backoff = MIN_BACKOFF;
            }
            if stored.is_complete {
                return;
            }
        }
        server.sleep(backoff).await;
        waited += backoff;
        if let Some(lease) = &mut lease
            && lease.is_lost().await
        {
            return;
        }
        backoff = (backoff * 3 / 2).min(MAX_BACKOFF);
    }
}
