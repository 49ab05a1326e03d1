//! `threads.custom_action` and `threads.sync_custom_action`: what a person does with a widget, through the tools.

use chatkit_protocol::{
    Action, ItemContent, SyncActionAnswer, ThreadCustomActionParams, ThreadItem, ThreadStreamEvent,
};
use endpoint::{Kind, Problem, Response, body};
use http::StatusCode;
use serde_json::{Map, Value};
use task_model::types::{Consent, Wording};
use user_database::{Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use super::items::{expect_active, find};
use super::read::{self, invalid};
use super::turn_events::tasks_changed;
use super::widgets::{self, DISMISS, IMPORT, TASK_ACTION};
use super::{import_action, render, stream as events};
use crate::history::{jsonb, problem, text, uuid};
use crate::messages::detached;
use crate::session::Session;
use crate::thread_items::{Content, ShownTask};
use crate::tools::{Asking, Called, Client, Tool, Tools};
use crate::transcript::Outcome;

/// What is needed to change tasks.
const SCOPE: &str = "tasks:write";

parameters! {
    struct TaskNow { conversation_id, task_id, task }
}

columns! {
    struct ChangedItem { id: Uuid, created_at: String, content: String }
}

const UPDATE: Statement<TaskNow, ChangedItem> = statement!("todo.thread_items", "update_shown_task.sql");

/// Does what a widget says, and tells of it in a stream.
///
/// # Errors
/// 400 for an action that is none, 403 where the token does not allow it, 404 where there is no such thread, item or task, 409 where the
/// item is no widget, the thread is locked, or the task has changed. Then nothing was done.
pub async fn stream(session: Session<'_>, params: ThreadCustomActionParams) -> Result<Response, Problem> {
    let planned = Planned::read(&session, &params).await?;
    if let Doing::Import { is_wanted: true } = planned.doing {
        return import_action::stream(session, planned.thread, planned.sender).await;
    }
    let done = planned.run(&session).await?;
    let replaced = done.items.into_iter().map(|item| ThreadStreamEvent::ItemReplaced { item });
    let changed = done.changed.map(tasks_changed);
    Ok(events::send_all([events::options()].into_iter().chain(replaced).chain(changed)))
}

/// Does what a widget says and answers the widget as it is then.
///
/// # Errors
/// As [`stream`].
pub async fn answer(session: Session<'_>, params: ThreadCustomActionParams) -> Result<Response, Problem> {
    let planned = Planned::read(&session, &params).await?;
    let sender = planned.sender.map(|sender| sender.to_string());
    let done = planned.run(&session).await?;
    let updated_item = done.items.into_iter().find(|item| Some(&item.id) == sender.as_ref());
    body::json(StatusCode::OK, &SyncActionAnswer { updated_item })
}

/// What an action has done.
pub struct Done {
    /// The widgets that it changed.
    pub items: Vec<ThreadItem>,
    /// The tasks that it changed.
    pub changed: Option<Vec<String>>,
}

/// An action that can be done.
struct Planned {
    thread: Uuid,
    sender: Option<Uuid>,
    doing: Doing,
}

enum Doing {
    /// Calls the tool with this verb.
    Task { verb: String, payload: Map<String, Value> },
    /// Adds the lines of a file, or puts them aside.
    Import { is_wanted: bool },
}

impl Planned {
    async fn read(session: &Session<'_>, params: &ThreadCustomActionParams) -> Result<Self, Problem> {
        let thread = read::thread_id(&params.thread_id)?;
        let sender = params.item_id.as_deref().map(read::item_id).transpose()?;
        let doing = Doing::read(&params.action, sender)?;
        let database = session.database().await?;
        match sender {
            None => expect_active(&database, thread).await?,
            Some(sender) => {
                let item = find(&database, thread, sender).await?;
                let is_import = matches!(item.content, Some(Content::Import(_)));
                if item.kind != "widget" || is_import != matches!(doing, Doing::Import { .. }) {
                    return Err(Problem::new(Kind::WrongItemKind));
                }
            }
        }
        Ok(Self { thread, sender, doing })
    }

    /// Does it, also when the client goes away meanwhile.
    async fn run(self, session: &Session<'_>) -> Result<Done, Problem> {
        let tools = session.tools().await?;
        let database = session.database().await?;
        let scopes = session.principal.scopes.clone();
        detached(async move {
            match self.doing {
                Doing::Task { verb, payload } => {
                    let task = change_task(&tools, &scopes, &verb, &payload).await?;
                    let items = show_task(&database, self.thread, &task).await?;
                    Ok(Done { items, changed: Some(vec![task.id]) })
                }
                Doing::Import { is_wanted } => {
                    let import = import_action::Claimed::take(&database, self.thread, self.sender, is_wanted);
                    import.await?.finish(&database, &tools, |_, _| {}).await
                }
            }
        })
        .await
    }
}

impl Doing {
    fn read(action: &Action, sender: Option<Uuid>) -> Result<Self, Problem> {
        match action.kind.as_str() {
            IMPORT | DISMISS if sender.is_none() => {
                Err(invalid("/params/item_id", "This is required: the action is about the widget."))
            }
            IMPORT => Ok(Self::Import { is_wanted: true }),
            DISMISS => Ok(Self::Import { is_wanted: false }),
            kind => {
                let verb = kind.strip_prefix(TASK_ACTION).filter(|verb| !verb.is_empty());
                let verb = verb.ok_or_else(|| unknown(kind))?.to_owned();
                let payload = action.payload.as_object().cloned().unwrap_or_default();
                if payload.get("id").and_then(Value::as_str).is_none_or(|id| Uuid::try_parse(id).is_err()) {
                    return Err(invalid("/params/action/payload/id", "This has to be the id of a task."));
                }
                Ok(Self::Task { verb, payload })
            }
        }
    }
}

fn unknown(kind: &str) -> Problem {
    invalid("/params/action/type", format!("There is no action “{kind}”."))
}

/// The tool that does this with one task without asking first.
fn find_tool<'t>(tools: &'t [Tool], verb: &str) -> Option<&'t Tool> {
    tools.iter().find(|tool| {
        let is_verb =
            tool.wording.as_ref().is_some_and(|wording| wording.verb == verb && is_about_tasks(wording));
        is_verb && !tool.read_only && !tool.destructive && tool.consent == Consent::None
    })
}

