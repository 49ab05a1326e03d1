//! What the product tells about itself: traces, metrics, logs, and the rules, dashboards and runbooks made of them.

mod attribution;
mod collector;
mod dashboards;
mod exported;
mod logs;
mod prometheus;
mod rules;
mod runbooks;
mod spans;
mod traces;
mod watched;
