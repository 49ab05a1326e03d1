//! An app that tells a collector, shared by the tests of this program.

use std::sync::OnceLock;

use harness::{App, Options};
use uuid::Uuid;

use crate::collector::Collector;

/// The app and its collector.
pub struct Watched {
    pub app: App,
    /// Where its spans go.
    pub collector: Collector,
}

impl Watched {
    /// The one that all tests share: each brings traces of its own.
    pub fn shared() -> &'static Self {
        static WATCHED: OnceLock<Watched> = OnceLock::new();
        WATCHED.get_or_init(|| {
            let collector = Collector::start();
            let environment = collector.environment();
            // Counting calls would now and then be a statement more.
            let variables = vec![("rest_calls_per_minute".to_owned(), "0".to_owned())];
            let app = App::start(Options { environment, variables, ..Options::default() }).unwrap();
            Self { app, collector }
        })
    }

    /// The text of the app's metrics.
    pub fn metrics(&self) -> String {
        ureq::get(&self.app.metrics_url).call().and_then(|mut a| a.body_mut().read_to_string()).unwrap()
    }
}

/// A caller's trace: its id, and the header field that says so.
pub struct Given {
    /// The trace's id.
    pub trace: String,
    /// The caller's span.
    pub span: String,
    /// `traceparent`, saying that the trace is kept.
    pub header: String,
}

impl Given {
    pub fn new() -> Self {
        let trace = Uuid::new_v4().simple().to_string();
        let span = Uuid::new_v4().simple().to_string()[..16].to_owned();
        let header = format!("00-{trace}-{span}-01");
        Self { trace, span, header }
    }
}
