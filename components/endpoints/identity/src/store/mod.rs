//! The statements on this component's own tables. No other component has rights on them, and none of them belongs to a
//! signed-in user yet, so they run for nobody (see the migration `identity`).

mod begin_sign_in;
mod begin_sign_up;
mod complete_sign_in;
mod events;
mod hash_slots;
mod insert_user;
mod links;
mod local_mail;
mod new_session;
mod passwords;
mod personal_tokens;
mod sessions;
mod two_factor;
mod users;

use user_database::{DecodeError, Row};
use uuid::Uuid;

use crate::user::User;

pub use begin_sign_in::begin_sign_in;
pub use begin_sign_up::begin_sign_up;
pub use complete_sign_in::complete_sign_in;
pub use events::list_events;
pub use hash_slots::{free_hash_slot, take_hash_slot};
pub use insert_user::insert_user;
pub use links::{Link, change_email, delete_link, find_link, insert_link, reset_password, verify_email};
pub use local_mail::{KeptMail, insert_local_mail, list_local_mail};
pub use new_session::NewSession;
pub use passwords::{change_password, forgive_attempts};
pub use personal_tokens::{
    delete_personal_token, insert_personal_token, list_personal_tokens, rename_personal_token,
};
pub use sessions::{
    delete_session, extend_session, find_session, list_sessions, revoke_session, revoke_sessions,
};
pub use two_factor::{
    begin_code, complete_code, complete_recovery_code, delete_two_factor, find_two_factor, insert_two_factor,
    insert_two_factor_token, renew_trusted_device, replace_recovery_codes, take_challenge,
};
pub use users::{Changes, erase_user, is_email_taken, list_accounts, set_email, update_user};

/// The user in the next columns of a row.
fn user(row: &mut Row, id: Uuid) -> Result<User, DecodeError> {
    Ok(User {
        id,
        email: row.read("email")?,
        email_verified: row.read("email_verified")?,
        name: row.read("name")?,
        image: row.read("image")?,
        time_zone: row.read("time_zone")?,
        two_factor_enabled: row.read("two_factor_enabled")?,
        created_at: row.read("created_at_us")?,
        updated_at: row.read("updated_at_us")?,
    })
}

/// A row that is a user.
fn whole_user(mut row: Row) -> Result<User, DecodeError> {
    let id = row.read("user_id")?;
    user(&mut row, id)
}
