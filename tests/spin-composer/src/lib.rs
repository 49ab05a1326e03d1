//! Composes components as `spin registry push` does: a dependency that does not inherit everything gets an adapter in front
//! of its imports that answers for what is denied, and fills the import of its parent. Spin does both in
//! `crates/capabilities` and `crates/compose`; here is the same way with an adapter that denies less.

#![warn(missing_docs)]

use wac_graph::types::Package;
use wac_graph::{CompositionGraph, EncodeOptions, PackageId};

/// Why components cannot be composed.
#[derive(Debug, thiserror::Error)]
pub enum ComposerError {
    /// The adapter's text is no component.
    #[error("the adapter: {0}")]
    Adapter(#[from] wat::Error),
    /// One of them is no component, or none of its exports fits.
    #[error("{0}")]
    Graph(String),
}

/// An adapter that denies variables, the environment and files.
///
/// # Errors
/// [`ComposerError::Adapter`].
pub fn deny_adapter() -> Result<Vec<u8>, ComposerError> {
    Ok(wat::parse_str(include_str!("deny_adapter.wat"))?)
}

/// `component` with each import filled that an export of `dependency` fits; all other imports of both are its imports.
///
/// # Errors
/// [`ComposerError::Graph`].
pub fn plug(component: &[u8], dependency: &[u8]) -> Result<Vec<u8>, ComposerError> {
    let mut graph = CompositionGraph::new();
    let socket = register(&mut graph, "component", component)?;
    let plug = register(&mut graph, "dependency", dependency)?;
    wac_graph::plug(&mut graph, vec![plug], socket).map_err(|e| ComposerError::Graph(format!("{e:?}")))?;
    // Whoever runs it validates it.
    let options = EncodeOptions { define_components: true, validate: false, processor: None };
    graph.encode(options).map_err(|e| ComposerError::Graph(format!("{e:?}")))
}

fn register(graph: &mut CompositionGraph, name: &str, wasm: &[u8]) -> Result<PackageId, ComposerError> {
    let package = Package::from_bytes(name, None, wasm, graph.types_mut())
        .map_err(|e| ComposerError::Graph(format!("{name}: {e:#}")))?;
    graph.register_package(package).map_err(|e| ComposerError::Graph(format!("{name}: {e:?}")))
}