/// Whether a tool with these words is about tasks, and not about lists, which share the verbs.
pub(super) fn is_about_tasks(wording: &Wording) -> bool {
    wording.running.contains("{tasks}")
}

/// The members that the tool takes; the values of a form come beside others that it does not.
fn arguments(tool: &Tool, payload: &Map<String, Value>) -> Map<String, Value> {
    let schema: Value = serde_json::from_str(&tool.input_schema).unwrap_or_default();
    let takes = |name: &str| schema.pointer("/properties").is_some_and(|known| known.get(name).is_some());
    let is_empty = |value: &Value| value.is_null() || *value == "";
    payload
        .iter()
        .filter(|(name, value)| takes(name) && !is_empty(value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

async fn change_task(
    tools: &Client,
    scopes: &[String],
    verb: &str,
    payload: &Map<String, Value>,
) -> Result<ShownTask, Problem> {
    let listed = tools.list().await.map_err(|unreachable| {
        let detail = "Your tasks can't be reached right now. Nothing was changed.";
        Problem::with_detail(Kind::Unavailable, detail).retry_after(unreachable.0)
    })?;
    let Some(tool) = find_tool(&listed, verb) else {
        // What a token does not allow is not listed.
        let may_change = scopes.iter().any(|scope| scope == SCOPE);
        return Err(if may_change {
            unknown(&format!("{TASK_ACTION}{verb}"))
        } else {
            Problem::insufficient_scope(SCOPE)
        });
    };
    match tools.call(&tool.name, &arguments(tool, payload), Asking::IfNeeded).await {
        Called::Done(outcome) if !outcome.failed => ShownTask::read(&outcome.content)
            .ok_or_else(|| Problem::with_detail(Kind::Unavailable, "The tool's answer makes no sense.")),
        Called::Done(outcome) => Err(refused(&outcome)),
        Called::Asks(_) | Called::Lapsed => {
            Err(invalid("/params/action/type", "This is asked about first: say it in a message."))
        }
    }
}

/// Why a tool did nothing.
pub fn refused(outcome: &Outcome) -> Problem {
    let member = |name: &str| outcome.content.get(name).and_then(Value::as_str);
    let name = member("type").and_then(|uri| uri.rsplit('/').next());
    let kind = match name.and_then(Kind::from_name) {
        Some(Kind::InvalidInput) => Kind::InvalidRequest,
        Some(kind) => kind,
        None => Kind::Unavailable,
    };
    match member("detail") {
        Some(detail) => Problem::with_detail(kind, detail.to_owned()),
        None => Problem::with_detail(kind, outcome.text()),
    }
}

/// Puts a task as it is now into the widgets that show it, and answers these.
async fn show_task(
    database: &UserDatabase,
    thread: Uuid,
    task: &ShownTask,
) -> Result<Vec<ThreadItem>, Problem> {
    let parameters =
        TaskNow { conversation_id: uuid(thread), task_id: text(task.id.as_str()), task: jsonb(task) };
    let rows = database.rows(&UPDATE, parameters).await.map_err(problem)?;
    let item = |row: ChangedItem| {
        let content = serde_json::from_str(&row.content).ok()?;
        let widget: ItemContent = widgets::widget(&content)?;
        Some(render::item(row.id, thread, row.created_at, widget))
    };
    Ok(rows.into_iter().filter_map(item).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tool(name: &str, verb: &str, destructive: bool, consent: Consent) -> Tool {
        tool_about("{tasks}", name, verb, destructive, consent)
    }

    fn tool_about(noun: &str, name: &str, verb: &str, destructive: bool, consent: Consent) -> Tool {
        Tool {
            name: name.into(),
            title: String::new(),
            description: String::new(),
            input_schema: r#"{"properties":{"id":{},"version":{},"title":{}}}"#.into(),
            read_only: false,
            destructive,
            consent,
            wording: Some(Wording {
                verb: verb.into(),
                running: format!("Doing {noun}"),
                done: String::new(),
            }),
        }
    }

    #[test]
    fn an_action_is_a_tool_for_one_task_that_asks_nobody() {
        let tools = [
            tool("a", "complete", true, Consent::Many),
            tool_about("a list", "l", "complete", false, Consent::None),
            tool("b", "complete", false, Consent::None),
            tool("c", "delete", true, Consent::One),
        ];
        assert_eq!(find_tool(&tools, "complete").unwrap().name, "b");
        assert!(find_tool(&tools, "delete").is_none());
        assert!(find_tool(&tools, "look at").is_none());
    }

    #[test]
    fn only_what_the_tool_takes_goes_to_it() {
        let payload = json!({"id": "7", "title": "x", "version": null, "done": true, "confirm": true});
        let tool = tool("a", "change", false, Consent::None);
        let taken = arguments(&tool, payload.as_object().unwrap());
        assert_eq!(Value::Object(taken), json!({"id": "7", "title": "x"}));
    }

    #[test]
    fn an_action_that_is_none_is_named() {
        let id = Uuid::nil().to_string();
        for (kind, payload, sender, pointer) in [
            ("task.complete", json!({}), None, "/params/action/payload/id"),
            ("task.complete", json!("x"), None, "/params/action/payload/id"),
            ("task.complete", json!({"id": "7"}), None, "/params/action/payload/id"),
            ("task.", json!({"id": id}), None, "/params/action/type"),
            ("nonsense", json!({"id": id}), None, "/params/action/type"),
            (IMPORT, json!({}), None, "/params/item_id"),
        ] {
            let action = Action { kind: kind.into(), payload };
            let Err(problem) = Doing::read(&action, sender) else { panic!("{kind} is one") };
            assert_eq!((problem.status().as_u16(), problem.errors[0].pointer.as_str()), (400, pointer));
        }
    }

    #[test]
    fn a_tool_that_did_nothing_says_why_in_its_own_words() {
        let outcome = |content| Outcome { failed: true, content };
        let found = refused(&outcome(json!({"type": "/problems/task-not-found", "detail": "No such task."})));
        assert_eq!((found.status().as_u16(), found.sentence().as_ref()), (404, "No such task."));
        assert_eq!(refused(&outcome(json!({"type": "/problems/invalid-input"}))).status(), 400);
        assert_eq!(refused(&outcome(json!("The tools can't be reached."))).status(), 503);
    }
}
