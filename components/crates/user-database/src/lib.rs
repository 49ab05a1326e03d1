//! A database connection that acts for one user: the only place in which a component opens PostgreSQL.
//!
//! A component runs **one statement per operation** and no transaction. [`UserDatabase`] puts the user's id in front
//! of the parameters as `$1` (text), and the statement hands it on:
//!
//! ```sql
//! WITH acting AS MATERIALIZED (
//!     SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
//! )
//! SELECT … FROM todo.tasks WHERE user_id = (SELECT user_id FROM acting) AND …
//! ```
//!
//! So the user is named in SQL and known to row-level security in the same round trip, and forgotten with the
//! statement. [`Database`] is for the few statements that belong to no user, such as a health check or a sign-in.
//!
//! The address is the component's variable `database_url`.

mod database;
mod error;
mod outcome;
mod row;
mod statement;
mod user;
mod value;

pub use database::Database;
pub use error::{Failure, Fault, Inconsistency};
pub use row::Row;
pub use spin_sdk::pg::ParameterValue as Parameter;
pub use statement::Statement;
pub use user::UserDatabase;
pub use value::{FromValue, optional, text_array};
