//! The composition itself.

use super::capability::{DENIED_PREFIX, capability_of, part_import};
use super::deny::rename_imports;
use super::{ComposeError, Plan, Plug};
use app_manifest::Inherit;
use std::cell::RefCell;
use std::collections::BTreeSet;
use wac_graph::types::{Package, are_semver_compatible};
use wac_graph::{CompositionGraph, EncodeOptions, NodeId, PackageId};

/// Whom a composition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompositionTarget {
    /// This host, which is to know the part that calls it.
    Native,
    /// Any host with Spin's interfaces: no import has a name of its own.
    Portable,
}

/// One component made of `plan`'s.
///
/// # Errors
/// Any [`ComposeError`], naming the component, its dependency and the import.
pub fn compose(plan: &Plan, target: CompositionTarget) -> Result<Vec<u8>, ComposeError> {
    if plan.plugs.is_empty() {
        return Ok(plan.source.wasm.clone());
    }
    let mut graph = CompositionGraph::new();
    let root = register(&mut graph, &plan.component, plan.source.wasm.clone())?;
    let root_instance = graph.instantiate(root);
    let imports: Vec<String> = graph.types()[graph[root].ty()].imports.keys().cloned().collect();
    let mut filled = BTreeSet::new();
    for (index, plug) in plan.plugs.iter().enumerate() {
        let wasm = rename(index, plug, target).map_err(|reason| not_a_component(&plug.key, reason))?;
        let package = register(&mut graph, &format!("dependency-{index}"), wasm)
            .map_err(|e| not_a_component(&plug.key, e.to_string()))?;
        let instance = graph.instantiate(package);
        let wanted: Vec<&String> = imports.iter().filter(|import| fills(&plug.key, import)).collect();
        if wanted.is_empty() {
            return Err(ComposeError::NothingToFill {
                component: plan.component.clone(),
                dependency: plug.key.clone(),
                imports,
            });
        }
        for import in wanted {
            if !filled.insert(import.clone()) {
                return Err(ComposeError::FilledTwice {
                    component: plan.component.clone(),
                    import: import.clone(),
                });
            }
            let argument = export_of(&mut graph, package, instance, plan, plug, import)?;
            graph.set_instantiation_argument(root_instance, import, argument).map_err(|e| {
                ComposeError::DoesNotFit {
                    component: plan.component.clone(),
                    dependency: plug.key.clone(),
                    reason: error_chain(e),
                }
            })?;
        }
    }
    let encode_error = |reason: String| ComposeError::Encode { component: plan.component.clone(), reason };
    let exports: Vec<String> = graph.types()[graph[root].ty()].exports.keys().cloned().collect();
    for name in exports {
        let export =
            graph.alias_instance_export(root_instance, &name).map_err(|e| encode_error(error_chain(e)))?;
        graph.export(export, &name).map_err(|e| encode_error(error_chain(e)))?;
    }
    // wasmtime validates what it compiles.
    let options = EncodeOptions { define_components: true, validate: false, processor: None };
    graph.encode(options).map_err(|e| encode_error(error_chain(e)))
}

/// The error with what is below it, in one line.
fn error_chain(error: impl std::error::Error + Send + Sync + 'static) -> String {
    format!("{:#}", anyhow::Error::new(error))
}

fn not_a_component(component: &str, reason: String) -> ComposeError {
    ComposeError::NotAComponent { component: component.to_owned(), reason }
}

fn register(graph: &mut CompositionGraph, name: &str, wasm: Vec<u8>) -> Result<PackageId, ComposeError> {
    let package = Package::from_bytes(name, None, wasm, graph.types_mut())
        .map_err(|e| not_a_component(name, format!("{e:#}")))?;
    graph.register_package(package).map_err(|e| not_a_component(name, error_chain(e)))
}

