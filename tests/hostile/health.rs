//! What hostile messages could have done to the process that took them.

use harness::App;

/// A reading of the app's metrics.
pub struct Metrics(String);

impl Metrics {
    pub fn read(app: &App) -> Self {
        Self::at(&app.metrics_url)
    }

    /// Reads those at `url`.
    pub fn at(url: &str) -> Self {
        let mut answer = ureq::get(url).call().unwrap();
        Self(answer.body_mut().read_to_string().unwrap())
    }

    /// Resident memory of the process, in MiB.
    pub fn memory(&self) -> f64 {
        let bytes: f64 = self.value("process_resident_memory_bytes").unwrap();
        bytes / f64::from(1 << 20)
    }

    /// How many requests were answered.
    pub fn requests(&self) -> f64 {
        self.lines("http_requests_total").map(|(_, count)| count).sum()
    }

    /// Instances that were stopped, and answers that are the server's fault.
    pub fn failures_of_server(&self) -> Vec<String> {
        let stops = self.lines("component_stops_total").filter(|(_, count)| *count > 0.0);
        let errors = self.lines("http_requests_total").filter(|(labels, _)| labels.contains("status=\"5"));
        stops.chain(errors).map(|(labels, count)| format!("{labels} {count}")).collect()
    }

    fn value(&self, name: &str) -> Option<f64> {
        self.lines(name).next().map(|(_, value)| value)
    }

    fn lines<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, f64)> {
        self.0.lines().filter_map(move |line| {
            let (labels, value) = line.rsplit_once(' ')?;
            let is_it =
                labels.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('{'));
            is_it.then(|| value.parse().ok().map(|value| (labels, value)))?
        })
    }
}

/// Lines of the log that tell of a panic or a trap.
pub fn panics(app: &App) -> Vec<String> {
    let is_panic =
        |line: &&str| ["panicked", "wasm trap", "unreachable"].iter().any(|word| line.contains(word));
    app.log().lines().filter(is_panic).take(5).map(str::to_owned).collect()
}
