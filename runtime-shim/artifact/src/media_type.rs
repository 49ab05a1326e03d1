//! What the parts of an artifact are called, as Spin and the OCI image specification name them.

/// An OCI image manifest.
pub const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
/// The configuration of an OCI image, which container runtimes read for the platform.
pub const IMAGE_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
/// The locked app.
pub const APP: &str = "application/vnd.fermyon.spin.application.v1+config";
/// A WebAssembly component of an app.
pub const WASM: &str = "application/vnd.wasm.content.layer.v1+wasm";
/// A WebAssembly component published by itself.
pub const WASM_PACKAGE: &str = "application/wasm";
/// One file of a component.
pub const DATA: &str = "application/vnd.wasm.content.layer.v1+data";
/// Several files of a component.
pub const ARCHIVE: &str = "application/vnd.wasm.content.bundle.v1.tar+gzip";
/// A list of manifests.
pub const INDEX: &str = "application/vnd.oci.image.index.v1+json";
/// No configuration.
pub const EMPTY: &str = "application/vnd.oci.empty.v1+json";
/// A signed document.
pub const SIMPLE_SIGNING: &str = "application/vnd.dev.cosign.simplesigning.v1+json";
/// A signature in Sigstore's bundle format.
pub const BUNDLE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";
/// A list of what an app is made of.
pub const SBOM: &str = "application/vnd.cyclonedx+json";
/// The configuration of a component that is published by itself.
pub const WASM_CONFIG: &str = "application/vnd.wasm.config.v0+json";
