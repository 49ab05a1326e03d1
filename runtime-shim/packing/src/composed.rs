//! Components as hosts need them that compose nothing themselves.

use super::PackError;
use super::locked::component;
use app_artifact::pack::Packer;
use app_composition::{CompositionTarget, compose, denials, plan};
use app_manifest::Manifest;
use locked_app::LockedComponent;
use std::collections::BTreeSet;

/// The components with a trigger or an address of their own, each with its dependencies composed into it.
///
/// A dependency without a right is denied it by a renamed import, which another host would not know: that is refused.
pub(super) fn components(
    manifest: &Manifest,
    packer: &mut Packer,
) -> Result<Vec<LockedComponent>, PackError> {
    let triggered: BTreeSet<&str> = manifest.trigger.http.iter().filter_map(|t| t.component_id()).collect();
    let mut components = Vec::new();
    for plan in plan(manifest, triggered)? {
        if let Some((dependency, import)) = denials(&plan)?.into_iter().next() {
            return Err(PackError::Denied { component: plan.component, dependency, import });
        }
        let Some(described) = manifest.component.get(&plan.component) else { continue };
        let source = packer.wasm(compose(&plan, CompositionTarget::Portable)?);
        components.push(component(manifest, &plan.component, described, source, packer)?);
    }
    Ok(components)
}
