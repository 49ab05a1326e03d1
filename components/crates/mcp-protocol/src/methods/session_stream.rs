//! The stream on which a session hears of changes (2025-11-25, Transports, "Listening for Messages from the Server").
//!
//! Its events are not stored: an id of one is the position in the changes, sealed, so that a client that comes back with
//! it hears of what it missed, from any process.

use std::time::Duration;

use super::{
    RequestError,
    subscriptions::{Filter, Listener},
};
use crate::server::{Caller as _, NotificationSink, Position, Server, Session};

/// How long a client may come back with the id of an event: an hour.
const ID_TTL: Duration = Duration::from_secs(3_600);

/// What ids of these events begin with.
const PREFIX: &str = "changes-";

/// Follows what a session has subscribed to, from a position or from now on. With `gets_ids` the stream begins with an event
/// that only has an id, and each batch of changes is followed by another.
pub(crate) async fn follow_session<S: Server>(
    server: &'static S,
    caller: &S::Caller,
    session: &Session,
    since: Option<Position>,
    gets_ids: bool,
    sink: &NotificationSink,
) -> Result<(), RequestError> {
    let filter = Filter {
        tools_list_changed: true,
        prompts_list_changed: true,
        resources_list_changed: true,
        ..Filter::default()
    };
    let mut listener = Listener::new(server, caller, filter, None).await?;
    listener.session = Some((session, gets_ids));
    if let Some(position) = since {
        listener.position = position;
    }
    // The head of the answer says that the stream is there: what changes from now on is told.
    sink.begin();
    listener.send_position(sink);
    listener.follow(sink).await
}

/// The id of an event after which a position was reached.
pub(super) fn seal_position<S: Server>(
    server: &S,
    caller: &S::Caller,
    session: &Session,
    position: &Position,
) -> Option<String> {
    let sealed = server.sealer().seal(&position.0, &associated_data(caller.user(), session), ID_TTL).ok()?;
    Some(format!("{PREFIX}{sealed}"))
}

/// The position that an id of such an event stands for, if it was given out to this caller for this session.
pub(crate) fn unseal_position<S: Server>(
    server: &S,
    caller: &S::Caller,
    session: &Session,
    id: &str,
) -> Option<Position> {
    let sealed = id.strip_prefix(PREFIX)?;
    server.sealer().unseal(sealed, &associated_data(caller.user(), session)).ok().map(Position)
}

fn associated_data(user: &str, session: &Session) -> Vec<u8> {
    format!("event\0{user}\0{}", session.id).into_bytes()
}
