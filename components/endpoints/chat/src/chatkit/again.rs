//! Telling an answer again that runs elsewhere, or is over.

use chatkit_protocol::Order;
use endpoint::{Kind, Problem};
use user_database::UserDatabase;

use super::items;
use super::turn_events::TurnEvents;
use crate::history::{self, State, TurnKey, select_answer};
use crate::thread_items::changed_ids;
use crate::tools::{Client, Tools};
use crate::turn_log::follow;

/// More than an answer has of items is not told again at once.
const MAX_REPEATED: u32 = 100;

const NOT_ANSWERED: &str = "The message was not answered. It is kept and nothing was changed.";

/// Tells what a turn has said and says, and what is stored of it once it is over.
///
/// # Errors
/// It ended without an answer, its thread is gone, or the database is out of reach.
pub async fn tell(
    user_id: &str,
    request_id: &str,
    key: TurnKey,
    tools: &Client,
    events: &mut TurnEvents,
) -> Result<(), Problem> {
    let followed = follow((user_id, request_id), (key.conversation, key.turn), 0, events).await?;
    match followed.state {
        // Nobody listens any more.
        State::Running => return Ok(()),
        State::Failed => return Err(Problem::with_detail(Kind::Unavailable, NOT_ANSWERED)),
        State::Complete | State::Cancelled => {}
    }
    let database = UserDatabase::open(user_id, request_id).await.map_err(history::problem)?;
    let gone = || Problem::new(Kind::ConversationNotFound);
    let answer = select_answer(&database, key).await?.ok_or_else(gone)?;
    let page =
        items::page(&database, key.conversation, Order::Ascending, Some(key.message), MAX_REPEATED).await?;
    drop(database);
    let changed = changed_ids(&answer.steps, &tools.list().await.unwrap_or_default());
    // What was said after the answer is none of it.
    let is_said = |item: &chatkit_protocol::ThreadItem| {
        matches!(item.content, chatkit_protocol::ItemContent::UserMessage(_))
    };
    let items = page.data.into_iter().take_while(|item| !is_said(item)).collect();
    events.tell_again(&answer.reply, items, changed);
    Ok(())
}
