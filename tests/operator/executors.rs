//! What the operator does about a SpinAppExecutor, and the ones its webhooks know of.

use std::collections::HashMap;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::api::{Api, ApiError};
use super::queue::Key;
use super::watch::Change;
use super::{GROUP, events};

const FINALIZER: &str = "core.spinkube.dev/finalizer";

/// Keeps an executor while apps need it. Version 0.6.1 takes every app of any namespace for one of those that names an executor of
/// that name; what comes after it asks in the executor's namespace alone.
pub fn reconcile(api: &Api, key: &Key) -> Result<(), ApiError> {
    let path = format!("{GROUP}/namespaces/{}/spinappexecutors/{}", key.namespace, key.name);
    let Some(mut executor) = api.get(&path)? else { return Ok(()) };
    let leaves = !executor["metadata"]["deletionTimestamp"].is_null();
    if leaves {
        let apps = api.get(&format!("{GROUP}/spinapps"))?.unwrap_or_default();
        let apps = apps["items"].as_array().cloned().unwrap_or_default();
        if apps.iter().any(|app| app["spec"]["executor"] == executor["metadata"]["name"]) {
            let message = "Cannot delete SpinAppExecutor with dependent SpinApps";
            events::warn(api, &executor, "DeletionBlocked", message);
            return Err(ApiError::Own(message.to_owned()));
        }
    }
    let mut finalizers = executor["metadata"]["finalizers"].as_array().cloned().unwrap_or_default();
    let is_there = finalizers.iter().any(|finalizer| finalizer == FINALIZER);
    if is_there != leaves {
        return Ok(());
    }
    if leaves {
        finalizers.retain(|finalizer| finalizer != FINALIZER);
    } else {
        finalizers.push(json!(FINALIZER));
    }
    executor["metadata"]["finalizers"] = json!(finalizers);
    match api.replace(&path, &executor) {
        Err(ApiError::Refused(404, _)) => Ok(()),
        other => other.map(drop),
    }
}

/// The executors the webhooks know of: those that the watch has told them, a moment late.
#[derive(Default)]
pub struct KnownObjects(Mutex<HashMap<Key, Value>>);

impl KnownObjects {
    /// Takes in what the watch tells.
    pub fn learn(&self, change: &Change) {
        let mut known = self.0.lock().unwrap();
        match change {
            Change::All(all) => *known = all.iter().map(|one| (Key::from_object(one), one.clone())).collect(),
            Change::Put(one) => drop(known.insert(Key::from_object(one), one.clone())),
            Change::Gone(one) => drop(known.remove(&Key::from_object(one))),
        }
    }

    /// The executor there.
    pub fn get(&self, key: &Key) -> Option<Value> {
        self.0.lock().unwrap().get(key).cloned()
    }

    /// The names of all, in every namespace.
    pub fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().map(|key| key.name.clone()).collect()
    }
}
