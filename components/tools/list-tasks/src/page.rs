//! What a page takes and answers.

use task_rows::{FilterParameters, TaskRow};
use user_database::{columns, parameters};

use crate::position::PositionParameters;

parameters! {
    /// What a page takes. An order without filters leaves those out, and each takes of the position what it is ordered by.
    pub struct SelectPage {
        /// The most rows.
        limit,
        /// What is left out.
        filter: ..FilterParameters,
        /// Where the page begins.
        position: ..PositionParameters,
    }
}

columns! {
    /// A task of a page, and its place in the order.
    pub struct PageRow {
        /// The instant that it is ordered by, in microseconds.
        position_number: Option<i64>,
        /// The text that it is ordered by.
        position_text: Option<String>,
        /// The task.
        task: ..TaskRow,
    }
}
