//! A stand-in for SpinKube's operator, which can't be had as a program here: its webhooks and its two controllers, by the source of
//! version 0.6.1 (github.com/spinframework/spin-operator). It is as strict as that one, and as blind.

mod access;
mod api;
mod apps;
mod events;
mod executors;
mod https;
mod queue;
mod registration;
mod rules;
mod status;
mod watch;
mod webhooks;

use std::io::Write;
use std::sync::{Arc, OnceLock};
use std::thread;

use serde_json::Value;

use crate::programs::{node_address, setting};
use api::Api;
use executors::KnownObjects;
use queue::{Item, Key, Queue};
use watch::{Change, follow};

/// API of the operator's resources.
const GROUP: &str = "/apis/core.spinkube.dev/v1alpha1";

/// The operator at work, until the tests end.
pub struct Operator {
    url: String,
    authority: String,
}

/// The operator, started by the first who asks for it; its webhooks are then in force.
pub fn operator() -> &'static Operator {
    static OPERATOR: OnceLock<Operator> = OnceLock::new();
    OPERATOR.get_or_init(|| {
        let operator = start();
        operator.judge();
        operator
    })
}

impl Operator {
    /// Lets its webhooks judge, and waits until they do.
    pub fn judge(&self) {
        registration::register(&self.url, &self.authority);
    }

    /// Takes its webhooks away, as an installation with `--enable-webhooks=false` has none, and waits until they are gone.
    pub fn let_pass(&self) {
        registration::remove();
    }
}

fn start() -> Operator {
    access::grant();
    let api = Arc::new(Api::open_as(access::ACCOUNT));
    let queue = Arc::new(Queue::default());
    let known = Arc::new(KnownObjects::default());
    watch_all(&api, &queue, &known);
    thread::spawn(move || work(&api, &queue));
    let served = https::serve(&node_address(), move |path, review| webhooks::answer(path, review, &known));
    Operator { url: format!("https://{}:{}", node_address(), served.port), authority: served.authority }
}

/// It watches apps, their Deployments and Services, and executors; but a change of an executor wakes no app. (The Secrets it watches,
/// too, are never controlled by an app.)
fn watch_all(api: &Arc<Api>, queue: &Arc<Queue>, known: &Arc<KnownObjects>) {
    for owned in ["/apis/apps/v1/deployments", "/api/v1/services"] {
        let (api, queue) = (Arc::clone(api), Arc::clone(queue));
        let wake =
            move |change: Change| change.objects().iter().filter_map(owner).for_each(|app| queue.add(app));
        thread::spawn(move || follow(&api, owned, wake));
    }
    let (reader, wakes) = (Arc::clone(api), Arc::clone(queue));
    let wake = move |change: Change| {
        change.objects().iter().for_each(|app| wakes.add(Item::App(Key::from_object(app))))
    };
    thread::spawn(move || follow(&reader, &format!("{GROUP}/spinapps"), wake));
    let (api, queue, known) = (Arc::clone(api), Arc::clone(queue), Arc::clone(known));
    let learn = move |change: Change| {
        known.learn(&change);
        change.objects().iter().for_each(|executor| queue.add(Item::Executor(Key::from_object(executor))));
    };
    thread::spawn(move || follow(&api, &format!("{GROUP}/spinappexecutors"), learn));
}

/// The app that controls an object.
fn owner(object: &Value) -> Option<Item> {
    let owners = object["metadata"]["ownerReferences"].as_array()?;
    let app = owners.iter().find(|owner| owner["kind"] == "SpinApp" && owner["controller"] == true)?;
    Some(Item::App(Key { name: app["name"].as_str()?.to_owned(), ..Key::from_object(object) }))
}

fn work(api: &Api, queue: &Queue) {
    loop {
        let item = queue.take();
        let done = match &item {
            Item::App(key) => apps::reconcile(api, key),
            Item::Executor(key) => executors::reconcile(api, key),
        };
        match done {
            Ok(()) => queue.forget(&item),
            Err(error) => {
                log(&format!("{item:?}: {error}"));
                queue.again(item);
            }
        }
    }
}

/// Notes something in the operator's log, beside those of the cluster's programs.
fn log(text: &str) {
    let file = format!("{}/operator.log", setting("CLUSTER_LOGS"));
    let file = std::fs::OpenOptions::new().create(true).append(true).open(file);
    let _lost = file.and_then(|mut file| writeln!(file, "{} {text}", jiff::Timestamp::now()));
}
