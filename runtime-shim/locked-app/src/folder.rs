//! Where the parts of an app lie in a folder that it is unpacked into.

use crate::Digest;
use std::path::{Path, PathBuf};

/// The locked app's file.
pub const LOCKED: &str = "locked.json";

/// Where the content with this digest is, relative to the folder.
pub fn content_path(digest: &Digest) -> PathBuf {
    Path::new("content").join("sha256").join(digest.hex())
}
