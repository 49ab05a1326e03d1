//! Compiled code on disk, keyed by what it was compiled from and for.

use sha2::{Digest, Sha256};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use wasmtime::Engine;
use wasmtime::component::Component;

/// Code that cannot be stored or compiled.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The folder or a file in it cannot be written.
    #[error("code cache {path}: {source}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The component cannot be compiled.
    #[error("cannot compile: {0:#}")]
    Compile(wasmtime::Error),
}

/// Folders of compiled components: one that is written to, and maybe one that came with the program.
#[derive(Clone)]
pub struct CodeCache {
    folder: PathBuf,
    shipped: Option<PathBuf>,
    engine: Engine,
    engine_key: String,
}

impl CodeCache {
    /// Uses `folder`, created if missing and kept from other users: its files are run as they are. What is in
    /// `shipped` is found too and trusted as the program itself is; nothing is written there.
    ///
    /// # Errors
    /// When the folder cannot be created.
    pub fn open(folder: &Path, shipped: Option<&Path>, engine: &Engine) -> Result<Self, CacheError> {
        let io = |source| CacheError::Io { path: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(io)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).map_err(io)?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            shipped: shipped.map(Path::to_owned),
            engine: engine.clone(),
            engine_key: compatibility(engine),
        })
    }

    /// The component stored under `key`, if there is one.
    pub fn get(&self, key: &[u8]) -> Option<Component> {
        let name = self.file_name(key);
        let shipped = self.shipped.as_ref().and_then(|folder| self.load(&folder.join(&name)));
        shipped.or_else(|| self.load(&self.folder.join(name)))
    }

    /// Compiles `wasm` and stores it under `key`.
    ///
    /// # Errors
    /// [`CacheError`].
    pub fn compile(&self, key: &[u8], wasm: &[u8]) -> Result<Component, CacheError> {
        let path = self.path(key);
        let code = self.engine.precompile_component(wasm).map_err(CacheError::Compile)?;
        // Written beside and renamed, so that another process never sees half a file.
        let partial = path.with_extension(format!("partial-{}", std::process::id()));
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| CacheError::Io { path, source }
        };
        std::fs::write(&partial, &code).map_err(io(&partial))?;
        std::fs::rename(&partial, &path).map_err(io(&path))?;
        self.load(&path).ok_or_else(|| {
            CacheError::Compile(wasmtime::Error::msg("code that was just compiled cannot be loaded"))
        })
    }

    fn load(&self, path: &Path) -> Option<Component> {
        if !path.is_file() {
            return None;
        }
        load(&self.engine, path)
            .inspect_err(|error| tracing::warn!(path = %path.display(), %error, "stored code is not usable"))
            .ok()
    }

    /// Where the component of `key` is written to.
    pub fn path(&self, key: &[u8]) -> PathBuf {
        self.folder.join(self.file_name(key))
    }

    fn file_name(&self, key: &[u8]) -> String {
        let mut hash = Sha256::new();
        hash.update(self.engine_key.as_bytes());
        hash.update(key);
        format!("{}.cwasm", hex(&hash.finalize()))
    }
}

/// Loads the code at `path`, compiled for an engine like `engine`. The file is mapped, not copied: processes that load it
/// share its memory.
///
/// # Errors
/// [`CacheError::Compile`] when it is for another engine, or no code.
pub fn load(engine: &Engine, path: &Path) -> Result<Component, CacheError> {
    #[allow(
        unsafe_code,
        reason = "loading trusts the file: it is in a folder that is private to its owner and only written by `compile`, or it \
                  came with the program"
    )]
    // SAFETY: see the reason above.
    unsafe { Component::deserialize_file(engine, path) }.map_err(CacheError::Compile)
}

/// Differs between engines that cannot run each other's code.
pub fn compatibility(engine: &Engine) -> String {
    let mut hasher = KeyHasher(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut hasher);
    hex(&hasher.0.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Feeds a [`Hash`] into SHA-256.
struct KeyHasher(Sha256);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}
