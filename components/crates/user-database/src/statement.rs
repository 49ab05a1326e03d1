//! A statement with the name it has in logs.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::mem;

use sql_template::{Template, numbered};

use crate::Parameter;
use crate::fit::{self, Order};
use crate::mismatch::Mismatch;
use crate::names::flat;
use crate::parameters::Parameters;
use crate::row::{FromRow, Row};

/// For whom a statement acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActsFor {
    /// For one user: `:user_id` is its first parameter and bound by [`crate::UserDatabase`].
    User,
    /// For nobody who has signed in: for [`crate::Database`], which binds nothing by itself.
    Nobody,
}

/// One SQL statement: what it is given (`P`), and what each of its rows is read as (`R`).
pub struct Statement<P = Vec<Parameter>, R = Row> {
    /// Its name: that of its `.sql` file.
    pub name: &'static str,
    /// The table its rows come from, named when one of them makes no sense.
    pub table: &'static str,
    /// The statement as PostgreSQL takes it, with `$1` and so on for what changes from call to call.
    pub sql: Cow<'static, str>,
    /// Where the values for the numbers stand; none where they come in the order of the numbers.
    order: Option<Order>,
    types: PhantomData<fn(P) -> R>,
}

/// Makes a [`Statement`] of a table and a `.sql` file beside the code, while the program is compiled; behind them what the file's
/// placeholders take, each a constant. Its types say what it is given and what its rows are read as:
///
/// ```ignore
/// const STATEMENT: Statement<TaskKey, TaskTitle> = statement!("todo.tasks", "select_title.sql");
/// ```
///
/// What does not fit does not compile:
///
/// ```compile_fail,E0080
/// use user_database::{ActsFor, Statement, parameters, sql_template::template};
/// parameters! { struct TaskKey { id } }
/// const STATEMENT: Statement<TaskKey> =
///     Statement::from_template("a.sql", "todo.tasks", template!("SELECT :user_id, :task"), ActsFor::User);
/// ```
///
/// Where the file acts for nobody who has signed in, it is `statement!(for nobody, "todo.users", "insert_user.sql")`.
#[macro_export]
macro_rules! statement {
    (for nobody, $table:expr, $file:literal $(, $placeholder:ident: $filling:expr)* $(,)?) => {
        $crate::Statement::from_template(
            $file,
            $table,
            $crate::sql_template::template!(include_str!($file) $(, $placeholder: $filling)*),
            $crate::ActsFor::Nobody,
        )
    };
    ($table:expr, $file:literal $(, $placeholder:ident: $filling:expr)* $(,)?) => {
        $crate::Statement::from_template(
            $file,
            $table,
            $crate::sql_template::template!(include_str!($file) $(, $placeholder: $filling)*),
            $crate::ActsFor::User,
        )
    };
}

impl Statement {
    /// A statement as it stands in its file, with parameters by number and rows that are read column by column.
    #[must_use]
    pub const fn new(name: &'static str, table: &'static str, sql: &'static str) -> Self {
        Self { name, table, sql: Cow::Borrowed(sql), order: None, types: PhantomData }
    }
}

impl<P: Parameters, R: FromRow> Statement<P, R> {
    /// What [`statement!`](crate::statement!) makes.
    ///
    /// # Panics
    /// Parameters or columns do not fit: as the compiler calls this, that is an error of the compiler.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_template(
        file: &'static str,
        table: &'static str,
        template: Template,
        acts_for: ActsFor,
    ) -> Self {
        let order = match Self::order(template.text(), acts_for, true) {
            Ok(order) => Some(order),
            Err(mismatch) => refuse(&mismatch),
        };
        Self { name: stem(file), table, sql: Cow::Borrowed(template.sql()), order, types: PhantomData }
    }

    /// A statement for a user that is put together from fixed texts, of which some may leave parameters out. Never put a value
    /// into it: values are parameters. [`Statement::check`] tells whether it fits; where it does not, PostgreSQL refuses it.
    #[must_use]
    pub fn composed(name: &'static str, table: &'static str, text: &str) -> Self {
        // Without values in place of wrong ones, so that nothing is mixed up.
        let order = Some(Self::order(text, ActsFor::User, false).unwrap_or(Order::EMPTY));
        Self { name, table, sql: Cow::Owned(numbered(text)), order, types: PhantomData }
    }

    /// Whether a text that [`Statement::composed`] takes fits to what it is given and to what its rows are read as.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(text: &str) -> Result<(), Mismatch<'_>> {
        Self::order(text, ActsFor::User, false).map(drop)
    }

    const fn order(text: &str, acts_for: ActsFor, every: bool) -> Result<Order, Mismatch<'_>> {
        if let Some(columns) = R::COLUMNS
            && let Err(mismatch) = fit::check_columns(text, &flat(columns))
        {
            return Err(mismatch);
        }
        fit::order(text, &flat(P::NAMES), acts_for, every)
    }
}

