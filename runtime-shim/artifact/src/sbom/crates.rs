//! The crates that components were built from, as Cargo resolves them for their target.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, NodeDep, Package, PackageId, Resolve};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// What components are compiled for.
const TARGET: &str = "wasm32-wasip2";

/// Cargo does not say what an app was built from.
#[derive(Debug, thiserror::Error)]
#[error("cannot find out what the app was built from: {0}")]
pub struct CratesError(String);

/// A crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as an SPDX expression.
    pub licence: Option<String>,
    /// Whether it comes from crates.io.
    pub published: bool,
    /// References to the crates it uses.
    pub dependencies: BTreeSet<String>,
}

/// The crates of an app.
#[derive(Clone, Debug, Default)]
pub struct Crates {
    all: BTreeMap<String, Crate>,
    of: BTreeMap<String, BTreeSet<String>>,
}

impl Crates {
    /// Asks Cargo in `folder` about the components, each given by its id and the file it was built to. An app that is
    /// no Cargo workspace has no crates; neither has a component that none of its packages makes.
    ///
    /// # Errors
    /// [`CratesError`] when Cargo cannot answer, in its words.
    pub fn read<'a>(
        folder: &Path,
        components: impl IntoIterator<Item = (&'a str, &'a Path)>,
    ) -> Result<Self, CratesError> {
        let cargo_toml = folder.join("Cargo.toml");
        if !cargo_toml.is_file() {
            return Ok(Self::default());
        }
        let mut command = MetadataCommand::new();
        command.manifest_path(cargo_toml);
        let options = ["--locked", "--filter-platform", TARGET].map(str::to_owned);
        let metadata =
            command.other_options(options.to_vec()).exec().map_err(|e| CratesError(e.to_string()))?;
        Ok(Self::from_metadata(&metadata, components))
    }

    fn from_metadata<'a>(
        metadata: &Metadata,
        components: impl IntoIterator<Item = (&'a str, &'a Path)>,
    ) -> Self {
        let packages: HashMap<&PackageId, &Package> = metadata.packages.iter().map(|p| (&p.id, p)).collect();
        let makers: HashMap<&str, &Package> = metadata
            .workspace_packages()
            .into_iter()
            .flat_map(|package| package.targets.iter().map(move |target| (target, package)))
            .filter(|(target, _)| target.is_cdylib())
            .map(|(target, package)| (target.name.as_str(), package))
            .collect();
        let used = metadata.resolve.as_ref().map(used_by).unwrap_or_default();
        let mut crates = Self::default();
        for (component, wasm) in components {
            let maker = wasm.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| makers.get(stem));
            let Some(maker) = maker else { continue };
            crates.of.insert(component.to_owned(), BTreeSet::from([reference(maker)]));
            crates.add(maker, &packages, &used);
        }
        crates
    }

    /// Adds `package` and all that it uses.
    fn add(
        &mut self,
        package: &Package,
        packages: &HashMap<&PackageId, &Package>,
        used: &HashMap<&PackageId, Vec<&PackageId>>,
    ) {
        let mut waiting = vec![package];
        while let Some(package) = waiting.pop() {
            let reference_here = reference(package);
            if self.all.contains_key(&reference_here) {
                continue;
            }
            let uses = used.get(&package.id).into_iter().flatten().filter_map(|id| packages.get(id)).copied();
            let uses: Vec<&Package> = uses.collect();
            let found = Crate {
                name: package.name.to_string(),
                version: package.version.to_string(),
                // The slash is how licences were combined before SPDX.
                licence: package.license.as_deref().map(|licence| licence.replace('/', " OR ")),
                published: package.source.as_ref().is_some_and(|source| source.is_crates_io()),
                dependencies: uses.iter().map(|package| reference(package)).collect(),
            };
            self.all.insert(reference_here, found);
            waiting.extend(uses);
        }
    }

    /// All crates with the reference of each, sorted.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Crate)> {
        self.all.iter().map(|(reference, library)| (reference.as_str(), library))
    }

    /// The crate that makes the component `id`.
    pub fn crates_of(&self, id: &str) -> impl Iterator<Item = &str> {
        self.of.get(id).into_iter().flatten().map(String::as_str)
    }
}

fn reference(package: &Package) -> String {
    format!("crate:{}@{}", package.name, package.version)
}

/// What each package uses in what it compiles to: no tests, no build scripts.
fn used_by(resolve: &Resolve) -> HashMap<&PackageId, Vec<&PackageId>> {
    let in_the_product =
        |dep: &&NodeDep| dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
    resolve
        .nodes
        .iter()
        .map(|node| (&node.id, node.deps.iter().filter(in_the_product).map(|dep| &dep.pkg).collect()))
        .collect()
}
