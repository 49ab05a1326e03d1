//! Nobody reads or changes another's data, through any door, whatever they try in whatever order.

mod conversations;
mod operations;
mod tasks;
