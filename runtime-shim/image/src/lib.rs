//! OCI images without a container engine: [`Layer`]s of files, an [`Image`] of layers, written as an archive that registries and
//! containerd read. The same files give the same digests.

mod error;
mod image;
mod layer;

pub use error::Error;
pub use image::Image;
pub use layer::{Entries, Entry, Layer, digest};
