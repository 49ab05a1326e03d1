//! The statements on this component's own tables. No other component has rights on them, and none of them belongs to a
//! signed-in user yet, so they run for nobody (see the migration `identity`).

mod begin_sign_in;
mod begin_sign_up;
mod complete_sign_in;
mod insert_user;
mod new_session;
mod sessions;

use user_database::{Inconsistency, Row};
use uuid::Uuid;

use crate::user::User;

pub use begin_sign_in::begin_sign_in;
pub use begin_sign_up::begin_sign_up;
pub use complete_sign_in::complete_sign_in;
pub use insert_user::insert_user;
pub use new_session::NewSession;
pub use sessions::{delete_session, find_session, prolong_session};

/// The user in the next columns of a row.
fn user(row: &mut Row, id: Uuid) -> Result<User, Inconsistency> {
    Ok(User {
        id,
        email: row.read("email")?,
        email_verified: row.read("email_verified")?,
        name: row.read("name")?,
        image: row.read("image")?,
        time_zone: row.read("time_zone")?,
        created_at: row.read("created_at_us")?,
        updated_at: row.read("updated_at_us")?,
    })
}
