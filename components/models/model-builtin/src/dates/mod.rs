//! Days and times as people say them.

mod absolute;
mod find;
mod library;
mod numbers;
mod offsets;
mod ranges;
mod relative;
mod shifts;
mod times;
mod when;

pub use find::{find, whole};
pub use numbers::{number, ordinal};
pub use ranges::{Range, range_at};
pub use shifts::{Shift, shift};
pub use times::Part;
pub use when::{Due, When};
