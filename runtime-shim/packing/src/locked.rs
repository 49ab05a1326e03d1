//! From the manifest's words to the locked app's.

use super::PackError;
use super::files::files_of;
use app_artifact::pack::Packer;
use app_composition::{Plan, Plug, plan};
use app_manifest::{Component, HttpTrigger, Inherit, Manifest, Variable};
use locked_app::{
    ContentRef, LockedApp, LockedComponent, LockedDependency, LockedInherit, LockedSource, LockedTrigger,
    LockedVariable,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

const SERVICE_CHAINING: &str = "local_service_chaining";

/// The whole app, with its `components` packed already.
pub(super) fn app(manifest: &Manifest, components: Vec<LockedComponent>) -> Result<LockedApp, PackError> {
    let demanding = components.iter().any(|component| !component.host_requirements.is_empty());
    Ok(LockedApp {
        spin_lock_version: u32::from(demanding),
        must_understand: if demanding { vec!["component_host_requirements".to_owned()] } else { Vec::new() },
        metadata: metadata(manifest),
        host_requirements: Map::new(),
        variables: manifest.variables.iter().map(|(name, v)| (name.clone(), variable(v))).collect(),
        triggers: triggers(&manifest.trigger.http)?,
        components,
    })
}

fn metadata(manifest: &Manifest) -> Map<String, Value> {
    let app = &manifest.application;
    let mut metadata = Map::new();
    metadata.insert("name".to_owned(), json!(app.name));
    let optional = [("version", &app.version), ("description", &app.description)];
    for (key, value) in optional {
        if let Some(value) = value {
            metadata.insert(key.to_owned(), json!(value));
        }
    }
    if !app.authors.is_empty() {
        metadata.insert("authors".to_owned(), json!(app.authors));
    }
    // The kind of trigger, in the old place and the new.
    metadata.insert("triggers".to_owned(), json!({}));
    metadata.insert("trigger".to_owned(), json!({ "type": "http" }));
    metadata
}

fn variable(variable: &Variable) -> LockedVariable {
    LockedVariable {
        description: variable.description.clone(),
        default: variable.default.clone(),
        secret: variable.secret,
    }
}

/// Triggers without a name get the one that Spin would give them.
fn triggers(triggers: &[HttpTrigger]) -> Result<Vec<LockedTrigger>, PackError> {
    let mut taken: BTreeSet<String> = triggers.iter().filter_map(|trigger| trigger.id.clone()).collect();
    let mut locked = Vec::new();
    for trigger in triggers {
        let id = trigger.id.clone().unwrap_or_else(|| {
            let natural = trigger.component_id().map(|component| format!("{component}-http-trigger"));
            let counted = (1..).map(|n| format!("http-trigger{n}"));
            natural.into_iter().chain(counted).find(|id| !taken.contains(id)).unwrap_or_default()
        });
        taken.insert(id.clone());
        let trigger_config =
            serde_json::to_value(trigger).map_err(|error| PackError::Trigger(id.clone(), error))?;
        locked.push(LockedTrigger {
            id,
            trigger_type: "http".to_owned(),
            trigger_config,
            trigger_dependencies: Map::new(),
        });
    }
    Ok(locked)
}

/// All components, each for itself.
pub(super) fn components(
    manifest: &Manifest,
    packer: &mut Packer,
) -> Result<Vec<LockedComponent>, PackError> {
    let mut components = Vec::new();
    for plan in plan(manifest, manifest.component.keys().map(String::as_str))? {
        let Some(described) = manifest.component.get(&plan.component) else { continue };
        let source = packer.wasm(plan.source.wasm.clone());
        let dependencies = dependencies(&plan, packer);
        let mut locked = component(manifest, &plan.component, described, source, packer)?;
        locked.dependencies = dependencies;
        components.push(locked);
    }
    Ok(components)
}

fn dependencies(plan: &Plan, packer: &mut Packer) -> BTreeMap<String, LockedDependency> {
    let mut locked = |plug: &Plug| LockedDependency {
        source: wasm(packer.wasm(plug.source.wasm.clone())),
        export: plug.export.clone(),
        inherit: match &plug.inherit {
            Inherit::All(true) => LockedInherit::All,
            Inherit::All(false) => LockedInherit::default(),
            Inherit::Some(kinds) => LockedInherit::Some(kinds.clone()),
        },
    };
    plan.plugs.iter().map(|plug| (plug.key.clone(), locked(plug))).collect()
}

fn wasm(content: ContentRef) -> LockedSource {
    LockedSource { content_type: "application/wasm".to_owned(), content }
}

/// Component `id` with its files, and no dependency yet.
pub(super) fn component(
    manifest: &Manifest,
    id: &str,
    described: &Component,
    source: ContentRef,
    packer: &mut Packer,
) -> Result<LockedComponent, PackError> {
    let mut metadata = Map::new();
    if let Some(description) = &described.description {
        metadata.insert("description".to_owned(), json!(description));
    }
    let hosts = &described.allowed_outbound_hosts;
    if !hosts.is_empty() {
        metadata.insert("allowed_outbound_hosts".to_owned(), json!(hosts));
    }
    let mut host_requirements = Map::new();
    if hosts.iter().any(|host| calls_the_app_itself(host)) {
        host_requirements.insert(SERVICE_CHAINING.to_owned(), json!("required"));
    }
    Ok(LockedComponent {
        id: id.to_owned(),
        metadata,
        source: wasm(source),
        env: described.environment.clone(),
        files: packer.files(files_of(manifest, id, described)?)?,
        config: described.variables.clone(),
        dependencies: BTreeMap::new(),
        trigger_dependencies: Map::new(),
        host_requirements,
    })
}

fn calls_the_app_itself(host: &str) -> bool {
    host.split_once("://").is_some_and(|(_, host)| host.trim_end_matches('/').ends_with(".spin.internal"))
}
