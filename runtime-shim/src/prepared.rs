//! An app that was read and compiled before it is run: by a node for its pods, which then need no right to compile, to
//! write, or to read anything but the finished code.

use app_manifest::Manifest;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The app, and nothing else needed to run it.
#[derive(Clone, Debug)]
pub struct PreparedApp {
    /// What to run.
    pub manifest: Manifest,
    /// The files that [`prepare`](crate::prepare) gave. They are run as they are: nobody else may be able to write them.
    pub code: BTreeMap<String, PathBuf>,
}
