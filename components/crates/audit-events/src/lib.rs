//! Records what happens to accounts, and to what programs are allowed, in `todo.audit_events` (ADR 42).
//!
//! While a request is answered, its parts say in an [`AuditTrail`] whom it is about. What came of it is recorded once, when the answer is known
//! and before it is sent. Nothing that a caller wrote gets into an event, but for the request's id, and nothing secret.

mod network;
mod retention;
mod store;
mod trail;

pub use network::network_hash;
pub use store::record;
pub use trail::{AuditTrail, Event, Outcome};
