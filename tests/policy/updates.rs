//! Whatever is pinned is looked at for updates.

use std::collections::BTreeSet;

use harness::tracked_files;

use crate::documents::documents;

/// The file that pins what a kind of package is, and what Dependabot calls that kind.
const PINS: [(&str, &str); 5] = [
    ("Cargo.lock", "cargo"),
    ("Dockerfile", "docker"),
    ("package-lock.json", "npm"),
    ("requirements.txt", "pip"),
    ("go.sum", "gomod"),
];

#[test]
fn every_folder_that_pins_versions_is_looked_at_for_updates() {
    let folder = |path: &std::path::Path| format!("/{}", path.parent().unwrap().display());
    let pinned: BTreeSet<(String, String)> = tracked_files()
        .iter()
        .filter_map(|path| {
            let (_, kind) =
                PINS.iter().find(|(file, _)| path.file_name().is_some_and(|name| name == *file))?;
            Some(((*kind).to_owned(), folder(path)))
        })
        // Actions have no file of their own.
        .chain([("github-actions".to_owned(), "/".to_owned())])
        .collect();
    let looked_at: BTreeSet<(String, String)> = documents(&[".github/dependabot.yml"])
        .iter()
        .flat_map(|settings| settings["updates"].as_array().cloned().unwrap())
        .flat_map(|update| {
            let kind = update["package-ecosystem"].as_str().unwrap().to_owned();
            let one = update["directory"].as_str().map(str::to_owned);
            let many = update["directories"].as_array().cloned().unwrap_or_default();
            let many = many.into_iter().map(|folder| folder.as_str().unwrap().to_owned());
            many.chain(one).map(|folder| (kind.clone(), folder)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(pinned, looked_at);
}
