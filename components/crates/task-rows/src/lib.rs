//! Rows of `todo.tasks` as tasks, and the table's constraints as what is wrong with an input: what every tool that
//! answers tasks does alike.

mod constraint;
mod due;
mod outcome;
mod reference;
mod task;

pub use constraint::refusal;
pub use due::due_parameters;
pub use outcome::changed_task;
pub use reference::Reference;
pub use task::task;
