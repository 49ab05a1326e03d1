//! Spans of requests, handed to a collector over OTLP/HTTP in batches and apart from the requests.
//!
//! Without a collector's address no span is ever made. A request that is not sampled has ids, which go on to whoever is
//! called next, and no spans.

mod collector;
mod context;
mod settings;

pub use context::{given_context, pass_on};
pub use settings::TraceSettings;

use super::Metrics;
use collector::CollectorClient;
use opentelemetry::trace::{SpanBuilder, SpanContext, SpanKind, TraceContextExt, Tracer, TracerProvider};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider, Span};
use opentelemetry_semantic_conventions::attribute::SERVICE_NAME;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

/// How long the last spans may take on their way out when the process ends.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(3);

/// Makes spans, if they go anywhere.
#[derive(Clone, Default)]
pub struct Tracing {
    exporting: Option<(SdkTracerProvider, SdkTracer)>,
}

impl Tracing {
    /// Starts handing spans to the collector in `settings`, if there is one. An address that is none is said in the log:
    /// the app runs without traces.
    pub fn start(settings: &TraceSettings, app: &str, metrics: &Arc<Metrics>) -> Self {
        let Some(endpoint) = &settings.endpoint else { return Self::default() };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return Self::default() };
        let client = CollectorClient::new(runtime, settings.timeout, Arc::clone(metrics));
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_endpoint(endpoint)
            .with_headers(settings.headers.clone())
            .with_timeout(settings.timeout)
            .build();
        let exporter = match exporter {
            Ok(exporter) => exporter,
            Err(error) => {
                tracing::warn!(%error, "no traces: the collector's address cannot be used");
                return Self::default();
            }
        };
        let attributes =
            settings.attributes.iter().map(|(name, value)| KeyValue::new(name.clone(), value.clone()));
        let name = settings.service_name.clone().unwrap_or_else(|| app.to_owned());
        let resource =
            Resource::builder().with_attributes(attributes).with_attribute(KeyValue::new(SERVICE_NAME, name));
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_sampler(settings.sampler.clone())
            .with_resource(resource.build())
            .build();
        let tracer = provider.tracer("runtime-shim");
        metrics.exporting();
        Self { exporting: Some((provider, tracer)) }
    }

    /// The tracer, where spans go anywhere.
    #[inline]
    pub fn tracer(&self) -> Option<&SdkTracer> {
        self.exporting.as_ref().map(|(_, tracer)| tracer)
    }

    /// Hands over what is left.
    pub async fn flush(self) {
        let Some((provider, _)) = self.exporting else { return };
        // It waits for the exporter's thread, which waits for this runtime.
        let flushed =
            tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(FLUSH_TIMEOUT)).await;
        if !matches!(flushed, Ok(Ok(()))) {
            tracing::warn!("the last spans were not handed over in time");
        }
    }
}

/// A span that begins now, below `parent` if that is valid.
pub fn span(
    tracer: &SdkTracer,
    parent: &SpanContext,
    name: impl Into<Cow<'static, str>>,
    kind: SpanKind,
    attributes: Vec<KeyValue>,
) -> Span {
    let builder = SpanBuilder::from_name(name).with_kind(kind).with_attributes(attributes);
    let parent = match parent.is_valid() {
        true => Context::new().with_remote_span_context(parent.clone()),
        false => Context::new(),
    };
    tracer.build_with_context(builder, &parent)
}
