//! SQL statements as they are written, and as PostgreSQL takes them.
//!
//! A statement names its parameters, `:title`, which PostgreSQL knows by number alone. It may have placeholders,
//! `{task_columns}`, for texts that several statements share; a placeholder takes a fixed text, never a value.
//!
//! [`template!`] fills the placeholders and numbers the parameters while the program is compiled, so that a call finds its
//! statement's text ready; [`numbered`] does the second for a text that is put together later. Parameters get their numbers in
//! the order in which they are met, and [`names`] lists them in it. [`columns`] tells what a row of the answer holds.
//!
//! ```
//! const STATEMENT: sql_template::Template = sql_template::template!(
//!     "SELECT {what} FROM todo.tasks WHERE user_id = :user_id::uuid AND id = :id::uuid",
//!     what: "id, title",
//! );
//! assert_eq!(STATEMENT.sql(), "SELECT id, title FROM todo.tasks WHERE user_id = $1::uuid AND id = $2::uuid");
//! assert_eq!(STATEMENT.names().as_slice(), ["user_id", "id"]);
//! assert_eq!(STATEMENT.columns().as_slice(), ["id", "title"]);
//! ```
//!
//! Comments and quoted texts are left as they are. Strings with backslashes (`E'…'`) and dollar quotes are not understood:
//! no statement needs them, since values are parameters.

mod columns;
mod fill;
mod names;
mod number;
mod output;
mod scan;

pub use columns::columns;
pub use fill::fill;
pub use names::{MAX_NAMES, Names};
pub use number::{has_numbers, names, number, numbered};
pub use output::Output;

/// Whether two names are the same, for the compiler, which can't use `==` here.
#[must_use]
pub const fn is_same(name: &str, other: &str) -> bool {
    scan::equal(name.as_bytes(), other.as_bytes())
}

/// A statement whose placeholders are filled.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    text: &'static str,
    sql: &'static str,
}

impl Template {
    /// What [`template!`] puts together: the statement with names and with numbers.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(text: &'static str, sql: &'static str) -> Self {
        Self { text, sql }
    }

    /// The statement with its parameters' names.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The statement as PostgreSQL takes it.
    #[must_use]
    pub const fn sql(&self) -> &'static str {
        self.sql
    }

    /// Its parameters in the order of their numbers, from `$1` on.
    #[must_use]
    pub const fn names(&self) -> Names<'static> {
        names(self.text)
    }

    /// The columns of its answer.
    #[must_use]
    pub const fn columns(&self) -> Names<'static> {
        columns(self.text)
    }
}

/// A statement's [`Template`], made by the compiler: its text, a constant, and behind it what its placeholders take, each a
/// constant, too. A placeholder that nothing is given for is an error of the compiler.
#[macro_export]
macro_rules! template {
    ($text:expr $(, $placeholder:ident: $filling:expr)* $(,)?) => {{
        const TEMPLATE: &str = $text;
        const PLACEHOLDERS: &[(&str, &str)] = &[$((stringify!($placeholder), $filling)),*];
        const FILLED_LENGTH: usize = $crate::fill::<0>(TEMPLATE, PLACEHOLDERS).length();
        const FILLED: &$crate::Output<FILLED_LENGTH> = &$crate::fill(TEMPLATE, PLACEHOLDERS);
        const NUMBERED_LENGTH: usize = $crate::number::<0>(FILLED.as_str()).length();
        const NUMBERED: &$crate::Output<NUMBERED_LENGTH> = &$crate::number(FILLED.as_str());
        const MADE: $crate::Template = $crate::Template::new(FILLED.as_str(), NUMBERED.as_str());
        MADE
    }};
}
