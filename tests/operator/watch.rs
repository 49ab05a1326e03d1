//! A collection of objects, followed: all that there is, then each change.

use std::io::BufRead;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::api::{Api, ApiError};
use super::log;

/// News of a collection.
pub enum Change {
    /// All there is; what is not among it is gone.
    All(Vec<Value>),
    /// Made or changed.
    Put(Value),
    /// Deleted.
    Gone(Value),
}

impl Change {
    /// What the news are about.
    pub fn objects(&self) -> &[Value] {
        match self {
            Self::All(objects) => objects,
            Self::Put(object) | Self::Gone(object) => std::slice::from_ref(object),
        }
    }
}

/// Tells of a collection in all namespaces for as long as the process lives.
pub fn follow(api: &Api, collection: &str, tell: impl Fn(Change)) {
    loop {
        if let Err(error) = follow_once(api, collection, &tell) {
            log(&format!("watching {collection}: {error}"));
        }
        thread::sleep(Duration::from_millis(500));
    }
}

fn follow_once(api: &Api, collection: &str, tell: &impl Fn(Change)) -> Result<(), ApiError> {
    // Not there before its definition is.
    let Some(mut list) = api.get(collection)? else { return Ok(()) };
    let version = list["metadata"]["resourceVersion"].as_str().unwrap_or_default().to_owned();
    tell(Change::All(list["items"].as_array_mut().map(std::mem::take).unwrap_or_default()));
    for line in api.watch(collection, &version)?.lines() {
        let line = line.map_err(ureq::Error::from)?;
        let mut event: Value = serde_json::from_str(&line)?;
        let object = event["object"].take();
        match event["type"].as_str() {
            Some("ADDED" | "MODIFIED") => tell(Change::Put(object)),
            Some("DELETED") => tell(Change::Gone(object)),
            _ => return Err(ApiError::Own(format!("{event} of {object}"))),
        }
    }
    Ok(())
}
