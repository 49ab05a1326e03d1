//! How a task repeats: recurrence rules of iCalendar (RFC 5545, section 3.3.10), checked, said in words, and the occurrence
//! that comes next.
//!
//! Rules are counted by the crate `rrule` on the clocks of the rule's zone, without offsets; the zone decides afterwards which
//! instant such a time is ([ADR 31](../../../docs/adr/0031-a-repeating-task-moves-on.md)). So a task at 9:00 stays at 9:00
//! when summer time begins, and nothing adds up over hundreds of occurrences. This is the only crate that knows `rrule`, which
//! brings time zones of its own: only the tools that move tasks depend on it.

#![warn(missing_docs)]

mod count;
mod next;
mod rule;
mod start;
mod words;
mod zoned;

pub use next::{BrokenSeriesError, Step, next};
pub use rule::{Rule, RuleError};
pub use start::{Started, Terms, start};
