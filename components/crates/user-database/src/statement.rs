//! A statement with the name it has in logs.

use std::borrow::Cow;

/// One SQL statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its name: that of its `.sql` file.
    pub name: &'static str,
    /// The table its rows come from, named when one of them makes no sense.
    pub table: &'static str,
    /// The statement, with `$1` and so on for what changes from call to call.
    pub sql: Cow<'static, str>,
}

impl Statement {
    /// A statement as it stands in its file.
    #[must_use]
    pub const fn new(name: &'static str, table: &'static str, sql: &'static str) -> Self {
        Self { name, table, sql: Cow::Borrowed(sql) }
    }

    /// A statement put together from fixed parts. Never put a value into it: values are parameters.
    #[must_use]
    pub fn composed(name: &'static str, table: &'static str, sql: Cow<'static, str>) -> Self {
        Self { name, table, sql }
    }
}
