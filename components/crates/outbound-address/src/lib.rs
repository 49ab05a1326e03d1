//! Which addresses that strangers name the app goes to.
//!
//! A component does not see to which number a name leads. What keeps a name of a stranger's, which leads into the operator's network, from
//! being of use is TLS: whoever answers there has to prove to be that name, before a byte of the request is sent.

#![warn(missing_docs)]

mod public_name;
mod webhook;

pub use public_name::is_public_name;
pub use webhook::{WebhookError, webhook};
