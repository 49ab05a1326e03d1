//! Where spans go and which requests have them: the environment variables of OpenTelemetry's specification.

use opentelemetry_sdk::trace::Sampler;
use std::collections::HashMap;
use std::time::Duration;

/// The path that a base address gets for traces (OTLP/HTTP).
const TRACES_PATH: &str = "v1/traces";
/// How long handing over a batch may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What is known about traces before a run; the default is none.
#[derive(Clone, Debug)]
pub struct TraceSettings {
    /// The collector's full address; without one there are no spans.
    pub endpoint: Option<String>,
    /// Header fields for the collector, its credentials among them.
    pub headers: HashMap<String, String>,
    /// How long handing over a batch may take.
    pub timeout: Duration,
    /// Which requests are traced.
    pub sampler: Sampler,
    /// What the service is called, if the operator says so.
    pub service_name: Option<String>,
    /// More about where this runs, as names and values.
    pub attributes: Vec<(String, String)>,
}

impl Default for TraceSettings {
    fn default() -> Self {
        Self {
            endpoint: None,
            headers: HashMap::new(),
            timeout: TIMEOUT,
            sampler: Sampler::ParentBased(Box::new(Sampler::AlwaysOn)),
            service_name: None,
            attributes: Vec::new(),
        }
    }
}

impl TraceSettings {
    /// The settings in `OTEL_…` variables. What makes no sense is said in the log and counts as not set, as the
    /// specification has it: telemetry never keeps an app from running.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let of_traces = |name: &str| {
            set(&format!("OTEL_EXPORTER_OTLP_TRACES_{name}"))
                .or_else(|| set(&format!("OTEL_EXPORTER_OTLP_{name}")))
        };
        let disabled = set("OTEL_SDK_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"))
            || set("OTEL_TRACES_EXPORTER").is_some_and(|value| value.eq_ignore_ascii_case("none"));
        let endpoint = set("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT").or_else(|| {
            set("OTEL_EXPORTER_OTLP_ENDPOINT")
                .map(|base| format!("{}/{TRACES_PATH}", base.trim_end_matches('/')))
        });
        if let Some(protocol) = of_traces("PROTOCOL").filter(|protocol| protocol != "http/protobuf") {
            tracing::warn!(protocol, "OTEL_EXPORTER_OTLP_PROTOCOL: only http/protobuf is spoken here");
        }
        let mut attributes = pairs(set("OTEL_RESOURCE_ATTRIBUTES").as_deref());
        let named = attributes.iter().position(|(name, _)| name == "service.name");
        let named = named.map(|index| attributes.swap_remove(index).1);
        Self {
            endpoint: endpoint.filter(|_| !disabled),
            headers: pairs(of_traces("HEADERS").as_deref()).into_iter().collect(),
            timeout: of_traces("TIMEOUT")
                .and_then(|milliseconds| milliseconds.parse().ok())
                .map_or(TIMEOUT, Duration::from_millis),
            sampler: sampler(set("OTEL_TRACES_SAMPLER"), set("OTEL_TRACES_SAMPLER_ARG")),
            service_name: set("OTEL_SERVICE_NAME").or(named),
            attributes,
        }
    }
}

/// `name=value` between commas; both may be percent-encoded.
fn pairs(text: Option<&str>) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let text = text.trim();
        percent_encoding::percent_decode_str(text).decode_utf8().map_or(text.to_owned(), |t| t.into_owned())
    };
    text.unwrap_or_default()
        .split(',')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn sampler(name: Option<String>, argument: Option<String>) -> Sampler {
    let ratio = || {
        let given = argument.as_deref().and_then(|ratio| ratio.parse::<f64>().ok());
        let ratio = given.filter(|ratio| (0.0..=1.0).contains(ratio));
        if ratio.is_none() {
            tracing::warn!(
                argument,
                "OTEL_TRACES_SAMPLER_ARG: must be a number from 0 to 1; every request is traced"
            );
        }
        Sampler::TraceIdRatioBased(ratio.unwrap_or(1.0))
    };
    let of_parent = |sampler| Sampler::ParentBased(Box::new(sampler));
    match name.as_deref() {
        Some("always_on") => Sampler::AlwaysOn,
        Some("always_off") => Sampler::AlwaysOff,
        Some("traceidratio") => ratio(),
        Some("parentbased_always_off") => of_parent(Sampler::AlwaysOff),
        Some("parentbased_traceidratio") => of_parent(ratio()),
        Some("parentbased_always_on") | None => of_parent(Sampler::AlwaysOn),
        Some(name) => {
            tracing::warn!(name, "OTEL_TRACES_SAMPLER: unknown; requests are traced as their callers say");
            of_parent(Sampler::AlwaysOn)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(variables: &[(&str, &str)]) -> TraceSettings {
        TraceSettings::from_environment(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_base_address_gets_the_path_of_traces_and_a_full_one_is_taken_as_it_is() {
        let endpoint = |variables: &[_]| settings(variables).endpoint;
        let base = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/");
        assert_eq!(endpoint(&[base]).as_deref(), Some("http://collector:4318/v1/traces"));
        let full = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector/x");
        assert_eq!(endpoint(&[base, full]).as_deref(), Some("http://collector/x"));
        assert_eq!(endpoint(&[]), None);
        assert_eq!(endpoint(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "")]), None);
        assert_eq!(endpoint(&[base, ("OTEL_SDK_DISABLED", "TRUE")]), None);
        assert_eq!(endpoint(&[base, ("OTEL_TRACES_EXPORTER", "none")]), None);
    }

    #[test]
    fn the_name_of_the_service_comes_from_its_own_variable_or_the_attributes() {
        let attributes =
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=prod,service.name=todo%20app");
        let read = settings(&[attributes]);
        assert_eq!(read.service_name.as_deref(), Some("todo app"));
        assert_eq!(read.attributes, [("deployment.environment.name".to_owned(), "prod".to_owned())]);
        let read = settings(&[attributes, ("OTEL_SERVICE_NAME", "todo")]);
        assert_eq!(read.service_name.as_deref(), Some("todo"));
    }

    #[test]
    fn a_sampler_nobody_knows_leaves_the_choice_to_callers() {
        let sampler = |name, argument| {
            format!(
                "{:?}",
                settings(&[("OTEL_TRACES_SAMPLER", name), ("OTEL_TRACES_SAMPLER_ARG", argument)]).sampler
            )
        };
        assert_eq!(sampler("parentbased_traceidratio", "0.1"), "ParentBased(TraceIdRatioBased(0.1))");
        assert_eq!(sampler("traceidratio", "7"), "TraceIdRatioBased(1.0)");
        assert_eq!(sampler("always_off", ""), "AlwaysOff");
        assert_eq!(sampler("xray", ""), "ParentBased(AlwaysOn)");
    }
}
