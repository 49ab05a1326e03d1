//! Rows of `todo.lists` as lists, their order, and the table's constraints as what is wrong with an input: what every tool
//! on lists does alike.
//!
//! A statement that answers lists has the placeholder `{list_columns}` in its list of columns; [`statement!`] fills it with
//! [`LIST_COLUMNS`], and [`ListRow`] reads them.

mod constraint;
mod list;
mod name;
mod place;
pub mod rank;

pub use constraint::write_error;
pub use list::{ChangedList, LIST_COLUMNS, ListRow, changed_list};
pub use name::{ListName, select_list_names};
pub use place::{Place, check_parent, select_places};

#[doc(hidden)]
pub use user_database;

/// Makes a [`user_database::Statement`] on `todo.lists` of a `.sql` file beside the code, with the columns of a list in its
/// placeholder `{list_columns}`.
#[macro_export]
macro_rules! statement {
    ($file:literal) => {
        $crate::user_database::statement!("todo.lists", $file, list_columns: $crate::LIST_COLUMNS)
    };
}
