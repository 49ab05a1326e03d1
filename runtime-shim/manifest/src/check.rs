//! What a manifest may not say here, wherever it was read from.

use super::model::{ComponentDependency, ComponentSource, Inherit};
use super::{Manifest, ManifestError, Route};

/// What `inherit_configuration` may list.
const INHERITABLE: [&str; 7] = [
    "ai_models",
    "allowed_outbound_hosts",
    "environment",
    "files",
    "key_value_stores",
    "sqlite_databases",
    "variables",
];

/// Refuses what this host cannot run.
///
/// # Errors
/// [`ManifestError::NotOffered`] with everything at once, or [`ManifestError::Invalid`] for the first reference that
/// leads nowhere.
pub(super) fn check(manifest: &Manifest) -> Result<(), ManifestError> {
    refuse_what_is_not_offered(manifest)?;
    check_references(manifest)
}

fn refuse_what_is_not_offered(manifest: &Manifest) -> Result<(), ManifestError> {
    let mut keys = Vec::new();
    let mut refuse = |asked: bool, key: String, why: &str| {
        if asked {
            keys.push(if why.is_empty() { key } else { format!("{key} ({why})") });
        }
    };
    for kind in manifest.trigger.others.keys() {
        refuse(true, format!("trigger.{kind}"), "only HTTP triggers");
    }
    for (index, trigger) in manifest.trigger.http.iter().enumerate() {
        let at = format!("trigger.http[{index}]");
        refuse(trigger.dependencies.is_some(), format!("{at}.dependencies"), "no HTTP middleware");
        let inline = trigger.component.as_ref().is_some_and(|c| !c.is_str());
        refuse(inline, format!("{at}.component"), "inline components: name one under [component]");
        let wagi = trigger.executor.as_ref().is_some_and(|e| e.kind != "http" && e.kind != "spin");
        refuse(wagi, format!("{at}.executor"), "only type = \"http\" or \"spin\"");
    }
    for (id, component) in &manifest.component {
        let at = |key: &str| format!("component.{id}.{key}");
        refuse(!component.key_value_stores.is_empty(), at("key_value_stores"), "");
        refuse(!component.sqlite_databases.is_empty(), at("sqlite_databases"), "");
        refuse(!component.ai_models.is_empty(), at("ai_models"), "");
        refuse(
            !component.allowed_http_hosts.is_empty(),
            at("allowed_http_hosts"),
            "use allowed_outbound_hosts",
        );
        let remote = matches!(component.source, ComponentSource::Remote(_));
        refuse(remote, at("source"), "only files: fetch it first");
        for (name, dependency) in &component.dependencies {
            let remote = match dependency {
                ComponentDependency::Version(_) => true,
                ComponentDependency::Local(local) => local.component.is_none() && local.path.is_none(),
            };
            refuse(remote, at(&format!("dependencies.{name:?}")), "only component = or path =");
        }
    }
    if keys.is_empty() { Ok(()) } else { Err(ManifestError::NotOffered { keys }) }
}

fn check_references(manifest: &Manifest) -> Result<(), ManifestError> {
    for (index, trigger) in manifest.trigger.http.iter().enumerate() {
        let at = format!("trigger.http[{index}]");
        match trigger.component_id() {
            Some(id) if !manifest.component.contains_key(id) => {
                return Err(ManifestError::invalid(
                    format!("{at}.component"),
                    format!("there is no [component.{id}]"),
                ));
            }
            None if trigger.static_response.is_none() => {
                return Err(ManifestError::invalid(at, "needs component or static_response"));
            }
            _ => {}
        }
        if let Route::Private { private: false } = trigger.route {
            return Err(ManifestError::invalid(
                format!("{at}.route.private"),
                "false means nothing: give a path or private = true",
            ));
        }
    }
    for (id, component) in &manifest.component {
        for (name, dependency) in &component.dependencies {
            let ComponentDependency::Local(dependency) = dependency else { continue };
            let at = format!("component.{id}.dependencies.{name:?}");
            if let Some(other) = &dependency.component
                && !manifest.component.contains_key(other)
            {
                return Err(ManifestError::invalid(at, format!("there is no [component.{other}]")));
            }
            if dependency.component.is_some() && dependency.path.is_some() {
                return Err(ManifestError::invalid(at, "has both component and path"));
            }
            if let Some(Inherit::Some(kinds)) = &dependency.inherit_configuration
                && let Some(unknown) = kinds.iter().find(|k| !INHERITABLE.contains(&k.as_str()))
            {
                return Err(ManifestError::invalid(
                    format!("{at}.inherit_configuration"),
                    format!("{unknown:?} is none of {}", INHERITABLE.join(", ")),
                ));
            }
        }
    }
    Ok(())
}