/// What the dependencies of `plan` import and have no right to, each with the dependency's key.
///
/// # Errors
/// [`ComposeError::NotAComponent`].
pub fn denials(plan: &Plan) -> Result<Vec<(String, String)>, ComposeError> {
    let mut denials = Vec::new();
    for plug in &plan.plugs {
        let found = RefCell::new(Vec::new());
        let note = |import: &str| {
            if is_denied(plug, import) {
                found.borrow_mut().push((plug.key.clone(), import.to_owned()));
            }
            None
        };
        rename_imports(&plug.source.wasm, note).map_err(|reason| not_a_component(&plug.key, reason))?;
        denials.append(&mut found.into_inner());
    }
    Ok(denials)
}

fn is_denied(plug: &Plug, import: &str) -> bool {
    let Some(kind) = capability_of(import) else { return false };
    match &plug.inherit {
        Inherit::All(all) => !all,
        Inherit::Some(kinds) => !kinds.iter().any(|k| k == kind),
    }
}

/// The dependency at `index` with those imports renamed that it has no right to, or whose caller the host has to know.
fn rename(index: usize, plug: &Plug, target: CompositionTarget) -> Result<Vec<u8>, String> {
    rename_imports(&plug.source.wasm, |import| match is_denied(plug, import) {
        true => Some(format!("{DENIED_PREFIX}{import}")),
        false if target == CompositionTarget::Native => part_import(index, import),
        false => None,
    })
}

/// Whether the dependency called `key` is meant for `import`: the same name, or the package it is in, with the
/// version left out or equal.
fn fills(key: &str, import: &str) -> bool {
    if key == import {
        return true;
    }
    let (key_name, key_version) = split_version(key);
    let (import_name, import_version) = split_version(import);
    if key_version.is_some() && key_version != import_version {
        return false;
    }
    let in_package = !key_name.contains('/')
        && key_name.contains(':')
        && import_name.split_once('/').is_some_and(|(package, _)| package == key_name);
    in_package || (key_name == import_name && key_name.contains(':'))
}

fn split_version(name: &str) -> (&str, Option<&str>) {
    name.split_once('@').map_or((name, None), |(name, version)| (name, Some(version)))
}

/// The export of a dependency that goes into `import`: the one named in the manifest, the same name, or a
/// compatible version of it.
fn export_of(
    graph: &mut CompositionGraph,
    package: PackageId,
    instance: NodeId,
    plan: &Plan,
    plug: &Plug,
    import: &str,
) -> Result<NodeId, ComposeError> {
    let exports = &graph.types()[graph[package].ty()].exports;
    let wanted = plug.export.as_deref().unwrap_or(import);
    let name = if exports.contains_key(wanted) {
        Some(wanted.to_owned())
    } else {
        exports.keys().find(|export| are_semver_compatible(export, wanted)).cloned()
    };
    let missing = || ComposeError::NoSuchExport {
        component: plan.component.clone(),
        dependency: plug.key.clone(),
        export: wanted.to_owned(),
        exports: exports.keys().cloned().collect(),
    };
    let name = name.ok_or_else(missing)?;
    graph.alias_instance_export(instance, &name).map_err(|e| ComposeError::DoesNotFit {
        component: plan.component.clone(),
        dependency: plug.key.clone(),
        reason: error_chain(e),
    })
}

#[cfg(test)]
mod tests {
    use super::fills;

    #[test]
    fn a_key_names_an_import_a_package_or_a_plain_name() {
        assert!(fills("todo:add-task/tool@1.0.0", "todo:add-task/tool@1.0.0"));
        assert!(fills("todo:add-task@1.0.0", "todo:add-task/tool@1.0.0"));
        assert!(fills("todo:add-task", "todo:add-task/tool@1.0.0"));
        assert!(fills("todo:add-task/tool", "todo:add-task/tool@1.0.0"));
        assert!(fills("verify", "verify"));
        assert!(!fills("todo:add-task@1.0.1", "todo:add-task/tool@1.0.0"));
        assert!(!fills("todo:add", "todo:add-task/tool@1.0.0"));
        assert!(!fills("todo:add-task/other@1.0.0", "todo:add-task/tool@1.0.0"));
        assert!(!fills("verify", "verify-all"));
    }
}
