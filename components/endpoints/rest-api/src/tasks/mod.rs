//! How each tool on tasks is called: a file for each pair of what a tool takes and gives.

mod add;
mod change_many;
mod change_one;
mod export;
mod get;
mod list;
mod quick_add;
mod search;
mod update;
