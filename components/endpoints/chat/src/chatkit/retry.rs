//! `threads.retry_after_item`: another answer to a message.

use chatkit_protocol::{Order, ThreadRetryAfterItemParams, ThreadStreamEvent, UserMessage};
use endpoint::{Kind, Problem, Response};
use user_database::{Statement, columns, parameters, statement};

use super::respond::{Turn, Words};
use super::{attachments, items, read, stream};
use crate::history::{self, Reopening, State, TurnKey, problem, uuid};
use crate::session::Session;
use crate::thread_items::changed_ids;
use crate::tools::Tools;
use crate::transcript::Step;

/// More than a message has of items after it is not told again at once.
const MAX_REPEATED: u32 = 100;

parameters! {
    struct LaterStepsOf { conversation_id, message_id }
}

columns! {
    struct LaterSteps {
        last_sequence: i32,
        steps: Option<String>,
    }
}

const STATEMENT: Statement<LaterStepsOf, LaterSteps> = statement!("todo.messages", "select_later_steps.sql");

/// Has a message answered once more, in the place of what came after it. Where tasks were changed in answer to it, what came after it
/// is told once more instead: doing it again would do it twice. Where the message is being answered, that is told from its beginning.
///
/// # Errors
/// 404 where there is no such message, 409 where the item is none of the person's messages, or the thread is locked or busy.
pub async fn retry(session: Session<'_>, params: ThreadRetryAfterItemParams) -> Result<Response, Problem> {
    let thread = read::thread_id(&params.thread_id)?;
    let message = read::item_id(&params.item_id)?;
    let turn = Turn::prepare(session).await?;
    let database = turn.session.database().await?;
    let wanted = LaterStepsOf { conversation_id: uuid(thread), message_id: uuid(message) };
    if let Some(running) = history::read_turn(&database, thread, None, i32::MAX).await?
        && running.state == State::Running
        && !running.is_lost
        && running.key.message == message
    {
        // Who comes back hears the rest of it, and all that was said before.
        return Ok(turn.tell_again(running.key, String::new(), vec![stream::options()]));
    }
    let later = database.at_most_one(&STATEMENT, wanted).await.map_err(problem)?;
    let later = later.ok_or_else(|| Problem::new(Kind::ConversationNotFound))?;
    let steps: Vec<Vec<Step>> =
        later.steps.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let steps = steps.concat();
    if !steps.is_empty() && changed_ids(&steps, &turn.tools().list().await.unwrap_or_default()).is_some() {
        let page = items::page(&database, thread, Order::Ascending, Some(message), MAX_REPEATED).await?;
        let again = page.data.into_iter().map(|item| ThreadStreamEvent::ItemDone { item });
        return Ok(stream::send_all([stream::options()].into_iter().chain(again)));
    }
    let key = TurnKey::again(thread, message);
    let reopening = Reopening {
        key,
        last_sequence: later.last_sequence,
        history_characters: turn.history_characters(),
        quota: turn.quota(),
    };
    let reopened = history::take_again(&database, &reopening).await?;
    let files = attachments::read_sent_with(&database, message).await?;
    drop(database);
    let sent: Option<UserMessage> =
        reopened.input.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let words = Words::new(reopened.text, sent.as_ref(), files);
    Ok(turn.stream(key, reopened.opened, words, vec![stream::options()], false))
}
