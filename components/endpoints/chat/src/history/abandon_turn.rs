//! Ending a turn that has no answer.

use endpoint::Problem;
use user_database::{Statement, UserDatabase};
use uuid::Uuid;

use super::{TurnKey, bigint, integer, problem, text, uuid};
use crate::turn::Cost;

const STATEMENT: Statement =
    Statement::new("abandon_turn", "todo.conversations", include_str!("abandon_turn.sql"));

/// Ends a turn that has no answer and changed nothing, and stores what it cost. The person's message stays.
///
/// # Errors
/// 503 when the database is out of reach: then the turn ends by itself when its time is up.
pub async fn abandon_turn(
    database: &UserDatabase,
    key: TurnKey,
    cost: &Cost,
    model: &str,
) -> Result<(), Problem> {
    let parameters = vec![
        uuid(key.conversation),
        uuid(key.turn),
        uuid(Uuid::now_v7()),
        text(model),
        integer(cost.model_turns),
        bigint(cost.input_tokens),
        bigint(cost.output_tokens),
    ];
    database.one(&STATEMENT, parameters).await.map(drop).map_err(problem)
}
