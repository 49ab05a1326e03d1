//! What a registry shows of an app without opening it.

use app_manifest::Manifest;
use std::collections::BTreeMap;

const TITLE: &str = "org.opencontainers.image.title";
const VERSION: &str = "org.opencontainers.image.version";
const DESCRIPTION: &str = "org.opencontainers.image.description";
const AUTHORS: &str = "org.opencontainers.image.authors";
const CREATED: &str = "org.opencontainers.image.created";

/// The annotations of `manifest`'s app, with `given` in place of what they name. `epoch` is the time it was made, in
/// seconds, as `SOURCE_DATE_EPOCH` means it: the commit's, never the clock's, or no two artifacts were the same.
pub fn annotations(
    manifest: &Manifest,
    epoch: Option<i64>,
    given: impl IntoIterator<Item = (String, String)>,
) -> BTreeMap<String, String> {
    let app = &manifest.application;
    let authors = (!app.authors.is_empty()).then(|| app.authors.join(", "));
    let known = [
        (TITLE, Some(app.name.clone())),
        (VERSION, app.version.clone()),
        (DESCRIPTION, app.description.clone()),
        (AUTHORS, authors),
        (CREATED, created(epoch)),
    ];
    let mut annotations: BTreeMap<String, String> =
        known.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    annotations.extend(given);
    annotations
}

/// The time `epoch` as artifacts write it (RFC 3339).
pub fn created(epoch: Option<i64>) -> Option<String> {
    epoch.and_then(|epoch| jiff::Timestamp::from_second(epoch).ok()).map(|time| time.to_string())
}
