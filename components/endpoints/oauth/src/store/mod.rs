//! The statements of this component. No other has rights on its tables, and none of their rows belongs to a signed-in user yet when
//! it is looked for, so they run for nobody (see the migration `oauth`). All times are the database's.

mod attempts;
mod clients;
mod codes;
mod devices;
mod grants;
mod programs;
mod services;
mod sessions;
mod signing_keys;
mod users;

pub use attempts::count;
pub use clients::{find_client, insert_client, keep_document};
pub use codes::{NewGrant, insert_grant, redeem_code};
pub use devices::{
    DEVICE_CODE_LIFETIME_SECONDS, DeviceState, NewDeviceCode, POLL_INTERVAL_SECONDS, answer_device_code,
    find_device_request, insert_device_code, poll_device_code, redeem_device_code,
};
pub use grants::{delete_grant, find_grant, is_current, rotate_refresh_token};
pub use programs::{list_programs, withdraw};
pub use services::{delete_service, insert_service, list_services};
pub use sessions::{end_session, find_session};
pub use signing_keys::{KeyState, StoredKey, find_signing_keys, insert_signing_key, list_public_keys};
pub use users::find_user;
