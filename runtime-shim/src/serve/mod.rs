//! HTTP in: listening, routes, instances, answers.

mod active_request;
mod admission;
mod app;
mod chaining;
mod connections;
mod deadline;
mod descriptors;
mod headers;
mod instance;
mod listen;
mod listen_address;
mod listeners;
mod management;
mod problem;
mod request_body;
mod request_id;
mod response_body;
mod routes;
mod served;
mod streams;
mod worker;

pub use admission::Admission;
pub use app::App;
pub use chaining::AppHandle;
pub use descriptors::provide_descriptors;
pub use instance::{ComponentHandler, InstancePolicy};
pub use listen::{Answer, ConnectionLimits, Ends, ShutdownPolicy, serve};
pub use listen_address::{ListenAddress, ListenAddressError};
pub use listeners::{ListenError, Listeners};
pub use management::Management;
pub use response_body::ResponseBody;
pub use routes::{RouteError, Routes};
pub use served::Served;
