//! Adding the lines of a file as tasks, or putting them aside.

use chatkit_protocol::widget::{Icon, IconName};
use chatkit_protocol::{Level, ThreadItem, ThreadStreamEvent};
use endpoint::{Kind, Problem, Response};
use serde_json::{Map, Value};
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use super::actions::{Done, is_about_tasks, refused};
use super::items::find;
use super::turn_events::tasks_changed;
use super::{render, stream as events, widgets};
use crate::history::{problem, text, uuid};
use crate::session::Session;
use crate::thread_items::{Content, Import, ImportState};
use crate::tools::{Asking, Called, Client, Tools};

/// The verb of the tool that adds a task.
const VERB: &str = "add";

parameters! {
    struct Claim { conversation_id, item_id, state }
}
parameters! {
    struct Outcome { conversation_id, item_id, state, added }
}
columns! {
    struct Stored { content: String }
}

const CLAIM: Statement<Claim, Stored> = statement!("todo.thread_items", "claim_import.sql");
const UPDATE: Statement<Outcome, Stored> = statement!("todo.thread_items", "update_import.sql");

/// Lines that nobody else adds or puts aside.
pub struct Claimed {
    thread: Uuid,
    item: Uuid,
    created_at: String,
    import: Import,
}

/// Adds the lines of a file, and tells of it as it goes on.
///
/// # Errors
/// 409 where that was done already.
pub async fn stream(session: Session<'_>, thread: Uuid, sender: Option<Uuid>) -> Result<Response, Problem> {
    let tools = session.tools().await?;
    let database = session.database().await?;
    let request_id = session.caller.request_id.clone();
    let claimed = Claimed::take(&database, thread, sender, true).await?;
    let (mut events, response) = events::channel();
    events.send(&events::options());
    spin_sdk::wasip3::spawn(async move {
        let progress = |place: usize, count: usize| {
            let text = format!("Adding {place} of {count}");
            let icon = Some(Icon::Known(IconName::Plus));
            events.send(&ThreadStreamEvent::ProgressUpdate { icon, text });
        };
        match claimed.finish(&database, &tools, progress).await {
            Ok(Done { items, changed }) => {
                let notices: Vec<ThreadStreamEvent> = items.iter().filter_map(notice).collect();
                items.into_iter().for_each(|item| events.send(&ThreadStreamEvent::ItemReplaced { item }));
                changed.map(tasks_changed).iter().for_each(|effect| events.send(effect));
                notices.iter().for_each(|notice| events.send(notice));
            }
            Err(problem) => events.send(&events::error(&problem, &request_id)),
        }
    });
    Ok(response)
}

/// What the person is told of an import that is over: the last line of its widget.
fn notice(item: &ThreadItem) -> Option<ThreadStreamEvent> {
    let chatkit_protocol::ItemContent::Widget(widget) = &item.content else { return None };
    let message = widget.copy_text.as_deref()?.lines().last()?.to_owned();
    Some(ThreadStreamEvent::Notice { level: Level::Info, message, title: None })
}

impl Claimed {
    /// Takes the lines of a widget, so that they are added once, whatever is pressed how often in how many windows.
    ///
    /// # Errors
    /// 404 and 409 as everywhere, 409 as well where they were taken already.
    pub async fn take(
        database: &UserDatabase,
        thread: Uuid,
        sender: Option<Uuid>,
        is_wanted: bool,
    ) -> Result<Self, Problem> {
        let item = sender.ok_or_else(|| Problem::new(Kind::ItemNotFound))?;
        let found = find(database, thread, item).await?;
        let state = if is_wanted { "adding" } else { "dismissed" };
        let claim = Claim { conversation_id: uuid(thread), item_id: uuid(item), state: text(state) };
        let stored = database.at_most_one(&CLAIM, claim).await.map_err(problem)?;
        let stored = stored.ok_or_else(|| Problem::new(Kind::ActionDone))?;
        let Ok(Content::Import(import)) = serde_json::from_str(&stored.content) else {
            return Err(Problem::new(Kind::WrongItemKind));
        };
        Ok(Self { thread, item, created_at: found.created_at.unwrap_or_default(), import })
    }

    /// Adds the lines one by one, as far as that goes, and keeps what became of them.
    ///
    /// # Errors
    /// Nothing could be added, or what became of them can't be kept.
    pub async fn finish(
        mut self,
        database: &UserDatabase,
        tools: &Client,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Done, Problem> {
        if self.import.state == ImportState::Dismissed {
            return Ok(Done { items: self.item().into_iter().collect(), changed: None });
        }
        let (added, stopped) = self.add(tools, &mut progress).await;
        self.import.added = added.len();
        // Where nothing was added, it can be tried again.
        let state = if added.is_empty() && stopped.is_some() { "open" } else { "added" };
        self.import.state = ImportState::Added;
        let outcome = Outcome {
            conversation_id: uuid(self.thread),
            item_id: uuid(self.item),
            state: text(state),
            added: Parameter::Int32(i32::try_from(added.len()).unwrap_or(i32::MAX)),
        };
        database.at_most_one(&UPDATE, outcome).await.map_err(problem)?;
        match stopped {
            Some(problem) if added.is_empty() => Err(problem),
            _ => Ok(Done { items: self.item().into_iter().collect(), changed: Some(added) }),
        }
    }

    /// The ids of the tasks that were added, and why no more were.
    async fn add(
        &self,
        tools: &Client,
        progress: &mut impl FnMut(usize, usize),
    ) -> (Vec<String>, Option<Problem>) {
        let mut added = Vec::new();
        let Ok(listed) = tools.list().await else { return (added, Some(Problem::new(Kind::Unavailable))) };
        let is_wanted = |tool: &&crate::tools::Tool| {
            tool.wording.as_ref().is_some_and(|wording| wording.verb == VERB && is_about_tasks(wording))
                && !tool.destructive
        };
        let Some(tool) = listed.iter().find(is_wanted) else {
            return (added, Some(Problem::insufficient_scope("tasks:write")));
        };
        let count = self.import.titles.len();
        for (place, title) in self.import.titles.iter().enumerate() {
            progress(place + 1, count);
            let arguments: Map<String, Value> =
                [("title".to_owned(), title.as_str().into())].into_iter().collect();
            match tools.call(&tool.name, &arguments, Asking::IfNeeded).await {
                Called::Done(outcome) if !outcome.failed => {
                    added.extend(outcome.content.get("id").and_then(Value::as_str).map(str::to_owned));
                }
                Called::Done(outcome) => return (added, Some(refused(&outcome))),
                Called::Asks(_) | Called::Lapsed => return (added, Some(Problem::new(Kind::Unavailable))),
            }
        }
        (added, None)
    }

    fn item(&self) -> Option<ThreadItem> {
        let content = widgets::widget(&Content::Import(self.import.clone()))?;
        Some(render::item(self.item, self.thread, self.created_at.clone(), content))
    }
}
