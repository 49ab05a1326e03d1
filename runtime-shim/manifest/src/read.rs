//! From file to typed structs, refusing what this host cannot run.

use super::{Manifest, ManifestError, check, keys, locked};
use std::path::Path;

/// Reads and checks the app at `path`: a `spin.toml`, or an unpacked artifact (its folder, or the `locked.json` in it).
///
/// # Errors
/// Any [`ManifestError`]; unknown keys and things this host does not offer are all listed at once.
pub fn read(path: &Path) -> Result<Manifest, ManifestError> {
    if let Some(folder) = locked::folder_of(path) {
        return locked::read(&folder);
    }
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
    check::check(&manifest)?;
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Route;

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
