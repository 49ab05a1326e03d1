//! Doing what was understood: which calls, and which words when their results are there.

mod add;
mod answer;
mod apply;
mod apply_to_list;
mod apply_to_targets;
mod bulk;
mod change;
mod existing;
mod export;
mod identify;
mod instead;
mod labels;
mod latest;
mod list;
mod lists;
mod overview;
mod readings;
mod reminders;
mod search;
mod small_talk;
mod undo;

pub use answer::answer;
pub use small_talk::unknown;

use crate::calls::{CallError, Calls};
use crate::intents::Intent;
use crate::memory::{Memory, Outcome};
use task_language::Clock;

/// What every action needs.
pub struct Context<'a, 'b> {
    /// Now.
    pub clock: &'a Clock,
    /// What earlier requests left behind.
    pub memory: &'a Memory,
    /// The calls of this request.
    pub calls: &'a mut Calls<'b>,
    /// Names this part of the request, so that its calls have names of their own.
    pub part: String,
}

impl Context<'_, '_> {
    /// The result of a call of this part.
    pub fn call(
        &mut self,
        step: &str,
        tool: &'static str,
        arguments: &serde_json::Value,
    ) -> Result<serde_json::Value, CallError> {
        let step = format!("{}{step}", self.part);
        self.calls.call(&step, tool, arguments)
    }
}

/// Does one part of a request.
pub fn perform(intent: &Intent, context: &mut Context<'_, '_>) -> Result<Outcome, CallError> {
    let intent = match lists::settle(intent, context)? {
        lists::Settled::Go(intent) => intent,
        lists::Settled::Say(outcome) => return Ok(*outcome),
    };
    match intent.as_ref() {
        Intent::OnLists(request) => lists::on_lists(request, context),
        Intent::Add(drafts) => add::add(drafts, context),
        Intent::AskWhatToAdd => Ok(add::ask_what_to_add()),
        Intent::ApplyToTargets { action, targets } => {
            apply_to_targets::apply_to_targets(action, targets, context)
        }
        Intent::ApplyToList { action, listing } => apply_to_list::apply_to_list(action, listing, context),
        Intent::List(listing) => list::list(listing, context),
        Intent::More => list::more(context),
        Intent::Search { said, words } => search::search(said, words, context),
        Intent::Overview(kind) => overview::overview(*kind, context),
        Intent::Instead(targets) => instead::instead(targets, context),
        Intent::Cannot(words) => Ok(Outcome::words(*words)),
        Intent::Reminders => reminders::list(context),
        Intent::Undo => undo::undo(context),
        Intent::Redo => latest::redo(context),
        Intent::DoneLately { is_today } => latest::list(*is_today, context),
        Intent::Export(format) => export::export(format, context),
        Intent::SmallTalk(kind) => Ok(small_talk::small_talk(*kind)),
        Intent::IfList { otherwise, .. } => perform(otherwise, context),
        Intent::Unknown(said) => Ok(unknown(said)),
    }
}

/// A call that failed or may not be made, in words.
pub fn describe_call_error(error: CallError, title: Option<&str>) -> Result<String, CallError> {
    match error {
        CallError::Pending => Err(CallError::Pending),
        CallError::NotAllowed(tool) => Ok(crate::replies::not_allowed(tool)),
        CallError::Failed(failure) => Ok(crate::replies::explain(&failure, title)),
    }
}
