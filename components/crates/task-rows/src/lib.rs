//! Rows of `todo.tasks` as tasks, and the table's constraints as what is wrong with an input: what every tool that
//! answers tasks does alike.

mod bulk;
mod constraint;
mod due;
mod filter;
mod outcome;
mod reference;
mod selection;
mod task;

pub use bulk::{Bulk, MOST_ANSWERED, MOST_CHANGED, outcome as bulk_outcome};
pub use constraint::refusal;
pub use due::due_parameters;
pub use filter::{completion, filter_parameters, is_given};
pub use outcome::changed_task;
pub use reference::Reference;
pub use selection::{Selection, Shape, Shaped};
pub use task::task;
