//! What a token must allow for an operation.

use crate::types::{Caller, ToolError};

/// Reading tasks.
pub const READ: &str = "tasks:read";
/// Adding and changing tasks.
pub const WRITE: &str = "tasks:write";
/// Deleting tasks.
pub const DELETE: &str = "tasks:delete";

/// Lets the caller pass who has the scope.
///
/// # Errors
/// [`ToolError::Forbidden`] with the scope that is missing.
pub fn require(caller: &Caller, scope: &str) -> Result<(), ToolError> {
    if caller.scopes.iter().any(|granted| granted == scope) {
        Ok(())
    } else {
        Err(ToolError::Forbidden(scope.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(scopes: &[&str]) -> Caller {
        Caller {
            user_id: "0190a5d4-8f7e-7a3c-9b1e-2f4d6c8a0b1c".to_owned(),
            scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
            request_id: "r".to_owned(),
            time_zone: "UTC".to_owned(),
            now: 0,
            idempotency_key: None,
        }
    }

    #[test]
    fn a_scope_is_compared_whole() {
        assert!(require(&caller(&["tasks:read", "tasks:write"]), WRITE).is_ok());
        for scopes in [&[][..], &["tasks"], &["tasks:write:all"], &["TASKS:WRITE"], &["tasks:read"]] {
            assert!(
                matches!(require(&caller(scopes), WRITE), Err(ToolError::Forbidden(scope)) if scope == WRITE)
            );
        }
    }
}
