//! Reading an answer that is stored.

use endpoint::Problem;
use user_database::{Statement, UserDatabase, columns, parameters, statement};

use super::{TurnKey, problem, uuid};
use crate::transcript::{Question, Step};

parameters! {
    struct AnswerKey { conversation_id, answer_id }
}

columns! {
    struct AnswerRow { text: String, steps: String, question: Option<String> }
}

const STATEMENT: Statement<AnswerKey, AnswerRow> = statement!("todo.messages", "select_answer.sql");

/// An answer as it is stored.
pub struct StoredAnswer {
    /// The words.
    pub reply: String,
    /// How it came about.
    pub steps: Vec<Step>,
    /// What it asks, as long as that is open.
    pub question: Option<Question>,
}

/// Reads the answer of a turn; `None` where there is none.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn select_answer(database: &UserDatabase, key: TurnKey) -> Result<Option<StoredAnswer>, Problem> {
    let parameters = AnswerKey { conversation_id: uuid(key.conversation), answer_id: uuid(key.answer) };
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    Ok(row.map(|row| StoredAnswer {
        reply: row.text,
        steps: serde_json::from_str(&row.steps).unwrap_or_default(),
        question: row.question.and_then(|text| serde_json::from_str(&text).ok()),
    }))
}
