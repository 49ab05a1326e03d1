//! What a person's words say about a task.
//!
//! One grammar for every place where a task is typed: words become atoms, productions find days, times, lengths and
//! repetitions among them, and one reading is chosen. What it used is told by where it stands, and every other word is
//! left in the title, in its order and spelling.

/// Words in a row, as a list of strings.
#[macro_export]
macro_rules! list {
    ($($word:tt)*) => {
        &[$(stringify!($word)),*]
    };
}

mod clock;
mod draft;
mod grammar;
mod labels;
mod language;
mod line;
pub mod notes;
mod numbers;
pub mod priorities;
mod recurrence;
mod selection;
mod spelling;
mod timing;
mod titles;
mod verbs;
mod when;
mod words;

pub use clock::Clock;
pub use draft::{Draft, ListName, Part, Span, list_name};
pub use grammar::{Length, PartOfDay, Phrase, Time, Unit};
pub use labels::{hashed, label, whole as labels};
pub use line::{Line, LinePart, LineSpan, ListMention, Reading, Syntax};
pub use numbers::{number, ordinal};
pub use priorities::Priority;
pub use recurrence::{Frequency, Recurrence};
pub use selection::{beginning, find, length, whole};
pub use timing::repetition;
pub use titles::{capitalised, title};
pub use verbs::{base_form, gerund_base, is_task_verb};
pub use when::{Due, When};
pub use words::{MAX_CHARACTERS, Word, join, words};
