//! The real Prometheus, scraping the running app by the product's own rules.

use std::process::Stdio;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use scratch_postgres::{Child, command_that_dies_with_us, free_port, spawn};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::exported::{asked_for, comes_from_elsewhere, series_of};
use crate::watched::{Given, Watched};

/// How rules are loaded and evaluated here.
const CONFIGURATION: &str = r#"
global: { scrape_interval: 500ms, evaluation_interval: 500ms }
rule_files: ["{rules}/*.yaml"]
scrape_configs:
  - job_name: todo
    static_configs:
      - { targets: ["{target}"], labels: { namespace: tests, pod: todo-0 } }
"#;

/// A Prometheus of its own; ends with the tests.
pub struct Prometheus {
    url: String,
    _process: Child,
    _folder: TempDir,
}

impl Prometheus {
    /// The one the tests share, watching the app they share after it has done a little of everything.
    pub fn shared() -> &'static Self {
        static PROMETHEUS: OnceLock<Prometheus> = OnceLock::new();
        PROMETHEUS.get_or_init(|| {
            let prometheus = Self::start(&Watched::shared().app.metrics_url);
            do_a_little_of_everything();
            prometheus
        })
    }

    fn start(metrics_url: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("prometheus-").tempdir().unwrap();
        let listen = format!("127.0.0.1:{}", free_port().unwrap());
        let target = metrics_url.trim_start_matches("http://").trim_end_matches("/metrics");
        let rules = harness::repository().join("charts/todo-chatbot/files/rules");
        let configuration =
            CONFIGURATION.replace("{rules}", &rules.to_string_lossy()).replace("{target}", target);
        let file = folder.path().join("prometheus.yml");
        std::fs::write(&file, configuration).unwrap();
        let mut command = command_that_dies_with_us("prometheus".as_ref());
        command
            .arg("--config.file")
            .arg(&file)
            .arg("--storage.tsdb.path")
            .arg(folder.path().join("data"))
            .args(["--web.listen-address", &listen, "--enable-feature", "exemplar-storage"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let process = spawn(command).expect("Prometheus; install it with: apt-get install prometheus");
        Self { url: format!("http://{listen}"), _process: process, _folder: folder }
    }

    /// The `data` of an answer of its API; `null` while there is none.
    fn get(&self, path: &str, parameters: &[(&str, &str)]) -> Value {
        let mut request = ureq::get(format!("{}/api/v1/{path}", self.url));
        for (name, value) in parameters {
            request = request.query(name, value);
        }
        let answer = request.call().and_then(|mut answer| answer.body_mut().read_json::<Value>());
        answer.map_or(Value::Null, |answer| answer["data"].clone())
    }

    /// What a query comes to, once that is something.
    #[track_caller]
    fn wait_for(&self, path: &str, parameters: &[(&str, &str)], wanted: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let data = self.get(path, parameters);
            if wanted(&data) {
                return data;
            }
            assert!(start.elapsed() < Duration::from_secs(40), "{path} {parameters:?} answers {data}");
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Every rule, as Prometheus has read it.
    pub fn rules(&self) -> Vec<Value> {
        let data = self.wait_for("rules", &[], |data| !data["groups"].is_null());
        let groups = data["groups"].as_array().unwrap();
        groups.iter().flat_map(|group| group["rules"].as_array().unwrap().clone()).collect()
    }

    /// Whether it can evaluate a query.
    pub fn understands(&self, query: &str) -> bool {
        self.wait_for("status/runtimeinfo", &[], |data| !data.is_null());
        self.get("query", &[("query", query)])["resultType"] == "vector"
    }

    /// Waits until a query comes to something.
    pub fn wait_until_it_shows(&self, query: &str, what: &str) {
        println!("{what}");
        self.wait_for("query", &[("query", query)], vector);
    }

    pub fn alerts(&self) -> Vec<Value> {
        self.rules().into_iter().filter(|rule| rule["type"] == "alerting").collect()
    }
}

/// Requests through every endpoint, good ones and bad ones.
fn do_a_little_of_everything() {
    let Watched { app, .. } = Watched::shared();
    let caller = app.user();
    for _ in 0..3 {
        caller.post("/api/v1/tasks", &json!({ "title": "something to count" })).expect(201);
        caller.call_tool("list_tasks", &json!({}));
        caller.post("/api/v1/chat", &json!({ "message": "what is open?" })).expect(200);
        caller.request("GET", "/api/v1/tasks").header("traceparent", &Given::new().header).send().expect(200);
    }
    caller.request("POST", "/api/v1/tasks").body(vec![b'x'; 5 << 20]).send().expect(413);
}

fn vector(data: &Value) -> bool {
    data["result"].as_array().is_some_and(|result| !result.is_empty())
}

#[test]
fn prometheus_scrapes_the_app_and_every_recording_rule_comes_to_something() {
    let prometheus = Prometheus::shared();
    prometheus.wait_for("query", &[("query", "up{job=\"todo\"} == 1")], vector);
    for rule in prometheus.rules().iter().filter(|rule| rule["type"] == "recording") {
        let name = rule["name"].as_str().unwrap();
        let data = prometheus.wait_for("query", &[("query", name)], vector);
        for sample in data["result"].as_array().unwrap() {
            assert_eq!(sample["metric"]["namespace"], "tests", "{sample}");
            assert_eq!(sample["metric"]["job"], "todo", "{sample}");
        }
    }
    let failed = prometheus.wait_for("query", &[("query", "job:slo_requests_failed:ratio_rate5m")], vector);
    assert_eq!(failed["result"][0]["value"][1], "0", "{failed}");
    let healthy = prometheus.rules().iter().all(|rule| rule["health"] == "ok");
    assert!(healthy, "{:#?}", prometheus.rules());
}

#[test]
fn tools_are_counted_at_each_endpoint_and_no_request_twice() {
    let prometheus = Prometheus::shared();
    for query in [
        r#"part_calls_total{component="rest-api", part="add-task", outcome="ok"} >= 3"#,
        r#"part_calls_total{component="mcp", part="list-tasks", outcome="ok"} >= 3"#,
        r#"part_call_duration_seconds_count{component="mcp", part="list-tasks"} >= 3"#,
        r#"postgres_statements_total{component="mcp", part="mcp", outcome="ok"} >= 1"#,
        r#"http_requests_total{component="mcp", route="private"} >= 1"#,
        r#"outbound_requests_total{component="chat", part="chat", outcome="ok"} >= 1"#,
        r#"limits_hit_total{component="rest-api", limit="body"} >= 1"#,
        r#"postgres_connections_limit{pool=~"todo_app@127.0.0.1/.+"} == 10"#,
        r#"component_instances{component="rest-api"} >= 0"#,
        "process_cpu_seconds_total > 0",
        "process_open_fds > 5 and process_open_fds < process_max_fds",
        "process_threads > 1",
        "abs(time() - process_start_time_seconds) < 600",
        "process_resident_memory_bytes > 20e6 and process_resident_memory_bytes < process_virtual_memory_bytes",
    ] {
        prometheus.wait_for("query", &[("query", query)], vector);
    }
}

#[test]
fn a_bucket_of_the_histogram_leads_to_a_trace() {
    let prometheus = Prometheus::shared();
    let parameters =
        [("query", "http_request_duration_seconds_bucket"), ("start", "0"), ("end", "4102444800")];
    let data = prometheus.wait_for("query_exemplars", &parameters, |data| {
        data.as_array().is_some_and(|series| !series.is_empty())
    });
    let trace = data[0]["exemplars"][0]["labels"]["trace_id"].as_str().unwrap();
    Watched::shared().collector.wait_for(trace, |spans| !spans.is_empty());
}

#[test]
fn rules_ask_only_for_what_the_app_or_the_cluster_exports() {
    let prometheus = Prometheus::shared();
    let mut known = series_of(&Watched::shared().metrics());
    let rules = prometheus.rules();
    known.extend(
        rules.iter().filter(|rule| rule["type"] == "recording").map(|r| r["name"].as_str().unwrap().into()),
    );
    for rule in rules {
        for name in asked_for(rule["query"].as_str().unwrap()) {
            assert!(known.contains(&name) || comes_from_elsewhere(&name), "{}: {name}", rule["name"]);
        }
    }
}
