//! Actions: how an input says which one is meant.

use uuid::Uuid;

/// The text is no action's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "This is not the id of an action: use one that list_actions gave, such as 01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f."
)]
pub struct ActionIdError;

/// Reads an action's id.
///
/// # Errors
/// [`ActionIdError`] for anything but the hyphenated 36-character form.
pub fn id(text: &str) -> Result<Uuid, ActionIdError> {
    crate::id::id(text).map_err(|_| ActionIdError)
}
