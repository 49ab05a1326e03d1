//! The question before something that can't be taken back or changes many tasks: the sentence that asks, and how a yes is
//! held to what was shown. MCP asks by it, and chat, which puts several questions of MCP into one.

mod question;
mod shown;

pub use question::{Action, MAX_NAMED, MAX_TITLE_CHARACTERS, question, quoted};
pub use shown::{Shown, ShownTask, is_dry_run, pin_ids, pin_version, says_only_which};

/// How many tasks one message may change one by one before the person is asked: a model that was talked into it would
/// write over the whole list.
pub const MAX_UNASKED_CHANGES: u32 = 3;

#[cfg(test)]
mod tests;
