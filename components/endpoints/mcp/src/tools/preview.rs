//! What a call would do, so that a person knows what they agree to: as the tool's description says.

use endpoint::{Kind, Problem};
use serde_json::{Map, Value, json};
use task_model::{
    consent::{Action, Shown, pin_ids, pin_version},
    scope,
    types::{BulkOutcome, Consent, Description, ListQuery, TaskKey, ToolError},
};
use task_tools::{get_task, list_lists};

use super::{ListedTool, confirmation::Preview};
use crate::user_context::UserContext;

/// The members of an input that name one task, and its version.
const ID: &str = "id";
const VERSION: &str = "version";
/// The member of an input that makes a call only say what it would do.
const DRY_RUN: &str = "dry_run";

/// What the tool would do with these arguments; `None` where that is nothing.
///
/// # Errors
///
/// The arguments are not what the tool takes, or there is nothing to do it to.
pub(super) async fn preview(
    tool: &ListedTool,
    person: &UserContext,
    arguments: &Map<String, Value>,
) -> Result<Option<Preview>, Problem> {
    if let Some(dry_run) = try_out(tool, person, arguments).await? {
        return Ok(many(&tool.description().wording.verb, &dry_run, arguments));
    }
    // Strictly, as the tool reads it, so that nobody is asked about what would be refused.
    tool.operation.check(&text(arguments))?;
    match arguments.get(ID).and_then(Value::as_str) {
        Some(id) if tool.operation.names_a_list() => list(tool, person, id, arguments).await.map(Some),
        Some(id) => one(tool, person, id, arguments).await.map(Some),
        None => {
            let action = Action::Call { title: tool.description().title.clone(), input: arguments.clone() };
            Ok(Some(Preview { action, pinned: arguments.clone(), shown: None }))
        }
    }
}

fn text(arguments: &Map<String, Value>) -> String {
    Value::Object(arguments.clone()).to_string()
}

/// What a change of many would do now; `None` for a tool that is none.
///
/// # Errors
///
/// The arguments are not what the tool takes, or it does not say what it would do.
pub(super) async fn try_out(
    tool: &ListedTool,
    person: &UserContext,
    arguments: &Map<String, Value>,
) -> Result<Option<BulkOutcome>, Problem> {
    if tool.description().consent != Consent::Many {
        return Ok(None);
    }
    let mut arguments = arguments.clone();
    arguments.insert(DRY_RUN.to_owned(), true.into());
    let answer = tool.operation.answer(person, &Value::Object(arguments).to_string()).await?;
    answer.and_then(serde_json::from_value).map(Some).map_err(|error| {
        let request_id = person.request_id.as_str();
        log::error!(request_id; "{} does not say what it would do: {error}", tool.operation.name());
        Problem::new(Kind::InternalError)
    })
}

/// Changing many tasks: how many, the first of them, and, as far as they can all be named, no others.
fn many(verb: &str, dry_run: &BulkOutcome, arguments: &Map<String, Value>) -> Option<Preview> {
    let shown = Shown::from_dry_run(dry_run)?;
    let mut pinned = arguments.clone();
    pin_ids(&mut pinned, dry_run);
    Some(Preview { action: Action::with_many(verb, dry_run), pinned, shown: Some(shown) })
}

/// Changing one task: which one, and no other version of it than the one that was shown.
async fn one(
    tool: &ListedTool,
    person: &UserContext,
    id: &str,
    arguments: &Map<String, Value>,
) -> Result<Preview, Problem> {
    let (mut pinned, mut title, mut subtasks) = (arguments.clone(), None, 0);
    // Whoever may do it need not be allowed to read.
    if scope::require(person, scope::READ).is_ok() {
        let task = get_task::get_task(person.caller.clone(), TaskKey { id: id.to_owned() }).await?;
        let may_delete = scope::require(person, scope::DELETE).is_ok();
        if tool.description().destructive && may_delete && task.subtasks.is_some() {
            subtasks = below(tool, person, id).await?;
        }
        pinned = pin(tool, arguments, task.version);
        title = Some(task.title);
    }
    let verb = tool.description().wording.verb.clone();
    Ok(Preview {
        action: Action::Task { verb, id: id.to_owned(), title, subtasks, input: arguments.clone() },
        pinned,
        shown: None,
    })
}

