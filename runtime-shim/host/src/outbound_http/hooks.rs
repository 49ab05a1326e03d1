//! `wasi:http` requests of components: allow-list, service chaining, then the network.

use super::OutboundClient;
use super::response_body::until_body_ends;
use crate::wasi::ComponentOutput;
use app_manifest::{AllowedHosts, CHAINING_SUFFIX};
use http::HeaderValue;
use http::uri::Scheme;
use runtime_observability::{Caller, begin_outbound};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

/// Reaches the app's own components without a socket.
pub trait Chaining: Send + Sync {
    /// Has `component` answer `request`.
    fn call(
        &self,
        component: String,
        request: http::Request<WasiBody>,
    ) -> Pin<Box<dyn Future<Output = Result<http::Response<WasiBody>, Error>> + Send>>;

    /// Has the app's routes answer `request` (`http://self`).
    fn call_self(
        &self,
        request: http::Request<WasiBody>,
    ) -> Pin<Box<dyn Future<Output = Result<http::Response<WasiBody>, Error>> + Send>>;
}

/// One instance's way to the outside.
pub struct OutboundHttp {
    /// Where it may go.
    pub allowed: Arc<AllowedHosts>,
    /// The process' client.
    pub client: OutboundClient,
    /// The app it is part of.
    pub chaining: Arc<dyn Chaining>,
    /// Knows the request the instance works on.
    pub output: ComponentOutput,
    /// Who sends the next request, where that is known.
    pub caller: Option<Caller>,
}

type Answer = (http::Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>);

/// Most bytes that are taken from a component at once: so many wait for a client that reads slowly.
const MAX_CHUNK: usize = 64 << 10;

impl WasiHttpHooks for OutboundHttp {
    fn p3_outgoing_body_chunk_size(&mut self) -> usize {
        MAX_CHUNK
    }

    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        _response_result: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Result<Answer, Error>> + Send> {
        let response = self.answer(request, options);
        Box::new(async move {
            let io: Box<dyn Future<Output = Result<(), Error>> + Send> = Box::new(std::future::ready(Ok(())));
            Ok((response.await?, io))
        })
    }
}

impl OutboundHttp {
    fn answer(
        &mut self,
        mut request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
    ) -> Pin<Box<dyn Future<Output = Result<http::Response<WasiBody>, Error>> + Send>> {
        let way = match self.way(&request) {
            Ok(way) => way,
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        let newest = self.output.request();
        let of_newest = || {
            let spans = Arc::clone(&newest.as_ref()?.spans);
            Some(Caller { spans, task: None, part: None })
        };
        let caller = self.caller.take().or_else(of_newest);
        if let (Way::Component(_), Some(newest)) = (&way, &newest)
            && let Ok(id) = HeaderValue::from_str(&newest.id)
        {
            // The same id in the logs of both, unless the component chose one.
            request.headers_mut().entry("x-request-id").or_insert(id);
        }
        let call = caller.map(|caller| begin_outbound(caller, &mut request));
        let response = match way {
            Way::Myself => self.chaining.call_self(request),
            Way::Component(component) => self.chaining.call(component, request),
            Way::Network => {
                let client = self.client.clone();
                Box::pin(async move { client.send(request, options).await })
            }
        };
        Box::pin(async move {
            let result = response.await;
            match call {
                Some(call) => until_body_ends(call, result),
                None => result,
            }
        })
    }

    /// Where `request` goes, if it may.
    fn way(&self, request: &http::Request<WasiBody>) -> Result<Way, Error> {
        let https = request.uri().scheme() == Some(&Scheme::HTTPS);
        let scheme = if https { "https" } else { "http" };
        let host = request.uri().host().ok_or(Error::HttpRequestUriInvalid)?.to_ascii_lowercase();
        if host == "self" || host.starts_with("self.") {
            return if self.allowed.allows_self(scheme) {
                Ok(Way::Myself)
            } else {
                Err(Error::HttpRequestDenied)
            };
        }
        let port = request.uri().port_u16().unwrap_or(if https { 443 } else { 80 });
        if !self.allowed.allows(scheme, &host, port) {
            tracing::warn!(
                host = format!("{scheme}://{host}:{port}"),
                "outbound request denied: not in allowed_outbound_hosts"
            );
            return Err(Error::HttpRequestDenied);
        }
        let component = host.strip_suffix(CHAINING_SUFFIX);
        Ok(component.map_or(Way::Network, |component| Way::Component(component.to_owned())))
    }
}

/// Where a request of a component goes.
enum Way {
    /// Back to the app's routes.
    Myself,
    /// To a component of the app.
    Component(String),
    /// Out.
    Network,
}
