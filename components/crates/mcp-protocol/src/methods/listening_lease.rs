//! How many streams a user may listen on at a time, over all processes: each stream holds a lease in the store.

use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use uuid::Uuid;

use super::RequestError;
use crate::{
    message::RpcError,
    server::{Server, Store as _},
};

/// For how many seconds a lease is taken and renewed: a stream whose process ended counts no longer than that.
const LEASE_SECONDS: u32 = 30;

/// How often it is renewed, so that it outlives two attempts that fail.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(10);

/// When somebody who has too many streams may try again, in seconds.
const RETRY_AFTER_SECONDS: u32 = 10;

/// A stream's right to listen. Dropping it gives it back, also where the client just left.
pub(crate) struct ListeningLease<S: Server> {
    server: &'static S,
    caller: S::Caller,
    /// Names it in the store; `None` where a user may listen on as many streams as they like, and where it was lost.
    id: Option<Uuid>,
    renewed_at: Instant,
}

impl<S: Server> ListeningLease<S> {
    /// Takes a lease.
    ///
    /// # Errors
    /// 429 where the user has as many streams as they may have; otherwise where the store does not answer.
    pub(crate) async fn take(server: &'static S, caller: &S::Caller) -> Result<Self, RequestError> {
        let limit = server.max_listening_streams();
        let mut lease = Self { server, caller: caller.clone(), id: None, renewed_at: Instant::now() };
        if limit == 0 {
            return Ok(lease);
        }
        let id = Uuid::now_v7();
        if !server.store(caller).open_listener(id, limit, LEASE_SECONDS).await? {
            let rpc_error = RpcError::too_many_streams(limit, RETRY_AFTER_SECONDS);
            return Err(RequestError { retry_after: Some(RETRY_AFTER_SECONDS), ..rpc_error.into() });
        }
        lease.id = Some(id);
        Ok(lease)
    }

    /// Renews it where it is time, and says whether it was lost: then the stream ends, and the client opens another if it may.
    pub(crate) async fn is_lost(&mut self) -> bool {
        let Some(id) = self.id.filter(|_| self.renewed_at.elapsed() >= RENEWAL_INTERVAL) else {
            return false;
        };
        let asked_at = Instant::now();
        match self.server.store(&self.caller).renew_listener(id, LEASE_SECONDS).await {
            Ok(true) => self.renewed_at = asked_at,
            Ok(false) => self.id = None,
            // A moment without the store is no reason to end: it is tried again.
            Err(_) => {}
        }
        self.id.is_none()
    }
}

impl<S: Server> Drop for ListeningLease<S> {
    fn drop(&mut self) {
        let Some(id) = self.id.take() else { return };
        let store = self.server.store(&self.caller);
        // Where it can't be given back it expires.
        let release = async move { store.close_listener(id).await.unwrap_or_default() };
        self.server.spawn(release.boxed_local());
    }
}