impl<P: Parameters, R> Statement<P, R> {
    /// The names of its parameters in the order of their numbers, the user's left out; none where they have numbers alone.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let given = flat(P::NAMES);
        let positions = self.order.iter().flat_map(|order| order.as_slice().iter().copied());
        positions.filter_map(|position| given.as_slice().get(usize::from(position)).copied()).collect()
    }

    /// The values in the order of the numbers, the user's first if there is one.
    pub(crate) fn values(&self, user: Option<Parameter>, parameters: P) -> Vec<Parameter> {
        let mut given = Vec::new();
        let Some(order) = &self.order else {
            given.extend(user);
            parameters.append(&mut given);
            return given;
        };
        parameters.append(&mut given);
        let mut values = Vec::with_capacity(given.len() + 1);
        values.extend(user);
        values.extend(order.as_slice().iter().map(|position| match given.get_mut(usize::from(*position)) {
            Some(value) => mem::replace(value, Parameter::DbNull),
            None => Parameter::DbNull,
        }));
        values
    }
}

#[expect(clippy::panic, reason = "an error of the compiler, which runs this")]
const fn refuse(mismatch: &Mismatch<'_>) -> ! {
    panic!("{}", mismatch.message().as_str())
}

/// A file's name without what it ends with.
const fn stem(file: &'static str) -> &'static str {
    match file.as_bytes() {
        [stem @ .., b'.', b's', b'q', b'l'] => file.split_at(stem.len()).0,
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{columns, parameters};

    parameters! {
        struct Found { title, id }
    }
    columns! {
        struct Title {
            #[expect(dead_code, reason = "no statement is run here")]
            title: String,
        }
    }

    const TEXT: &str =
        "WITH acting AS (SELECT :user_id) SELECT title FROM t WHERE id = :id AND title = :title";

    fn found() -> Found {
        Found { title: Parameter::Int32(1), id: Parameter::Int32(2) }
    }

    fn numbers(values: Vec<Parameter>) -> Vec<i32> {
        let number = |value| match value {
            Parameter::Int32(number) => number,
            other => panic!("{other:?}"),
        };
        values.into_iter().map(number).collect()
    }

    fn values(statement: &Statement<Found, Title>) -> Vec<i32> {
        numbers(statement.values(Some(Parameter::Int32(0)), found()))
    }

    #[test]
    fn each_value_is_sent_for_its_name_behind_the_user() {
        const STATEMENT: Statement<Found, Title> =
            Statement::from_template("find.sql", "t", sql_template::template!(TEXT), ActsFor::User);
        assert_eq!(values(&STATEMENT), [0, 2, 1]);
        assert_eq!(
            STATEMENT.sql,
            "WITH acting AS (SELECT $1) SELECT title FROM t WHERE id = $2 AND title = $3"
        );
        assert_eq!((STATEMENT.name, STATEMENT.names()), ("find", vec!["id", "title"]));
        assert_eq!(values(&Statement::composed("find_composed", "t", TEXT)), [0, 2, 1]);
    }

    #[test]
    fn a_statement_put_together_takes_what_its_parts_name() {
        let text = "SELECT title FROM t WHERE :user_id = u AND title = :title";
        assert_eq!(values(&Statement::composed("find_by_title", "t", text)), [0, 1]);
        assert_eq!(Statement::<Found, Title>::check(text), Ok(()));
        let wrong = "SELECT title FROM t WHERE :user_id = u AND title = :titel";
        assert_eq!(Statement::<Found, Title>::check(wrong), Err(Mismatch::NotBound("titel")));
        assert_eq!(
            values(&Statement::composed("find_by_mistake", "t", wrong)),
            [0],
            "nothing is bound at random"
        );
    }

    #[test]
    #[should_panic(expected = "the parameter `id` is not in the statement: write :id there, or take it out")]
    fn a_statement_that_does_not_fit_is_refused_with_the_reason() {
        let template = sql_template::template!("SELECT title FROM t WHERE :user_id = u AND title = :title");
        let _: Statement<Found, Title> = Statement::from_template("a.sql", "t", template, ActsFor::User);
    }

    #[test]
    #[should_panic(expected = "the column `title` is read where the statement answers `name`")]
    fn a_column_that_the_statement_does_not_answer_is_refused() {
        let template =
            sql_template::template!("SELECT name FROM t WHERE :user_id = u AND a = :title AND b = :id");
        let _: Statement<Found, Title> = Statement::from_template("a.sql", "t", template, ActsFor::User);
    }

    #[test]
    fn a_statement_with_numbers_takes_values_in_their_order() {
        let statement = Statement::new("find_by_number", "t", "SELECT $1, $2");
        let given = vec![Parameter::Int32(1)];
        assert_eq!(numbers(statement.values(Some(Parameter::Int32(0)), given)), [0, 1]);
    }
}
