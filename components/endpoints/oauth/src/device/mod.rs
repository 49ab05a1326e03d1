//! Programs on devices without a browser (RFC 8628): the device shows a short code, the person types it here, on a device of theirs that has
//! one, and says yes or no; the program asks again and again until they did.

mod consent;
mod page;
mod start;
mod user_code;

use serde::{Deserialize, Serialize};

pub use consent::consent;
pub use page::page;
pub use start::start;

/// What a program on a device asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRequest {
    /// SHA-256 of the code that the person typed, in hexadecimal digits.
    pub user_code: String,
    /// Which program asks.
    pub client_id: String,
    /// What it calls itself.
    pub client_name: String,
    /// What it may do then.
    pub scope: String,
    /// Whom its tokens are for.
    pub resource: String,
}
