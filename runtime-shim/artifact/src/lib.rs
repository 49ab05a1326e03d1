//! A Spin app as an OCI artifact.
//!
//! [`locked_app`] is the description of the app inside of it, [`pack`] makes an [`Artifact`] out of parts, [`folder`] is how
//! one lies unpacked on a disk, ready to run, [`registry`] moves one to and from a registry, [`store`] keeps
//! those that were fetched. [`sign`] and [`sbom`] are what others trust it by, [`package`] is a component or an interface by
//! itself. All of it is deterministic: the same parts give the same digests.

mod causes;
pub mod folder;
pub mod image;
pub mod media_type;
pub mod pack;
pub mod package;
pub mod registry;
pub mod sbom;
pub mod sign;
pub mod store;

pub use causes::error_chain;
pub use locked_app::{Digest, DigestError};
pub use pack::{Artifact, Blob};
