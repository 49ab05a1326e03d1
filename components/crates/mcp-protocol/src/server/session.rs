//! Sessions of the revisions with a handshake.
//!
//! A session id says, sealed, who the client is and what it can do. So no process has to look anything up to know a
//! session, and there is none to lose. What belongs to a session and must be found again is in the store, under its id.

use std::time::Duration;

use uuid::Uuid;

use super::{Caller as _, ClientFeatures, SealError, Server};

/// How long a session may be used: a week. Then the client begins anew.
const SESSION_TTL: Duration = Duration::from_secs(7 * 24 * 3600);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Names what is stored for it.
    pub(crate) id: Uuid,
    /// What the client can do.
    pub(crate) client: ClientFeatures,
}

impl Session {
    /// Begins a session: its id for the header.
    pub(crate) fn begin<S: Server>(server: &S, caller: &S::Caller, client: ClientFeatures) -> Option<String> {
        server
            .sealer()
            .seal(&(Uuid::now_v7(), client.bits()), &associated_data(caller.user()), SESSION_TTL)
            .ok()
    }

    /// The session that an id describes, if it was given out to this caller.
    pub(crate) fn open<S: Server>(server: &S, caller: &S::Caller, sealed: &str) -> Result<Self, SealError> {
        let (id, bits): (Uuid, u8) = server.sealer().unseal(sealed, &associated_data(caller.user()))?;
        Ok(Self { id, client: ClientFeatures::from_bits(bits) })
    }
}

fn associated_data(user: &str) -> Vec<u8> {
    format!("session\0{user}").into_bytes()
}
