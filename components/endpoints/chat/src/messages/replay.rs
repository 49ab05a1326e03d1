//! A message that was taken before: its turn is told again, wherever it runs.

use std::pin::pin;
use std::time::Duration;

use endpoint::{Kind, Problem, Response};
use futures_util::future::{Either, select};
use serde_json::Value;
use spin_sdk::time::sleep;
use user_database::UserDatabase;
use uuid::Uuid;

use super::answer::Answer;
use super::events::{self, Events};
use super::turn_job::ids;
use crate::history::{self, State, TurnKey, select_answer};
use crate::session::Session;
use crate::turn_log::{Event, EventName, Followed, LAST_NUMBER, Listener, Unheard, follow};

/// When the message can be sent again, in seconds.
const RETRY_AFTER_SECONDS: u32 = 1;
/// When a turn that still runs can be asked for again, in seconds.
const RUNNING_RETRY_AFTER_SECONDS: u32 = 2;

const NOT_ANSWERED: &str = "The message was not answered. It is kept and nothing was changed: send it again.";
const STILL_RUNNING: &str =
    "This message is being answered. Send it again for the answer, with the same key.";

/// Who asks, where.
#[derive(Clone)]
pub struct Asking {
    /// The user's id.
    pub user_id: String,
    /// The request's id.
    pub request_id: String,
    /// Its path.
    pub path: String,
}

impl Asking {
    /// Who sends this request.
    pub fn new(session: &Session<'_>) -> Self {
        let path = session.context.uri.path().to_owned();
        Self { user_id: session.caller.user_id.clone(), request_id: session.caller.request_id.clone(), path }
    }

    async fn database(&self) -> Result<UserDatabase, Problem> {
        UserDatabase::open(&self.user_id, &self.request_id).await.map_err(history::problem)
    }

    /// The answer of a turn that is over; `None` where it has none.
    ///
    /// # Errors
    /// 503 when the database is out of reach.
    pub async fn answer(&self, key: TurnKey) -> Result<Option<Answer>, Problem> {
        let stored = select_answer(&self.database().await?, key).await?;
        Ok(stored.map(|stored| Answer::stored(key, stored)))
    }

    /// Tells a turn's events from the first one on, and answers what it says in the end.
    ///
    /// # Errors
    /// 503 where it has no answer or the database is out of reach.
    pub async fn tell_again(&self, key: TurnKey, listener: &mut impl Listener) -> Result<Answer, Problem> {
        let ids = (self.user_id.as_str(), self.request_id.as_str());
        follow(ids, (key.conversation, key.turn), 0, listener).await?;
        self.answer_of(key).await
    }

    async fn answer_of(&self, key: TurnKey) -> Result<Answer, Problem> {
        let answer = self.answer(key).await?;
        answer.ok_or_else(|| {
            Problem::with_detail(Kind::Unavailable, NOT_ANSWERED).retry_after(RETRY_AFTER_SECONDS)
        })
    }

    /// The answer of a turn, once it is over.
    ///
    /// # Errors
    /// 409 where it takes longer than this, 503 where it has no answer.
    pub async fn answer_when_over(&self, key: TurnKey, seconds: u32) -> Result<Answer, Problem> {
        let mut nobody = Unheard;
        let ids = (self.user_id.as_str(), self.request_id.as_str());
        let over = follow(ids, (key.conversation, key.turn), i32::MAX, &mut nobody);
        match select(pin!(over), pin!(sleep(Duration::from_secs(seconds.into())))).await {
            Either::Left((followed, _)) => {
                followed?;
            }
            Either::Right(_) => {
                let problem = Problem::with_detail(Kind::ConversationBusy, STILL_RUNNING);
                return Err(problem.retry_after(RUNNING_RETRY_AFTER_SECONDS));
            }
        }
        self.answer_of(key).await
    }
}

/// Tells a turn's events after this number, and those that come.
pub fn stream(asking: Asking, (conversation, turn): (Uuid, Uuid), after: i32) -> Response {
    let (mut events, response) = events::channel(turn);
    spin_sdk::wasip3::spawn(async move {
        if let Err(problem) = tell(&asking, (conversation, turn), after, &mut events).await {
            events.error(problem, &asking.path, &asking.request_id);
        }
    });
    response
}

async fn tell(asking: &Asking, turn: (Uuid, Uuid), after: i32, events: &mut Events) -> Result<(), Problem> {
    let followed = follow((&asking.user_id, &asking.request_id), turn, after, events).await?;
    let Followed { key, state: State::Complete | State::Cancelled, has_told_end: false } = followed else {
        return Ok(());
    };
    // Its events are no longer kept; the answer is.
    let answer = asking.answer(key).await?.ok_or_else(|| Problem::new(Kind::ConversationNotFound))?;
    let mut say = |number: i32, name: EventName, data: Value| events.hear(&Event { number, name, data });
    if after == 0 {
        say(1, EventName::Conversation, ids(key));
    }
    say(LAST_NUMBER, EventName::Done, answer.to_value());
    Ok(())
}
