//! From file to typed structs, refusing what this host cannot run.

use super::model::{ComponentDependency, ComponentSource, Inherit};
use super::{Manifest, ManifestError, Route, keys};
use std::path::Path;

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

/// Reads and checks the manifest at `path`.
///
/// # Errors
/// Any [`ManifestError`]; unknown keys and things this host does not offer are all listed at once.
pub fn read(path: &Path) -> Result<Manifest, ManifestError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ManifestError::Read { path: path.to_owned(), source })?;
    let folder = path.parent().map(|p| if p.as_os_str().is_empty() { Path::new(".") } else { p });
    parse(&text, path, folder.unwrap_or(Path::new(".")))
}

fn parse(text: &str, path: &Path, folder: &Path) -> Result<Manifest, ManifestError> {
    let syntax = |e: toml::de::Error| ManifestError::Syntax { path: path.to_owned(), message: e.to_string() };
    let table: toml::Table = toml::from_str(text).map_err(syntax)?;
    let unknown = keys::unknown_keys(&table);
    if !unknown.is_empty() {
        return Err(ManifestError::UnknownKeys { path: path.to_owned(), keys: unknown });
    }
    // From the text again: errors then carry line and column.
    let mut manifest: Manifest = toml::from_str(text).map_err(syntax)?;
    manifest.folder = folder.to_owned();
    if manifest.spin_manifest_version != 2 {
        return Err(ManifestError::invalid("spin_manifest_version", "this host reads version 2"));
    }
    refuse_what_is_not_offered(&manifest)?;
    check_references(&manifest)?;
    Ok(manifest)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(rest: &str) -> Result<Manifest, ManifestError> {
        parse(
            &format!("spin_manifest_version = 2\n[application]\nname = 'a'\n{rest}"),
            Path::new("spin.toml"),
            Path::new("."),
        )
    }

    #[test]
    fn capabilities_not_offered_are_all_named() {
        let error = read_text(
            "[component.c]\nsource = 'c.wasm'\nkey_value_stores = ['default']\nsqlite_databases = ['d']\nai_models = ['m']\n\
             [[trigger.redis]]\ncomponent = 'c'\nchannel = 'x'",
        )
        .unwrap_err()
        .to_string();
        for part in ["component.c.key_value_stores", "component.c.sqlite_databases", "component.c.ai_models"]
        {
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn a_dependency_on_a_missing_component_is_named() {
        let error = read_text(
            "[component.c]\nsource = 'c'\n[component.c.dependencies]\n'a:b@1.0.0' = { component = 'd' }",
        )
        .unwrap_err();
        assert_eq!(error.to_string(), r#"component.c.dependencies."a:b@1.0.0": there is no [component.d]"#);
    }

    #[test]
    fn unknown_kinds_of_configuration_cannot_be_inherited() {
        let error = read_text(
            "[component.d]\nsource = 'd'\n[component.c]\nsource = 'c'\n[component.c.dependencies]\n\
             'a:b@1.0.0' = { component = 'd', inherit_configuration = ['variabels'] }",
        )
        .unwrap_err();
        assert!(error.to_string().contains("\"variabels\" is none of"), "{error}");
    }

    #[test]
    fn routes_and_triggers_are_read() {
        let manifest = read_text(
            "[component.c]\nsource = 'c'\n[[trigger.http]]\nroute = '/a/...'\ncomponent = 'c'\n\
             [[trigger.http]]\nroute = { private = true }\ncomponent = 'c'",
        )
        .unwrap();
        assert!(matches!(&manifest.trigger.http[0].route, Route::Pattern(p) if p == "/a/..."));
        assert!(matches!(&manifest.trigger.http[1].route, Route::Private { private: true }));
    }
}
