//! What is read of an audit log.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};

/// A row of `<name>_chains`.
pub struct Chain {
    pub chain: i32,
    pub start_sequence: i64,
    pub start_hash: Vec<u8>,
    pub sequence: i64,
    pub hash: Vec<u8>,
    pub deleted_without_details: i64,
    pub deleted_erasures: i64,
}

impl FromRow<'_, PgRow> for Chain {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            chain: row.try_get("chain")?,
            start_sequence: row.try_get("start_sequence")?,
            start_hash: row.try_get("start_hash")?,
            sequence: row.try_get("sequence")?,
            hash: row.try_get("hash")?,
            deleted_without_details: row.try_get("deleted_without_details")?,
            deleted_erasures: row.try_get("deleted_erasures")?,
        })
    }
}

/// A row of `<name>_log`.
pub struct Event {
    pub sequence: i64,
    pub content: String,
    pub hash: Vec<u8>,
    pub details_hash: Option<Vec<u8>>,
    pub salt: Option<Vec<u8>>,
    pub details: Option<String>,
    pub erased: i64,
}

impl FromRow<'_, PgRow> for Event {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            sequence: row.try_get("sequence")?,
            content: row.try_get("content")?,
            hash: row.try_get("hash")?,
            details_hash: row.try_get("details_hash")?,
            salt: row.try_get("salt")?,
            details: row.try_get("details")?,
            erased: row.try_get("erased")?,
        })
    }
}
