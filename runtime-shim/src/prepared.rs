//! An app that was read and compiled before it is run: by a node for its pods, which then need no right to compile, to
//! write, or to read anything but the finished code.

use crate::assemble::AssembleError;
use crate::compile::{cached, engine};
use crate::engine;
use crate::manifest::Manifest;
use crate::settings::RunSettings;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The app, and nothing else needed to run it.
#[derive(Clone, Debug)]
pub struct PreparedApp {
    /// What to run.
    pub manifest: Manifest,
    /// The files that [`prepare`] gave. They are run as they are: nobody else may be able to write them.
    pub code: BTreeMap<String, PathBuf>,
}

/// Compiles what answers requests in `manifest` into the cache folder of `settings`, as far as it is not there, and
/// gives the file of each component. The run must have the same limits, and the same target of its code.
///
/// # Errors
/// The first [`AssembleError`].
pub fn prepare(
    settings: &RunSettings,
    manifest: &Manifest,
) -> Result<BTreeMap<String, PathBuf>, AssembleError> {
    let (cache, plans, _) = cached(settings, manifest, &engine(settings)?)?;
    Ok(plans.iter().map(|plan| (plan.component.clone(), cache.path(&plan.key()))).collect())
}

/// Differs between engines that cannot run each other's code.
///
/// # Errors
/// [`AssembleError::Engine`].
pub fn compatibility(settings: &RunSettings) -> Result<String, AssembleError> {
    Ok(engine::compatibility(&engine(settings)?))
}
