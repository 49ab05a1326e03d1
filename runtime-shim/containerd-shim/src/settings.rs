//! The container's environment as settings of the run. What the names mean is the same in every way to run the app.

use app_manifest::VariableSources;
use runtime_observability::{LogFormat, TraceSettings};
use runtime_shim::ListenAddress;
use runtime_shim::RunSettings;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

const LISTEN: &str = "SPIN_HTTP_LISTEN_ADDR";
const METRICS_LISTEN: &str = "RUNTIME_SHIM_METRICS_LISTEN";
const DRAIN: &str = "RUNTIME_SHIM_DRAIN";
const GRACE: &str = "RUNTIME_SHIM_GRACE";
const LOG_FORMAT: &str = "RUNTIME_SHIM_LOG_FORMAT";
const VARIABLE_PREFIX: &str = "SPIN_VARIABLE_";
/// Where Spin's own shim listens, and SpinKube's Services look.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 80);

/// A variable of the environment whose value makes no sense.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{name}={value}: {reason}")]
pub struct SettingsError {
    name: &'static str,
    value: String,
    reason: String,
}

/// The environment of a container, by name.
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// From `NAME=value`, as containers have it. The last of a name wins, as in a process' environment.
    pub fn new(pairs: &[String]) -> Self {
        Self(pairs.iter().filter_map(|pair| pair.split_once('=')).map(own).collect())
    }

    /// Lines for machines unless people are to read them: `kubectl logs` mostly feeds the former.
    pub fn log_format(&self) -> LogFormat {
        match self.get(LOG_FORMAT) {
            Some("text") => LogFormat::Text,
            _ => LogFormat::Json,
        }
    }

    /// Which lines are written, in `RUST_LOG`'s syntax.
    pub fn log_filter(&self) -> Option<&str> {
        self.get("RUST_LOG")
    }

    /// The settings of the run.
    ///
    /// # Errors
    /// [`SettingsError`], naming the variable.
    pub fn run_settings(&self) -> Result<RunSettings, SettingsError> {
        let mut settings = RunSettings::new(PathBuf::new());
        settings.listen = self.parse(LISTEN)?.unwrap_or(ListenAddress::Only(DEFAULT_LISTEN));
        settings.metrics_listen = self.parse(METRICS_LISTEN)?;
        settings.drain = self.parse(DRAIN)?.map_or(settings.drain, Duration::from_secs);
        settings.grace = self.parse(GRACE)?.map_or(settings.grace, Duration::from_secs);
        settings.traces = TraceSettings::from_environment(|name| self.get(name).map(str::to_owned));
        settings.variables = VariableSources { environment: self.variables(), ..VariableSources::default() };
        Ok(settings)
    }

    fn variables(&self) -> BTreeMap<String, String> {
        let named = |(name, value): (&String, &String)| {
            Some((name.strip_prefix(VARIABLE_PREFIX)?.to_lowercase(), value.clone()))
        };
        self.0.iter().filter_map(named).collect()
    }

    fn parse<T: FromStr<Err: ToString>>(&self, name: &'static str) -> Result<Option<T>, SettingsError> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let unusable = |e: T::Err| SettingsError { name, value: value.to_owned(), reason: e.to_string() };
        value.parse().map(Some).map_err(unusable)
    }

    /// Empty is not set: manifests often leave a value empty to say so.
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

fn own((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[&str]) -> Environment {
        Environment::new(&pairs.iter().map(|pair| (*pair).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_pods_environment_becomes_settings() {
        let settings = environment(&[
            "PATH=/bin",
            "SPIN_HTTP_LISTEN_ADDR=0.0.0.0:8080",
            "RUNTIME_SHIM_METRICS_LISTEN=0.0.0.0:9464",
            "RUNTIME_SHIM_GRACE=7",
            "RUNTIME_SHIM_DRAIN=3",
            "SPIN_VARIABLE_DB_HOST=first",
            "SPIN_VARIABLE_DB_HOST=db.example",
            "SPIN_VARIABLE_DB_PARAMS=sslmode=require",
            "SPIN_VARIABLE_CORS_ORIGINS=",
        ])
        .run_settings()
        .unwrap();
        assert_eq!(settings.listen, "0.0.0.0:8080".parse().unwrap());
        assert_eq!(settings.metrics_listen, Some("0.0.0.0:9464".parse().unwrap()));
        assert_eq!((settings.drain, settings.grace), (Duration::from_secs(3), Duration::from_secs(7)));
        let variables = &settings.variables.environment;
        assert_eq!(variables["db_host"], "db.example");
        assert_eq!(variables["db_params"], "sslmode=require");
        assert_eq!(variables["cors_origins"], "");
        assert_eq!(variables.len(), 3);
    }

    #[test]
    fn without_an_environment_the_app_is_where_spins_shim_would_have_it() {
        let empty = environment(&[]);
        let settings = empty.run_settings().unwrap();
        assert_eq!(settings.listen, "0.0.0.0:80".parse().unwrap());
        assert_eq!(settings.metrics_listen, None);
        assert_eq!((empty.log_format(), empty.log_filter()), (LogFormat::Json, None));
    }

    #[test]
    fn the_log_is_as_asked_for() {
        let asked = environment(&["RUNTIME_SHIM_LOG_FORMAT=text", "RUST_LOG=debug"]);
        assert_eq!((asked.log_format(), asked.log_filter()), (LogFormat::Text, Some("debug")));
    }

    #[test]
    fn a_value_without_meaning_is_told_with_its_name() {
        for pair in
            ["SPIN_HTTP_LISTEN_ADDR=8080", "RUNTIME_SHIM_GRACE=soon", "RUNTIME_SHIM_METRICS_LISTEN=x:1"]
        {
            let error = environment(&[pair]).run_settings().err().unwrap().to_string();
            assert!(error.starts_with(&format!("{pair}: ")), "{error}");
        }
    }
}
