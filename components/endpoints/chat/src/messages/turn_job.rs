//! A message that was taken, on its way to an answer that is stored.

use std::time::Duration;

use endpoint::{Kind, Problem};
use spin_sdk::time::sleep;
use user_database::UserDatabase;

use super::answer::Answer;
use super::events::Events;
use crate::history::{self, TurnKey};
use crate::models::ModelChoice;
use crate::tools::Client;
use crate::turn::{self, Cost, Deadline, TurnError, TurnFailure, TurnInput, TurnOutput};

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
}

impl TurnJob {
    /// Answers the message and stores the answer.
    ///
    /// # Errors
    /// There is no answer, or it can't be stored.
    pub async fn run(self, events: &mut Events) -> Result<Answer, Problem> {
        let Self { user_id, key, model, tools, begin } = self;
        let store = Store { user_id, request_id: &tools.request_id, key, model: model.name() };
        let seconds = Duration::from_secs(begin.limits.seconds.into());
        let deadline = Deadline::when(sleep(seconds));
        match turn::run(begin, &model, &tools, events, &deadline).await {
            Ok(finished) => {
                store.finish(&finished).await?;
                Ok(Answer::new(key, finished))
            }
            Err(TurnFailure { error, cost }) => {
                // A database that fails as well has been logged; the reason for the failure is the model's.
                let _ = store.abandon(&cost).await;
                Err(problem(error))
            }
        }
    }
}

/// Where the turn ends.
struct Store<'a> {
    user_id: String,
    request_id: &'a str,
    key: TurnKey,
    model: &'static str,
}

impl Store<'_> {
    async fn connect(&self) -> Result<UserDatabase, Problem> {
        UserDatabase::open(&self.user_id, self.request_id).await.map_err(history::problem)
    }

    async fn finish(&self, finished: &TurnOutput) -> Result<(), Problem> {
        for pause in RETRY_INTERVALS {
            match self.try_finish(finished).await {
                // Whether it was stored is not known; a second time changes nothing.
                Err(problem) if problem.kind == Kind::Unavailable => sleep(pause).await,
                result => return result,
            }
        }
        self.try_finish(finished).await.map_err(|problem| match problem.kind {
            Kind::Unavailable => Problem { detail: Some(NOT_STORED.into()), ..problem },
            _ => problem,
        })
    }

    async fn try_finish(&self, finished: &TurnOutput) -> Result<(), Problem> {
        history::finish_turn(&self.connect().await?, self.key, finished, self.model).await
    }

    async fn abandon(&self, cost: &Cost) -> Result<(), Problem> {
        history::abandon_turn(&self.connect().await?, self.key, cost, self.model).await
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
    }
}
