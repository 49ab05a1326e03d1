//! One file per operation, named as the operation's own.

mod add;
mod complete;
mod complete_many;
mod delete;
mod delete_many;
mod export;
mod get;
mod list;
mod quick;
mod reopen;
mod search;
mod skip;
mod subtasks;
mod update;
