//! The server that the API server asks, over TLS with an authority of its own.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use serde_json::Value;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// A server that answers until the process ends.
pub struct Served {
    pub port: u16,
    /// Who vouches for it, in PEM.
    pub authority: String,
}

/// Serves on that address: JSON in, by the path it came to, JSON out.
pub fn serve(address: &str, answer: impl Fn(&str, &Value) -> Value + Send + Sync + 'static) -> Served {
    let (config, authority) = identity(address);
    let listener = TcpListener::bind((address, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    thread::spawn(move || runtime.block_on(accept(listener, config, Arc::new(answer))));
    Served { port, authority }
}

fn identity(address: &str) -> (ServerConfig, String) {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    // Of another name than what it vouches for, which would else be taken for self-signed.
    authority.distinguished_name.push(DnType::CommonName, "authority of the operator's webhooks");
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new([address.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    (config, authority.pem())
}

async fn accept(
    listener: TcpListener,
    config: ServerConfig,
    answer: Arc<impl Fn(&str, &Value) -> Value + Send + Sync + 'static>,
) {
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (acceptor, answer) = (acceptor.clone(), Arc::clone(&answer));
        tokio::spawn(async move {
            // Who hangs up has nothing to be told.
            let Ok(stream) = acceptor.accept(stream).await else { return };
            let service = service_fn(|request| reply(request, &*answer));
            let served =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            let _ended = served.await;
        });
    }
}

async fn reply(
    request: Request<Incoming>,
    answer: &(impl Fn(&str, &Value) -> Value + Sync),
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_owned();
    let body = request.into_body().collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let answer = serde_json::from_slice(&body).map(|review| answer(&path, &review).to_string());
    let (status, body) = answer.map_or_else(|error| (400, error.to_string()), |answer| (200, answer));
    let response = Response::builder().status(status).header("content-type", "application/json");
    Ok(response.body(Full::from(body)).unwrap())
}
