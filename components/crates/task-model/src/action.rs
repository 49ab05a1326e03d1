//! Actions: how an input says which one is meant.
//!
//! An action is what one transaction of the database did to tasks. Its id is that transaction's number in a UUID of version 8 (RFC 9562,
//! section 5.8), whose contents are ours to say: nothing has to be stored to find what it names.

use uuid::Uuid;

use crate::id::IdError;

/// The text is no action's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "This is not the id of an action: use one that list_actions gave, such as 00000000-0000-8000-8000-0000000f4240."
)]
pub struct ActionIdError;

const HIGH: u64 = 0x8000;
const LOW: u64 = 1 << 63;
const MAX_TRANSACTION_ID: u64 = (1 << 62) - 1;

/// The id of what a transaction did.
#[must_use]
pub const fn id_of(transaction_id: u64) -> Uuid {
    Uuid::from_u64_pair(HIGH, LOW | (transaction_id & MAX_TRANSACTION_ID))
}

/// Reads an action's id: the number of its transaction, nothing for the id of something else.
///
/// # Errors
/// [`ActionIdError`] for anything but the hyphenated 36-character form.
pub fn transaction_id(text: &str) -> Result<Option<u64>, ActionIdError> {
    let id = crate::id::id(text).map_err(|IdError| ActionIdError)?;
    let (_, low) = id.as_u64_pair();
    let transaction_id = low & MAX_TRANSACTION_ID;
    Ok((id == id_of(transaction_id)).then_some(transaction_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_the_transaction_that_it_was_made_of() {
        for number in [0, 1, 1_000_000, u64::from(u32::MAX) + 5, MAX_TRANSACTION_ID] {
            let id = id_of(number);
            assert_eq!((id.get_version_num(), id.get_variant()), (8, uuid::Variant::RFC4122));
            assert_eq!(transaction_id(&id.to_string()), Ok(Some(number)));
        }
    }

    #[test]
    fn the_id_of_something_else_is_no_action() {
        assert_eq!(transaction_id("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f"), Ok(None));
        assert_eq!(transaction_id("00000000-0000-8000-0000-0000000f4240"), Ok(None));
        assert_eq!(transaction_id("7"), Err(ActionIdError));
    }
}
