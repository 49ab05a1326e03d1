//! The person's consent to what removes something or changes many tasks at once, and to whatever a client wants them asked
//! about.
//!
//! A client that can ask its user is asked to, whatever the call says of it: a model writes calls, and may be talked into
//! writing that. Any other client learns that the call has to say `"confirm": true`. That member belongs to this endpoint: the
//! tool never sees it.

use std::{borrow::Cow, slice};

use endpoint::{Kind, Problem, Violation};
use mcp_protocol::{
    RequestContext, ToolCall,
    model::{InputRequest, InputRequests},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use task_model::consent::{self, Action, Shown};

use super::{ListedTool, preview};
use crate::user_context::UserContext;

/// The member by which a call says that the person agrees, and the key under which the person is asked.
pub(super) const CONFIRM: &str = "confirm";

/// The member of `params._meta` by which a client has the person asked whatever the tool says: true for a call that it would not
/// make by itself.
const ASK_FIRST: &str = "todo/ask-first";

/// Where a call stands with the person's consent.
pub(super) enum Consent<'a> {
    /// They agree: the arguments for the tool.
    Given(Cow<'a, str>),
    /// They are to be asked.
    Required {
        /// The question.
        requests: InputRequests,
        /// What the next round has to know.
        state: Value,
    },
    /// They were not asked, or said no: what to tell the model.
    Denied(String),
}

/// What a call would do, shown before it is done.
pub(super) struct Preview {
    /// What it would do.
    pub(super) action: Action,
    /// Arguments that do just this: what was shown must not have changed.
    pub(super) pinned: Map<String, Value>,
    /// What was shown of many tasks, to be compared before the call is made.
    pub(super) shown: Option<Shown>,
}

/// What the round after the question has to know.
#[derive(Serialize, Deserialize)]
struct Asked {
    /// The arguments to call the tool with.
    arguments: Map<String, Value>,
    /// What was shown of many tasks.
    shown: Option<Shown>,
}

const SAID_NO: &str = "The person said no. Nothing was changed.";
const NOT_AS_SHOWN: &str = "Nothing was changed: what the person agreed to has changed since they were asked. Look at the tasks \
                            and call again to ask them anew.";

/// Whether the person has to agree to this call: the tool says so, the client wants it, or they were asked already.
pub(super) fn is_needed(context: &RequestContext<'_>, tool: &ListedTool, call: &ToolCall<'_>) -> bool {
    tool.needs_consent() || context.state().is_some() || call.meta(ASK_FIRST) == Some(Value::Bool(true))
}

/// Looks for the person's consent.
///
/// # Errors
///
/// The arguments are not what the tool takes, or there is nothing to do it to.
pub(super) async fn request_consent<'a>(
    person: &UserContext,
    context: &RequestContext<'_>,
    tool: &ListedTool,
    arguments: &'a str,
) -> Result<Consent<'a>, Problem> {
    let mut members: Map<String, Value> = endpoint::json::read(arguments.as_bytes())?;
    let is_confirmed = match members.remove(CONFIRM) {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::Bool(true)) => true,
        Some(_) => {
            let violation = Violation::new("/confirm", "This has to be true or false.");
            return Err(Problem::with_errors(Kind::InvalidInput, vec![violation]));
        }
    };
    let asked: Option<Asked> = context.state().and_then(|state| serde_json::from_value(state.clone()).ok());
    if let (Some(asked), Some(answer)) = (asked, context.answer(CONFIRM)) {
        if !is_yes(answer) {
            return Ok(Consent::Denied(SAID_NO.to_owned()));
        }
        return as_shown(person, tool, asked).await;
    }
    let can_ask = context.client().elicitation;
    // Nothing is done, so nobody is asked.
    let is_dry = tool.needs_consent() && consent::is_dry_run(&members);
    // A task is only made of what the person agreed to, or was never to be asked about.
    if is_dry || context.is_task() || (is_confirmed && !can_ask) {
        return Ok(given(members));
    }
    let Some(Preview { action, pinned, shown }) = preview::preview(tool, person, &members).await? else {
        // It does nothing, so nobody is asked: the tool says so.
        return Ok(given(members));
    };
    if !can_ask {
        return Ok(Consent::Denied(format!(
            "Nothing was changed: this would {action}. Ask the person first; when they agree, call again with \
             \"confirm\": true."
        )));
    }
    let no_form = |error| {
        let request_id = person.request_id.as_str();
        log::error!(request_id; "a question can't be put together: {error}");
        Problem::new(Kind::InternalError)
    };
    let requests = question(&action, &pinned, shown.as_ref()).map_err(no_form)?;
    let state = serde_json::to_value(Asked { arguments: pinned, shown }).map_err(no_form)?;
    Ok(Consent::Required { requests, state })
}

