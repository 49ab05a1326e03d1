//! One file per operation, named as the operation's own.

mod add;
mod complete;
mod delete;
mod get;
mod list;
mod reopen;
mod search;
mod update;
