//! A database connection that acts for one user: the only place in which a component opens PostgreSQL.
//!
//! A component runs **one statement per operation** and no transaction. A statement is a `.sql` file whose parameters have
//! names. [`UserDatabase`] binds `:user_id`, and the statement hands it on:
//!
//! ```sql
//! WITH acting AS MATERIALIZED (
//!     SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
//! )
//! SELECT id, title FROM todo.tasks WHERE user_id = (SELECT user_id FROM acting) AND id = :id::uuid
//! ```
//!
//! [`parameters!`] makes a type of what is bound beside it, [`columns!`] of what a row answers, and [`statement!`] puts the
//! three together while the program is compiled. A name that is bound and not in the file, or the other way round, and a
//! column that is read and not answered, are errors of the compiler:
//!
//! ```ignore
//! parameters! { struct TaskKey { id } }
//! columns! { struct TaskTitle { id: Uuid, title: String } }
//! const STATEMENT: Statement<TaskKey, TaskTitle> = statement!("todo.tasks", "select_title.sql");
//!
//! let found = database.at_most_one(&STATEMENT, TaskKey { id: Parameter::Uuid(id) }).await?;
//! ```
//!
//! So the user is named in SQL and known to row-level security in the same round trip, and forgotten with the
//! statement. [`Database`] is for the few statements that belong to no user, such as a health check or a sign-in.
//!
//! The address is the component's variable `database_url`.

mod columns;
mod database;
mod error;
mod fit;
mod mismatch;
mod names;
mod outcome;
mod parameters;
mod row;
mod statement;
mod user;
mod value;

pub use database::Database;
pub use error::{DbError, DecodeError, LoggedDbError};
pub use mismatch::Mismatch;
pub use names::Name;
pub use parameters::Parameters;
pub use row::{FromRow, Row};
pub use spin_sdk::pg::{DbValue as Value, ParameterValue as Parameter};
#[doc(hidden)]
pub use sql_template;
pub use statement::{ActsFor, Statement};
pub use user::UserDatabase;
pub use value::{FromValue, optional, text_array};
