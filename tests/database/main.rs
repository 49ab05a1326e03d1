//! The statements of the components against a real server: each names its user, each is served by an index, and
//! row-level security holds where the user was forgotten.

mod account_plans;
mod actions;
mod isolation;
mod mcp_budget;
mod mcp_listeners;
mod mcp_plans;
mod mcp_store;
mod mutations;
mod page_plans;
mod plan;
mod plans;
mod privacy;
mod reminder_plans;
mod rows_of_a_user;
mod statement;
mod statements;
mod store;
