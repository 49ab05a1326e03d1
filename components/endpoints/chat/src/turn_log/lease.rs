//! A turn's hold on its conversation, as a row that says until when.

use std::cell::Cell;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::future::{Either, FutureExt as _, Shared, select};
use futures_util::lock::{Mutex, MutexGuard};
use spin_sdk::time::sleep;
use user_database::UserDatabase;

use super::log::TurnLog;
use crate::history::{self, TurnKey};
use crate::turn::{Lease, TurnError};

/// How often what was said is stored.
const SAVING_INTERVAL: Duration = Duration::from_millis(250);
/// How often the turn says that it is there, and learns whether the person wants it to end.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(1);
/// When to try again where the database is away, in seconds.
const RETRY_AFTER_SECONDS: u32 = 5;

/// A turn's hold on its conversation.
pub struct DatabaseLease {
    holder: Rc<Holder>,
    ended: Shared<Pin<Box<dyn Future<Output = TurnError>>>>,
}

struct Holder {
    user_id: String,
    request_id: String,
    key: TurnKey,
    log: Rc<TurnLog>,
    renewed_at: Cell<Instant>,
    /// Held by what is on its way to the database, so that events are stored in their order.
    storing: Mutex<()>,
}

impl DatabaseLease {
    /// The hold of a turn that was taken just now.
    pub fn new(user_id: String, request_id: String, key: TurnKey, log: Rc<TurnLog>) -> Self {
        let (renewed_at, storing) = (Cell::new(Instant::now()), Mutex::new(()));
        let holder = Rc::new(Holder { user_id, request_id, key, log, renewed_at, storing });
        let kept: Pin<Box<dyn Future<Output = TurnError>>> = Box::pin(keep(Rc::clone(&holder)));
        Self { holder, ended: kept.shared() }
    }

    /// Does something while the conversation is held.
    pub async fn hold_while<T>(&self, work: impl Future<Output = T>) -> T {
        match select(pin!(work), self.ended.clone()).await {
            Either::Left((done, _)) => done,
            // The work finds that out by itself.
            Either::Right((_, work)) => work.await,
        }
    }

    /// Waits until nothing more is on its way to the database. Nothing goes there as long as the answer to this lives. Only for what is
    /// done while the conversation is held.
    pub async fn pause(&self) -> MutexGuard<'_, ()> {
        self.holder.storing.lock().await
    }
}

impl Lease for DatabaseLease {
    async fn renew(&self) -> Result<(), TurnError> {
        self.holder.renew().await
    }

    async fn ended(&self) -> TurnError {
        self.ended.clone().await
    }
}

/// Ends when the turn has to end.
async fn keep(holder: Rc<Holder>) -> TurnError {
    loop {
        sleep(SAVING_INTERVAL).await;
        let is_due = holder.log.has_unsaved() || holder.renewed_at.get().elapsed() >= RENEWAL_INTERVAL;
        // While the database is away nobody else can take the conversation either.
        if is_due && let Err(error @ (TurnError::Cancelled | TurnError::TakenAway)) = holder.renew().await {
            return error;
        }
    }
}

impl Holder {
    async fn renew(&self) -> Result<(), TurnError> {
        let _storing = self.storing.lock().await;
        let events = self.log.take_unsaved();
        self.renewed_at.set(Instant::now());
        let database = UserDatabase::open(&self.user_id, &self.request_id).await.map_err(history::problem);
        let held = match database {
            Ok(database) => history::extend_turn(&database, self.key, &events).await,
            Err(problem) => Err(problem),
        };
        match held {
            Ok(Some(false)) => Ok(()),
            Ok(Some(true)) => Err(TurnError::Cancelled),
            Ok(None) => Err(TurnError::TakenAway),
            Err(_) => {
                self.log.put_back(events);
                Err(TurnError::ToolsUnavailable(RETRY_AFTER_SECONDS))
            }
        }
    }
}