/// How many tasks are below one, at any depth: what the tool that does the same to many would change beside it.
async fn below(tool: &ListedTool, person: &UserContext, id: &str) -> Result<u32, Problem> {
    let verb = &tool.description().wording.verb;
    let does_the_same =
        |said: &Description| said.consent == Consent::Many && said.destructive && said.wording.verb == *verb;
    let many = ListedTool::all().into_iter().find(|other| does_the_same(other.description()));
    let Some(many) = many else { return Ok(0) };
    let selection = Map::from_iter([("filter".to_owned(), json!({ "ids": [id] }))]);
    let outcome = try_out(&many, person, &selection).await?;
    Ok(outcome.map_or(0, |outcome| outcome.count.saturating_sub(1)))
}

/// Changing one list: which one, and no other version of it than the one that was shown.
async fn list(
    tool: &ListedTool,
    person: &UserContext,
    id: &str,
    arguments: &Map<String, Value>,
) -> Result<Preview, Problem> {
    let (mut pinned, mut name, mut released) = (arguments.clone(), None, None);
    if scope::require(person, scope::READ).is_ok() {
        let everything = ListQuery { archived: Some(true) };
        let lists = list_lists::list_lists(person.caller.clone(), everything).await?.items;
        let list = lists.into_iter().find(|list| list.id.eq_ignore_ascii_case(id));
        let list = list.ok_or_else(|| Problem::from(ToolError::ListNotFound))?;
        pinned = pin(tool, arguments, list.version);
        released = tool.description().destructive.then_some(list.open_count);
        name = Some(list.name);
    }
    let verb = tool.description().wording.verb.clone();
    Ok(Preview {
        action: Action::List { verb, id: id.to_owned(), name, released, input: arguments.clone() },
        pinned,
        shown: None,
    })
}

/// The call held to the version that was shown, unless it names one, or the tool takes none.
fn pin(tool: &ListedTool, arguments: &Map<String, Value>, version: u64) -> Map<String, Value> {
    if arguments.get(VERSION).is_some_and(|version| !version.is_null()) {
        return arguments.clone();
    }
    let mut versioned = arguments.clone();
    pin_version(&mut versioned, version);
    if tool.operation.check(&text(&versioned)).is_ok() { versioned } else { arguments.clone() }
}

#[cfg(test)]
mod tests {
    use task_model::types::{Priority, Task};

    use super::*;

    fn outcome(count: u32, titles: &[&str]) -> BulkOutcome {
        let task = |title: &&str| Task {
            id: title.to_string(),
            title: title.to_string(),
            notes: None,
            due: None,
            time_zone: None,
            priority: Priority::Normal,
            labels: Vec::new(),
            list_id: None,
            list: None,
            recurrence: None,
            parent_id: None,
            subtasks: None,
            completed_at: None,
            version: 1,
            created_at: String::new(),
            updated_at: String::new(),
        };
        let ids = titles.iter().map(ToString::to_string).collect();
        BulkOutcome { dry_run: true, count, remaining: 0, ids, tasks: titles.iter().map(task).collect() }
    }

    #[test]
    fn many_tasks_are_counted_and_the_first_are_named() {
        let arguments = json!({"filter": {"label": "x"}});
        let arguments = arguments.as_object().unwrap();
        let few = many("delete", &outcome(2, &["a", "b"]), arguments).unwrap();
        assert_eq!(few.action.to_string(), "delete 2 tasks: “a” and “b”");
        assert_eq!(Value::Object(few.pinned), json!({"filter": {"label": "x", "ids": ["a", "b"]}}));
        // Not all can be named, so the filter stays what it is, and the count is compared before it is done.
        let more = many("complete", &outcome(7, &["a", "b"]), arguments).unwrap();
        assert_eq!(more.action.to_string(), "complete 7 tasks: “a”, “b” and 5 more");
        assert_eq!(Value::Object(more.pinned), json!({"filter": {"label": "x"}}));
        assert_eq!(more.shown.unwrap().count, 7);
        assert!(many("delete", &outcome(0, &[]), arguments).is_none());
    }
}
