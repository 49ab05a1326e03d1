//! wasmtime: settings, ahead-of-time code kept on disk, the epoch's clock.

mod cache;
mod config;
mod target;
mod ticker;

pub use cache::{CacheError, CodeCache, compatibility, load};
pub use config::{EngineSettings, new_engine};
pub use target::CodeTarget;
pub use ticker::Ticker;
