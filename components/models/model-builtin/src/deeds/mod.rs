//! Doing what was understood: which calls, and which words when their results are there.

mod add;
mod answer;
mod apply;
mod bulk;
mod change;
mod every;
mod export;
mod identify;
mod list;
mod on;
mod overview;
mod search;
mod talk;
mod undo;

pub use answer::answer;
pub use talk::unknown;

use crate::calls::{Calls, Stop};
use crate::clock::Clock;
use crate::intents::Intent;
use crate::memory::{Memory, Outcome};

/// What every deed needs.
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
    ) -> Result<serde_json::Value, Stop> {
        let step = format!("{}{step}", self.part);
        self.calls.call(&step, tool, arguments)
    }
}

/// Does one part of a request.
pub fn perform(intent: &Intent, context: &mut Context<'_, '_>) -> Result<Outcome, Stop> {
    match intent {
        Intent::Add(drafts) => add::add(drafts, context),
        Intent::AskWhatToAdd => Ok(add::ask()),
        Intent::On { deed, targets } => on::on(deed, targets, context),
        Intent::Every { deed, listing } => every::change_all(deed, listing, context),
        Intent::List(listing) => list::list(listing, context),
        Intent::More => list::more(context),
        Intent::Search { said, words } => search::search(said, words, context),
        Intent::Overview(flavour) => overview::overview(*flavour, context),
        Intent::Undo => undo::undo(context),
        Intent::Export(format) => export::export(format, context),
        Intent::Talk(talk) => Ok(talk::talk(*talk)),
        Intent::Unknown(said) => Ok(unknown(said)),
    }
}

/// A call that failed or may not be made, in words.
pub fn stopped(stop: Stop, title: Option<&str>) -> Result<String, Stop> {
    match stop {
        Stop::Waiting => Err(Stop::Waiting),
        Stop::NotAllowed(tool) => Ok(crate::replies::not_allowed(tool)),
        Stop::Failed(failure) => Ok(crate::replies::explain(&failure, title)),
    }
}
