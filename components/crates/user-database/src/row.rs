//! A row, read column by column in the order of its statement.

use std::rc::Rc;
use std::vec::IntoIter;

use spin_sdk::pg::DbValue;

use crate::error::DecodeError;
use crate::names::Name;
use crate::value::FromValue;

/// One row of an answer. Reading takes the columns from left to right, so nothing is copied or searched for; the
/// name given is compared with the column's, so a statement that changed is noticed.
#[derive(Debug)]
pub struct Row {
    table: &'static str,
    columns: Rc<[String]>,
    next: usize,
    values: IntoIter<DbValue>,
}

/// What a row of an answer is read as. [`crate::columns!`] makes a type of columns; by hand it is written for what one value
/// decides about the next ones.
pub trait FromRow: Sized {
    /// The columns that it reads, in their order; none where the rows are read later, by whoever gets them.
    const COLUMNS: Option<&'static [Name]>;

    /// Reads them.
    ///
    /// # Errors
    /// [`DecodeError`] when they don't make sense.
    fn from_row(row: &mut Row) -> Result<Self, DecodeError>;
}

/// The row as it is, for whoever reads it column by column.
impl FromRow for Row {
    const COLUMNS: Option<&'static [Name]> = None;

    fn from_row(row: &mut Row) -> Result<Self, DecodeError> {
        Ok(Self {
            table: row.table,
            columns: Rc::clone(&row.columns),
            next: row.next,
            values: std::mem::take(&mut row.values),
        })
    }
}

impl Row {
    /// A row of an answer: the database's, or that of a test of what reads it.
    #[must_use]
    pub fn new(table: &'static str, columns: Rc<[String]>, values: Vec<DbValue>) -> Self {
        Self { table, columns, next: 0, values: values.into_iter() }
    }

    /// Reads the next column, which must be called `name`.
    ///
    /// # Errors
    /// [`DecodeError`] when it is another column, or its value is not of the type asked for.
    pub fn read<T: FromValue>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        let found = self.columns.get(self.next).map(String::as_str);
        if found != Some(name) {
            return Err(self.invalid_value(name, format!("the statement gives {found:?} in its place")));
        }
        self.next += 1;
        let value = self.values.next().unwrap_or(DbValue::DbNull);
        T::from_value(value)
            .ok_or_else(|| self.invalid_value(name, format!("not a value of type {}", T::TYPE)))
    }

    /// What to answer when a value was read but makes no sense.
    #[must_use]
    pub fn invalid_value(&self, column: &'static str, problem: impl Into<String>) -> DecodeError {
        DecodeError { table: self.table, column, problem: problem.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: Vec<DbValue>) -> Row {
        Row::new("todo.tasks", Rc::from(vec!["title".to_owned(), "version".to_owned()]), values)
    }

    #[test]
    fn columns_are_read_in_order_and_by_type() {
        let mut row = row(vec![DbValue::Str("milk".to_owned()), DbValue::Int64(3)]);
        assert_eq!(row.read::<String>("title").unwrap(), "milk");
        assert_eq!(row.read::<i64>("version").unwrap(), 3);
    }

    #[test]
    fn a_row_that_does_not_make_sense_names_table_and_column() {
        let error = row(vec![DbValue::DbNull, DbValue::Int64(3)]).read::<String>("title").unwrap_err();
        assert_eq!(error.to_string(), "todo.tasks.title does not make sense: not a value of type text");
        let error = row(vec![]).read::<i64>("version").unwrap_err();
        assert!(error.to_string().starts_with("todo.tasks.version does not make sense"), "{error}");
    }
}
