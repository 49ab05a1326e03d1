//! Nobody reads or changes another's data, through any endpoint, whatever they try in whatever order.

mod conversations;
mod operations;
mod tasks;
