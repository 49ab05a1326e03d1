//! A message that was taken, on its way to an answer that is stored.

use std::time::Duration;

use endpoint::{Kind, Problem};
use spin_sdk::time::sleep;
use user_database::UserDatabase;

use crate::history::{self, TurnKey};
use crate::models::ModelChoice;
use crate::thread_items::{self, NewItem};
use crate::tools::{Client, Tools};
use crate::turn::{self, Cost, Deadline, Progress, TurnError, TurnFailure, TurnInput, TurnOutput};

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
    /// Answers the message and stores the answer.
    ///
    /// # Errors
    /// There is no answer, or it can't be stored.
    pub async fn run(self, progress: &mut impl Progress) -> Result<Finished, Problem> {
        let Self { user_id, key, model, tools, begin } = self;
        let store = Store { user_id, request_id: &tools.request_id, key, model: model.name() };
        let seconds = Duration::from_secs(begin.limits.seconds.into());
        let deadline = Deadline::when(sleep(seconds));
        match turn::run(begin, &model, &tools, progress, &deadline).await {
            Ok(output) => {
                // Kept since the turn began, or good for nothing more than to show less.
                let listed = tools.list().await.unwrap_or_default();
                let items = thread_items::items(&output.steps, output.question.as_ref(), &listed);
                let changed = thread_items::changed_ids(&output.steps, &listed);
                let at = store.finish(&output, &items).await?;
                Ok(Finished { key, output, items, changed, at })
            }
            Err(TurnFailure { error, cost }) => {
                // A database that fails as well has been logged; the reason for the failure is the model's.
                let _ = store.abandon(&cost).await;
                Err(problem(error))
            }
        }
    }
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
    let store = Store { user_id, request_id, key, model: ModelChoice::Builtin.name() };
    let at = store.finish(&output, &items).await?;
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
    async fn connect(&self) -> Result<UserDatabase, Problem> {
        UserDatabase::open(&self.user_id, self.request_id).await.map_err(history::problem)
    }

    async fn finish(&self, finished: &TurnOutput, items: &[NewItem]) -> Result<String, Problem> {
        for pause in RETRY_INTERVALS {
            match self.try_finish(finished, items).await {
                // Whether it was stored is not known; a second time changes nothing.
                Err(problem) if problem.kind == Kind::Unavailable => sleep(pause).await,
                result => return result,
            }
        }
        self.try_finish(finished, items).await.map_err(|problem| match problem.kind {
            Kind::Unavailable => Problem { detail: Some(NOT_STORED.into()), ..problem },
            _ => problem,
        })
    }

    async fn try_finish(&self, finished: &TurnOutput, items: &[NewItem]) -> Result<String, Problem> {
        history::finish_turn(&self.connect().await?, self.key, finished, items, self.model).await
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
