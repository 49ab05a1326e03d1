//! An app running in this process.

use crate::client::{Answer, get, send};
use crate::fixtures::fixture;
use runtime_shim::{RunSettings, run};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A running app; ends when dropped.
pub struct Running {
    pub address: SocketAddr,
    pub metrics: SocketAddr,
    pub folder: tempfile::TempDir,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<JoinHandle<()>>,
}

/// What an app is started with.
pub struct Start {
    manifest: String,
    folder: tempfile::TempDir,
    pub settings: RunSettings,
}

/// An app with one component, the unruly fixture on every path, and more `lines` for its table.
pub fn unruly(lines: &str) -> Start {
    let source = fixture("unruly");
    app(&format!(
        "[[trigger.http]]\nroute = '/...'\ncomponent = 'unruly'\n[component.unruly]\nsource = '{}'\n{lines}\n",
        source.display()
    ))
}

/// An app with this manifest, but for its head.
pub fn app(manifest: &str) -> Start {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = RunSettings::new(folder.path().join("spin.toml"));
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    settings.listen = any_port.into();
    settings.metrics_listen = Some(any_port);
    // Shared by all tests: what one has compiled, the next one loads.
    settings.cache_dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("code");
    Start {
        manifest: format!("spin_manifest_version = 2\n[application]\nname = 'test'\n{manifest}"),
        folder,
        settings,
    }
}

impl Start {
    /// Changes the settings.
    pub fn with(mut self, change: impl FnOnce(&mut RunSettings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Puts a file beside the manifest.
    pub fn file(self, name: &str, content: &str) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// The settings of the app, its manifest written.
    pub fn written(&self) -> RunSettings {
        std::fs::write(&self.settings.manifest, &self.manifest).unwrap();
        self.settings.clone()
    }

    /// Why the app does not start.
    pub async fn error(self) -> String {
        run(self.written(), std::future::ready(()), |_| {})
            .await
            .expect_err("the app must not start")
            .to_string()
    }

    /// Starts it.
    pub async fn run(self) -> Running {
        let settings = self.written();
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, addresses) = oneshot::channel();
        let ended = tokio::spawn(async move {
            let shutdown = async {
                let _ended = stopped.await;
            };
            run(settings, shutdown, |addresses| {
                let _gone = ready.send(addresses);
            })
            .await
            .expect("the app starts");
        });
        let addresses = addresses.await.expect("the app is ready");
        Running {
            address: addresses.http,
            metrics: addresses.metrics.expect("metrics were asked for"),
            folder: self.folder,
            stop: Some(stop),
            ended: Some(ended),
        }
    }
}

impl Running {
    /// GETs `path`.
    pub async fn get(&self, path: &str) -> Answer {
        get(self.address, path).await
    }

    /// GETs `path`, which must be answered with 200, and gives the body.
    pub async fn text(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// Sends a request with these headers and body.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        send(self.address, method, path, headers, body.to_owned()).await.expect("an answer")
    }

    /// The value of the first metric line that starts with `name`.
    pub async fn metric(&self, name: &str) -> f64 {
        let text = get(self.metrics, "/metrics").await.body;
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or(0.0)
    }

    /// Waits until `metric` has `value`.
    pub async fn wait_for(&self, metric: &str, value: f64) {
        for _ in 0..100 {
            if self.metric(metric).await == value {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{metric} is {} and not {value}", self.metric(metric).await);
    }

    /// Asks the app to end, and gives what resolves when it has.
    pub fn stop(&mut self) -> JoinHandle<()> {
        drop(self.stop.take());
        self.ended.take().expect("stopped once")
    }

    /// The manifest's folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
