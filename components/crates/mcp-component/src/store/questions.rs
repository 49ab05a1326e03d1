//! What clients are asked.

use mcp_protocol::{Answered, StoreError};
use serde_json::Value;
use user_database::{Row, Statement};
use uuid::Uuid;

use super::{PostgresStore, jsonb, uuid, uuids};

const TABLE: &str = "todo.mcp_questions";
const ASK: Statement = Statement::new("ask", TABLE, include_str!("ask.sql"));
const ANSWER: Statement = Statement::new("answer", TABLE, include_str!("answer.sql"));
const ANSWERS: Statement = Statement::new("answers", TABLE, include_str!("answers.sql"));

impl PostgresStore {
    pub(super) async fn ask(
        &self,
        stream: Uuid,
        session: Uuid,
        questions: &[Uuid],
    ) -> Result<(), StoreError> {
        self.does(&ASK, vec![uuid(stream), uuid(session), uuids(questions)]).await.map(drop)
    }

    pub(super) async fn answer(
        &self,
        session: Uuid,
        question: Uuid,
        response: &Value,
    ) -> Result<bool, StoreError> {
        self.does(&ANSWER, vec![uuid(session), uuid(question), jsonb(response)]).await
    }

    pub(super) async fn answers(&self, stream: Uuid, questions: &[Uuid]) -> Result<Answered, StoreError> {
        let read = |row: &mut Row| {
            let answers: Option<String> = row.read("answers")?;
            let answers = answers.map_or_else(|| Ok(Default::default()), |text| serde_json::from_str(&text));
            let answers = answers.map_err(|error| row.nonsense("answers", error.to_string()))?;
            Ok(Answered { answers, is_cancelled: row.read("is_cancelled")? })
        };
        let answered = self.at_most_one(&ANSWERS, vec![uuid(stream), uuids(questions)], read).await?;
        Ok(answered.unwrap_or_default())
    }
}
