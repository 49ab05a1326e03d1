//! Tells where the caller stands.

mod arguments;
mod select_overview;

tool_bindings::export! { overview::show_overview(OverviewQuery) -> Overview = select_overview::select_overview }
