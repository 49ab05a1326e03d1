//! Which conversation a client goes on with that sends all that was said and no id.

use endpoint::Problem;
use user_database::{Statement, columns, parameters, statement, text_array};
use uuid::Uuid;

use crate::history::problem;
use crate::session::Session;
use crate::transcript::{Role, TranscriptMessage};

parameters! {
    struct SaidBefore { texts, last_text }
}

columns! {
    struct ContinuedConversation { id: Uuid, messages: i32 }
}

const STATEMENT: Statement<SaidBefore, ContinuedConversation> =
    statement!("todo.conversations", "find_continued.sql");

/// The conversation whose messages are the last of these, and how many come before it: all of them where there is none.
///
/// # Errors
/// 503 when the database is out of reach.
pub async fn find(
    session: &Session<'_>,
    earlier: &[TranscriptMessage],
) -> Result<(Option<Uuid>, usize), Problem> {
    let nowhere = (None, earlier.len());
    // A conversation goes on after an answer.
    let Some(last) = earlier.last().filter(|message| message.role == Role::Assistant) else {
        return Ok(nowhere);
    };
    let parameters = SaidBefore {
        texts: text_array(earlier.iter().map(|message| message.text.clone()).collect()),
        last_text: crate::history::text(last.text.as_str()),
    };
    let found = session.database().await?.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    Ok(found.map_or(nowhere, |found| {
        let known = usize::try_from(found.messages).unwrap_or_default();
        (Some(found.id), earlier.len().saturating_sub(known))
    }))
}
