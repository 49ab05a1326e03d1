//! What the text of a PostgreSQL statement tells whoever runs it for somebody else.
//!
//! A statement is cut into tokens once (by `sqlparser`, with PostgreSQL's rules for comments, quotes and escapes), and never
//! understood any further: [`session_effect`] says what may be left behind in the session, [`SqlText`] shows a statement
//! without the values in it. What cannot be cut, or is too long to be, counts as the worst of its kind.

mod effect;
mod functions;
mod scan;
mod text;

pub use effect::{SessionEffect, session_effect};
pub use text::SqlText;
