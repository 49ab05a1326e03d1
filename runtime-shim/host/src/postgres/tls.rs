//! TLS to PostgreSQL.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// What a connection demands of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsMode {
    /// `sslmode=disable`: plain text.
    Disabled,
    /// `sslmode=prefer`, the default: encrypted if the server can. As it falls back to plain text anyway, the
    /// certificate is not verified.
    Opportunistic,
    /// `require`, `verify-ca`, `verify-full`: encrypted, with a certificate for this host from a trusted authority.
    Verified,
}

impl TlsMode {
    /// Takes `sslmode=verify-ca|verify-full` out of an address, since `tokio-postgres` knows neither. The address
    /// without it, and the mode if it was there.
    pub(super) fn take_from(address: &str) -> (String, Option<Self>) {
        for mode in ["verify-full", "verify-ca"] {
            let setting = format!("sslmode={mode}");
            if address.contains(&setting) {
                return (address.replace(&setting, "sslmode=require"), Some(Self::Verified));
            }
        }
        (address.to_owned(), None)
    }

    /// The TLS settings for this mode; `authority` is PEM and replaces the public authorities.
    ///
    /// # Errors
    /// When `authority` holds no certificate, in words.
    pub(super) fn connector(self, authority: Option<&str>) -> Result<MakeRustlsConnect, String> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|e| e.to_string())?;
        let config = match (self, authority) {
            (Self::Opportunistic | Self::Disabled, None) => builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
                .with_no_client_auth(),
            (_, None) => {
                let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.into() };
                builder.with_root_certificates(roots).with_no_client_auth()
            }
            (_, Some(pem)) => {
                let mut roots = RootCertStore::empty();
                for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                    let certificate = certificate.map_err(|e| format!("not a certificate in PEM: {e}"))?;
                    roots.add(certificate).map_err(|e| e.to_string())?;
                }
                if roots.is_empty() {
                    return Err("the certificate authority holds no certificate".to_owned());
                }
                builder.with_root_certificates(roots).with_no_client_auth()
            }
        };
        Ok(MakeRustlsConnect::new(config))
    }
}

/// Takes any certificate, for opportunistic encryption only.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
