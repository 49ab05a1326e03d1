//! A message that was taken, on its way to an answer that is stored.

use std::rc::Rc;
use std::time::Duration;

use endpoint::{Kind, Problem};
use serde_json::json;
use spin_sdk::time::sleep;
use user_database::UserDatabase;

use super::answer::Answer;
use super::events::error_data;
use crate::history::{self, Ending, TAKEN_AWAY, TurnKey};
use crate::models::ModelChoice;
use crate::thread_items::{self, NewItem};
use crate::tools::{Client, Tools};
use crate::turn::{self, Cost, Deadline, TurnError, TurnFailure, TurnInput, TurnOutput};
use crate::turn_log::{DatabaseLease, Event, EventName, Listener, Recorder, TurnLog};

/// Before each further attempt to store an answer: a connection may break, a database switch over.
const RETRY_INTERVALS: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(2)];

const NOT_STORED: &str = "The answer can't be stored: the database is out of reach. What the assistant did before stays, so look \
                          before you send the message again.";
/// A message that was taken, with all that is needed to answer it.
pub struct TurnJob {
    /// Whose it is.
    pub user_id: String,
    /// What the turn is known by.
    pub key: TurnKey,
    /// Who answers.
    pub model: ModelChoice,
    /// What can be called.
    pub tools: Client,
    /// The message.
    pub begin: TurnInput,
    /// Where it was sent.
    pub path: &'static str,
}

/// An answer that is stored.
pub struct Finished {
    /// What it is known by.
    pub key: TurnKey,
    /// The answer.
    pub output: TurnOutput,
    /// What is shown beside it.
    pub items: Vec<NewItem>,
    /// The tasks that it changed; nothing where it changed none.
    pub changed: Option<Vec<String>>,
    /// When it was stored, as RFC 3339 has it.
    pub at: String,
}

impl TurnJob {
    /// Answers the message and stores the answer, and tells of both.
    ///
    /// # Errors
    /// There is no answer, or it can't be stored.
    pub async fn run(self, listener: &mut impl Listener) -> Result<Finished, Problem> {
        let Self { user_id, key, model, tools, begin, path } = self;
        let request_id = tools.request_id.as_str();
        let log = Rc::new(TurnLog::default());
        let lease = DatabaseLease::new(user_id.clone(), request_id.to_owned(), key, Rc::clone(&log));
        let mut recorder = Recorder::new(Rc::clone(&log), listener);
        let store = Store { user_id, request_id, key, model: model.name() };
        let seconds = Duration::from_secs(begin.limits.seconds.into());
        let deadline = Deadline::when(sleep(seconds));
        recorder.tell(EventName::Conversation, ids(key));
        let work = async {
            let answered = turn::run(begin, &model.open(), &tools, &mut recorder, &lease, &deadline).await;
            // Kept since the turn began, or good for nothing more than to show less.
            let listed = if answered.is_ok() { tools.list().await } else { Ok(Rc::default()) };
            let listed = listed.unwrap_or_default();
            // Nothing else of the turn is stored from here on, so that its last event comes last.
            let _alone = lease.pause().await;
            let (ended, last) = match answered {
                Ok(output) => {
                    let items = thread_items::items(&output.steps, output.question.as_ref(), &listed);
                    let changed = thread_items::changed_ids(&output.steps, &listed);
                    let last = log.add(EventName::Done, Answer::new(key, &output).to_value());
                    let stored = store.finish(&output, &items, &log.take_unsaved()).await;
                    (stored.map(|at| Finished { key, output, items, changed, at }), last)
                }
                Err(TurnFailure { error, cost }) => {
                    let problem = problem(error);
                    let last = log.add(EventName::Error, error_data(problem.clone(), path, request_id));
                    // A database that fails as well has been logged; the reason for the failure is the model's.
                    let _ = store.abandon(cost, &log.take_unsaved()).await;
                    (Err(problem), last)
                }
            };
            match &ended {
                Err(problem) if last.name == EventName::Done => {
                    recorder.tell(EventName::Error, error_data(problem.clone(), path, request_id));
                }
                _ => recorder.pass_on(&last),
            }
            ended
        };
        lease.hold_while(work).await
    }
}

/// The first event of a turn.
pub fn ids(key: TurnKey) -> serde_json::Value {
    json!({"conversation_id": key.conversation, "message_id": key.answer})
}

/// Stores an answer that needs no model.
///
/// # Errors
/// It can't be stored.
pub async fn store_answer(
    user_id: String,
    request_id: &str,
    key: TurnKey,
    output: TurnOutput,
    items: Vec<NewItem>,
) -> Result<Finished, Problem> {
    let log = TurnLog::default();
    log.add(EventName::Conversation, ids(key));
    log.add(EventName::Delta, json!({"text": output.reply}));
    log.add(EventName::Done, Answer::new(key, &output).to_value());
    let store = Store { user_id, request_id, key, model: ModelChoice::Builtin.name() };
    let at = store.finish(&output, &items, &log.take_unsaved()).await?;
    Ok(Finished { key, output, items, changed: None, at })
}

/// Where the turn ends.
struct Store<'a> {
    user_id: String,
    request_id: &'a str,
    key: TurnKey,
    model: &'static str,
}

impl Store<'_> {
    async fn finish(
        &self,
        output: &TurnOutput,
        items: &[NewItem],
        events: &[Event],
    ) -> Result<String, Problem> {
        let ending = Ending { answer: Some((output, items)), ..self.ending(output.cost, events) };
        for pause in RETRY_INTERVALS {
            match self.end(&ending).await {
                // Whether it was stored is not known; a second time changes nothing.
                Err(problem) if problem.kind == Kind::Unavailable => sleep(pause).await,
                result => return result,
            }
        }
        self.end(&ending).await.map_err(|problem| match problem.kind {
            Kind::Unavailable => Problem { detail: Some(NOT_STORED.into()), ..problem },
            _ => problem,
        })
    }

    async fn abandon(&self, cost: Cost, events: &[Event]) -> Result<(), Problem> {
        self.end(&self.ending(cost, events)).await.map(drop)
    }

    const fn ending<'e>(&self, cost: Cost, events: &'e [Event]) -> Ending<'e> {
        Ending { key: self.key, answer: None, cost, model: self.model, events, if_lost: false }
    }

    async fn end(&self, ending: &Ending<'_>) -> Result<String, Problem> {
        let database = UserDatabase::open(&self.user_id, self.request_id).await.map_err(history::problem)?;
        history::end_turn(&database, ending).await
    }
}

fn problem(error: TurnError) -> Problem {
    match error {
        TurnError::ModelUnavailable(seconds) => Problem::new(Kind::ModelUnavailable).retry_after(seconds),
        TurnError::ModelRefused => Problem::with_detail(
            Kind::ModelFailed,
            "The language model refuses to work: an operator has to look into it. Your message is kept and nothing was changed.",
        ),
        TurnError::ModelGarbled => Problem::with_detail(
            Kind::ModelFailed,
            "The language model's answer makes no sense. Your message is kept and nothing was changed. Trying again may help.",
        ),
        TurnError::ToolsUnavailable(seconds) => Problem::with_detail(
            Kind::Unavailable,
            "Your tasks can't be reached right now. Your message is kept and nothing was changed.",
        )
        .retry_after(seconds),
        TurnError::TimeIsUp => Problem::new(Kind::AnswerTimedOut),
        TurnError::Cancelled | TurnError::TakenAway => {
            Problem::with_detail(Kind::ConversationBusy, TAKEN_AWAY)
        }
    }
}