/// What the person was shown, and nothing that has come up since.
///
/// # Errors
///
/// Something about it has changed.
async fn as_shown<'a>(person: &UserContext, tool: &ListedTool, asked: Asked) -> Result<Consent<'a>, Problem> {
    if let Some(shown) = asked.shown
        && let Some(now) = preview::try_out(tool, person, &asked.arguments).await?
        && !shown.covers(&now)
    {
        return Err(Problem::with_detail(Kind::VersionConflict, NOT_AS_SHOWN));
    }
    Ok(given(asked.arguments))
}

fn given<'a>(arguments: Map<String, Value>) -> Consent<'a> {
    Consent::Given(Value::Object(arguments).to_string().into())
}

/// The question, as a form with one box to tick. Beside it stands what it was made of, for a client that has several to ask at
/// once, or shows more than words.
fn question(
    action: &Action,
    pinned: &Map<String, Value>,
    shown: Option<&Shown>,
) -> Result<InputRequests, serde_json::Error> {
    let request: InputRequest = serde_json::from_value(json!({
        "method": "elicitation/create",
        "params": {
            "_meta": {"todo/action": action, "todo/arguments": pinned, "todo/shown": shown},
            "mode": "form",
            "message": consent::question(slice::from_ref(action)),
            "requestedSchema": {
                "type": "object",
                "properties": { CONFIRM: {
                    "type": "boolean",
                    "title": "Yes, go on",
                    "description": "Without it nothing is changed.",
                } },
                "required": [CONFIRM],
            },
        },
    }))?;
    Ok([(CONFIRM.to_owned(), request)].into())
}

/// Whether the person accepted the form and ticked the box.
fn is_yes(answer: &Value) -> bool {
    answer.get("action").and_then(Value::as_str) == Some("accept")
        && answer.pointer("/content/confirm") == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_accepted_form_with_a_ticked_box_is_a_yes() {
        assert!(is_yes(&json!({"action": "accept", "content": {"confirm": true}})));
        for no in [
            json!({"action": "accept", "content": {"confirm": false}}),
            json!({"action": "accept", "content": {"confirm": "true"}}),
            json!({"action": "accept"}),
            json!({"action": "decline", "content": {"confirm": true}}),
            json!({"action": "cancel"}),
            json!({}),
        ] {
            assert!(!is_yes(&no), "{no}");
        }
    }

    #[test]
    fn the_question_is_a_form_that_any_client_can_show_and_says_what_it_was_made_of() {
        let input: Map<String, Value> = [("id".to_owned(), json!("7"))].into_iter().collect();
        let action = Action::Task {
            verb: "delete".into(),
            id: "7".into(),
            title: Some("Milk".into()),
            subtasks: 0,
            input: input.clone(),
        };
        let question = serde_json::to_value(question(&action, &input, None).unwrap()).unwrap();
        assert_eq!(question["confirm"]["method"], "elicitation/create");
        let params = &question["confirm"]["params"];
        assert_eq!(params["message"], consent::question(slice::from_ref(&action)));
        assert_eq!(params["requestedSchema"]["properties"]["confirm"]["type"], "boolean");
        assert_eq!(params["requestedSchema"]["required"], json!(["confirm"]));
        assert_eq!(serde_json::from_value::<Action>(params["_meta"]["todo/action"].clone()).unwrap(), action);
        assert_eq!(params["_meta"]["todo/arguments"], json!({"id": "7"}));
    }
}
