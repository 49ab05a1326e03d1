//! How many rows a statement may answer.

use crate::error::DbError;

/// Exactly one row.
pub(crate) fn one<R>(rows: Vec<R>) -> Result<R, DbError> {
    at_most_one(rows)?.ok_or(DbError::Rows { expected: "one", found: 0 })
}

/// One row or none.
pub(crate) fn at_most_one<R>(mut rows: Vec<R>) -> Result<Option<R>, DbError> {
    match rows.len() {
        0 | 1 => Ok(rows.pop()),
        found => Err(DbError::Rows { expected: "one or none", found }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Vec<&'static str> {
        vec!["row"; count]
    }

    #[test]
    fn another_number_of_rows_is_a_fault() {
        assert!(one(rows(1)).is_ok());
        assert!(matches!(one(rows(0)), Err(DbError::Rows { found: 0, .. })));
        assert!(matches!(one(rows(2)), Err(DbError::Rows { found: 2, .. })));
        assert!(matches!(at_most_one(rows(0)), Ok(None)));
        assert!(matches!(at_most_one(rows(3)), Err(DbError::Rows { found: 3, .. })));
    }
}
