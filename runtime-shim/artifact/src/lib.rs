//! A Spin app as an OCI artifact.
//!
//! [`locked`] is the description of the app inside of it, [`pack`] makes an [`Artifact`] out of parts, [`folder`] is how
//! one lies unpacked on a disk, ready to run, [`registry`] moves one to and from a registry, [`store`] keeps
//! those that were fetched. All of it is deterministic: the same parts give the same digests.

mod digest;
pub mod folder;
pub mod image;
pub mod locked;
pub mod media_type;
pub mod pack;
pub mod registry;
pub mod sign;
pub mod store;

pub use digest::{Digest, NotADigest};
pub use pack::{Artifact, Blob};
