//! A registry of our own.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use scratch_postgres::{Child, command_that_dies_with_us, free_port, spawn};
use tempfile::TempDir;

use crate::token_server::{ISSUER, SERVICE, TokenServer};

pub const USER: &str = "deployer";
pub const PASSWORD: &str = "correct horse battery staple";

/// A running docker-registry with a storage of its own. Dropping it kills the process.
pub struct Server {
    /// Host and port.
    pub address: String,
    folder: TempDir,
    _process: Child,
}

/// What a registry asks of its callers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, over plain HTTP.
    Open,
    /// Name and password, over plain HTTP.
    Password,
    /// Tokens that someone else gives out, over plain HTTP.
    Token,
    /// Trust in an authority of its own.
    Tls,
}

impl Server {
    pub fn start(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port().unwrap();
        let address = format!("127.0.0.1:{port}");
        let at = |name: &str| folder.path().join(name).display().to_string();
        let mut config = format!(
            "version: 0.1\nlog: {{ level: error, accesslog: {{ disabled: true }} }}\n\
             storage: {{ filesystem: {{ rootdirectory: {} }} }}\nhttp:\n  addr: {address}\n",
            at("storage")
        );
        match kind {
            Kind::Open => {}
            Kind::Password => {
                let hash = bcrypt::hash(PASSWORD, 4).unwrap();
                std::fs::write(at("htpasswd"), format!("{USER}:{hash}\n")).unwrap();
                config += &format!("auth: {{ htpasswd: {{ realm: test, path: {} }} }}\n", at("htpasswd"));
            }
            Kind::Token => {
                let tokens = TokenServer::start();
                std::fs::write(at("tokens.pem"), tokens.certificate()).unwrap();
                config += &format!(
                    "auth: {{ token: {{ realm: {:?}, service: {SERVICE:?}, issuer: {ISSUER:?}, rootcertbundle: {} }} }}\n",
                    tokens.realm(),
                    at("tokens.pem")
                );
            }
            Kind::Tls => {
                certificates(folder.path());
                config +=
                    &format!("  tls: {{ certificate: {}, key: {} }}\n", at("server.pem"), at("server.key"));
            }
        }
        std::fs::write(at("config.yml"), config).unwrap();
        let mut command = command_that_dies_with_us(Path::new("docker-registry"));
        let log = std::fs::File::create(at("log")).unwrap();
        command.arg("serve").arg(at("config.yml")).stdout(log.try_clone().unwrap()).stderr(log);
        let process = spawn(command).expect("docker-registry is installed (Debian: docker-registry)");
        let server = Self { address, folder, _process: process };
        server.wait();
        server
    }

    fn wait(&self) {
        let start = Instant::now();
        while std::net::TcpStream::connect(&self.address).is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "{}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// A reference to something in it.
    pub fn reference(&self, name: &str) -> String {
        format!("{}/{name}", self.address)
    }

    /// The authority that its certificate is from.
    pub fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Where it keeps the content `digest`.
    pub fn blob_file(&self, digest: &str) -> PathBuf {
        let hex = digest.strip_prefix("sha256:").unwrap();
        let blobs = self.folder.path().join("storage/docker/registry/v2/blobs/sha256");
        blobs.join(&hex[..2]).join(hex).join("data")
    }

    /// The manifest at `repository:tag` and its digest, as the registry gives it to anyone.
    pub fn manifest(&self, repository: &str, tag: &str) -> (serde_json::Value, String) {
        let url = format!("http://{}/v2/{repository}/manifests/{tag}", self.address);
        let accept = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json";
        let mut answer = ureq::get(&url).header("accept", accept).call().unwrap();
        let digest = answer.headers()["docker-content-digest"].to_str().unwrap().to_owned();
        (answer.body_mut().read_json().unwrap(), digest)
    }

    /// Puts content there without our program.
    pub fn put_blob(&self, repository: &str, content: &[u8]) -> String {
        let digest = digest_of(content);
        let start =
            ureq::post(&format!("http://{}/v2/{repository}/blobs/uploads/", self.address)).send_empty();
        let location = start.unwrap().headers()["location"].to_str().unwrap().to_owned();
        ureq::put(&format!("{location}&digest={digest}")).send(content).unwrap();
        digest
    }

    /// Has in repository `to` what the tag in `from` names, and the manifests and contents that are in it.
    pub fn copy_referrers(&self, from: &str, to: &str, tag: &str) {
        let (manifest, _) = self.manifest(from, tag);
        self.copy_content(from, to, &manifest);
        self.put_manifest(to, tag, &manifest);
    }

    fn copy_content(&self, from: &str, to: &str, manifest: &serde_json::Value) {
        let list = |name: &str| manifest[name].as_array().cloned().unwrap_or_default();
        for entry in list("manifests") {
            let digest = entry["digest"].as_str().unwrap();
            let (inner, _) = self.manifest(from, digest);
            self.copy_content(from, to, &inner);
            self.put_manifest(to, digest, &inner);
        }
        for blob in list("layers").iter().chain(manifest.get("config")) {
            let digest = blob["digest"].as_str().unwrap();
            self.put_blob(to, &std::fs::read(self.blob_file(digest)).unwrap());
        }
    }

    /// Puts a manifest there without our program.
    pub fn put_manifest(&self, repository: &str, tag: &str, manifest: &serde_json::Value) -> String {
        let url = format!("http://{}/v2/{repository}/manifests/{tag}", self.address);
        let kind = manifest["mediaType"].as_str().unwrap();
        let bytes = serde_json::to_vec(manifest).unwrap();
        ureq::put(&url).header("content-type", kind).send(&bytes).unwrap();
        digest_of(&bytes)
    }
}

pub fn digest_of(content: &[u8]) -> String {
    use sha2::Digest as _;
    let hex: String = sha2::Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// An authority made for this run, and a certificate of it for this machine.
fn certificates(folder: &Path) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names = vec!["127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &authority).unwrap();
    std::fs::write(folder.join("ca.pem"), authority.pem()).unwrap();
    std::fs::write(folder.join("server.pem"), certificate.pem()).unwrap();
    std::fs::write(folder.join("server.key"), key.serialize_pem()).unwrap();
}
