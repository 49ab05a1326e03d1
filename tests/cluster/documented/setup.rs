//! What the documents take for granted: database servers, a registry with charts and images, a checkout, folders for backups.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use harness::documents::{Places, Plan, settings_in};
use harness::repository;
use scratch_postgres::{OWNER, PASSWORD, ScratchPostgres};
use tempfile::TempDir;

use crate::programs::{items, node_address, registry};
use crate::published::{digest_in, published};

use super::prometheus::Prometheus;
use super::{checkout, local, printed};

/// Versions of the chart, as the documents name them.
const CHARTS: [&str; 2] = ["0.1.0", "0.2.0"];
/// Settings of tests/cluster/values.yaml that make a roll short.
const QUICK: &str = "preStopSeconds: 2\ndrainSeconds: 2\ngraceSeconds: 10\n";
/// Where the chart's app answers.
const APP_URL: &str = "http://todo-todo-chatbot.todo-prod.svc.cluster.local";

/// All of that, for one plan. Servers end with it.
pub struct Setup {
    /// What is run on it.
    pub plan: Plan,
    /// What the documents' places are here.
    pub places: Places,
    kubeconfig: Option<PathBuf>,
    server: ScratchPostgres,
    _new_server: ScratchPostgres,
    _prometheus: Prometheus,
    folder: TempDir,
}

impl Setup {
    pub fn set(plan: Plan) -> Self {
        let folder = tempfile::Builder::new().prefix("documented-").tempdir().unwrap();
        let path = folder.path();
        // The server's own user reads and writes here, too.
        std::fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
        for name in ["archive", "kept", "postgresql", "scripts"] {
            std::fs::create_dir(path.join(name)).unwrap();
        }
        std::fs::set_permissions(path.join("archive"), Permissions::from_mode(0o777)).unwrap();
        let script = path.join("scripts/archive-wal.sh");
        std::fs::copy(repository().join("deploy/backup/archive-wal.sh"), script).unwrap();
        std::fs::write(path.join("quick.yaml"), QUICK).unwrap();
        checkout::link_files(&path.join("checkout"));
        checkout::put_programs(&path.join("programs"));
        push_charts(path);
        let (server, new_server) = (start_server(path, true), start_server(path, false));
        let places = Places {
            registry: registry(),
            image: image(),
            database_host: node_address(),
            database_port: server.port(),
            new_port: new_server.port(),
            administrator: format!("{OWNER}:{PASSWORD}"),
            app_url: APP_URL.to_owned(),
            folder: path.display().to_string(),
            mode: plan.mode,
        };
        let kubeconfig = (plan.name == "local").then(|| local::prepare(path));
        let prometheus = Prometheus::start(&path.join("prometheus"));
        Self { plan, places, kubeconfig, server, _new_server: new_server, _prometheus: prometheus, folder }
    }

    /// Where the operator's files are kept outside of the checkout.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where commands are typed.
    pub fn checkout(&self) -> PathBuf {
        self.folder().join("checkout")
    }

    /// Where programs are found: the cluster's own first, then PostgreSQL's, of which Debian has not all on the path.
    pub fn path(&self) -> std::ffi::OsString {
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let own = [self.folder().join("programs"), self.server.binaries().to_owned()];
        std::env::join_paths(own.into_iter().chain(std::env::split_paths(&inherited))).unwrap()
    }

    /// The variables that a document says it expects.
    pub fn given(&self, document: &str) -> Vec<(String, String)> {
        let pairs = match document {
            "docs/rollback.md" => vec![
                ("PGHOST", self.places.database_host.clone()),
                ("PGPORT", self.places.database_port.to_string()),
                ("PGUSER", "todo_backup".to_owned()),
                ("PGDATABASE", "todo".to_owned()),
                ("PGPASSFILE", self.checkout().join("backup.pgpass").display().to_string()),
            ],
            "docs/local-kubernetes.md" => {
                let file = self.kubeconfig.as_ref().expect("this plan has one");
                vec![("KUBECONFIG", file.display().to_string())]
            }
            page if page.starts_with("docs/runbooks/") => self.for_a_runbook(),
            _ => Vec::new(),
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn for_a_runbook(&self) -> Vec<(&'static str, String)> {
        let url = self.server.url("todo");
        // The backend of a session that has ended: to end it again does no harm.
        let ended = self.server.sql("todo", "SELECT pg_backend_pid()").unwrap();
        vec![
            ("POD", self.a_pod()),
            ("PID", ended),
            ("ROLE", "todo_app".to_owned()),
            ("REQUEST_ID", "0".to_owned()),
            ("REPLICAS", "4".to_owned()),
            ("REPLICAS_BEFORE", "20".to_owned()),
            ("PROMETHEUS", Prometheus::url()),
            ("DATABASE_URL", url.clone()),
            ("RUNTIME_SHIM_DATABASE_URL", url),
        ]
    }

    /// A pod of the app that is not on its way out.
    fn a_pod(&self) -> String {
        let app = "app.kubernetes.io/component=app";
        let pods = items(&["pods", "--namespace", "todo-prod", "--selector", app]);
        let pod = pods.into_iter().find(|pod| pod["metadata"]["deletionTimestamp"].is_null());
        pod.expect("a pod of the app")["metadata"]["name"].as_str().unwrap().to_owned()
    }
}

/// A server that pods reach; with the settings of docs/backup-and-restore.md where it is backed up.
fn start_server(folder: &Path, backed_up: bool) -> ScratchPostgres {
    let access = folder.join("pg_hba.conf");
    let rules = "host all all 0.0.0.0/0 scram-sha-256\nhost replication all 0.0.0.0/0 scram-sha-256\n";
    std::fs::write(&access, rules).unwrap();
    let mut settings = vec![
        format!("listen_addresses=127.0.0.1,{}", node_address()),
        format!("hba_file={}", access.display()),
        "max_connections=200".to_owned(),
    ];
    if backed_up {
        let place = folder.display().to_string();
        let of_the_document =
            settings_in("docs/backup-and-restore.md", "ini").into_iter().map(|(name, value)| {
                let value = value.replace("/opt/backup/", &format!("{place}/scripts/"));
                format!("{name}={}", value.replace(" /archive", &format!(" {place}/archive")))
            });
        settings.extend(of_the_document);
    }
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    ScratchPostgres::start_with(&settings).unwrap()
}

/// The chart, under the versions of the documents.
fn push_charts(folder: &Path) {
    let chart = repository().join("charts/todo-chatbot").display().to_string();
    let folder = folder.display().to_string();
    for version in CHARTS {
        let package = ["package", &chart, "--version", version, "--app-version", version];
        printed("helm", &[&package[..], &["--destination", &folder]].concat());
        let file = format!("{folder}/todo-chatbot-{version}.tgz");
        let place = format!("oci://{}/todo-assistant/charts", registry());
        printed("helm", &["push", &file, &place, "--plain-http"]);
    }
}

/// The runtime's image, told that this registry speaks plain HTTP: the one setting that no document and no chart has for `spin kube`.
fn image() -> String {
    let name = format!("{}/todo-assistant/runtime", registry());
    let (from, to) = (format!("{name}@{}", published().image), format!("{name}:plain-http"));
    let told = ["mutate", "--insecure", "--env", "RUNTIME_SHIM_REGISTRY_INSECURE=true", "--tag", &to, &from];
    digest_in(&printed("crane", &told))
}
