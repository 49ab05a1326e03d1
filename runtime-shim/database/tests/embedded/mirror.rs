//! A Maven repository on this machine with the one archive, as a mirror has it: whole, damaged or cut off.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use app_database::embedded::MAVEN_CENTRAL;
use tokio::sync::OnceCell;

/// What becomes of the archive on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Whole,
    /// One byte is another.
    Damaged,
    /// The connection breaks off half-way.
    CutOff,
    /// The repository does not have it.
    Missing,
}

pub struct Mirror {
    /// Its address.
    pub url: String,
    /// How often it was asked.
    pub requests: Arc<AtomicUsize>,
}

impl Mirror {
    pub async fn start(way: Way) -> Self {
        let archive = archive().await;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/maven2", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        // It lives as long as the test's process.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let archive = archive.clone();
                counted.fetch_add(1, Ordering::Relaxed);
                thread::spawn(move || {
                    let request = BufReader::new(&stream).lines().next().unwrap().unwrap();
                    assert!(request.starts_with("GET /maven2/io/zonky/test/postgres/embedded-"), "{request}");
                    let mut bytes = archive.to_vec();
                    let status = if way == Way::Missing { "404 Not Found" } else { "200 OK" };
                    let length = bytes.len();
                    match way {
                        Way::Whole => {}
                        Way::Damaged => bytes[length / 2] ^= 1,
                        Way::CutOff => bytes.truncate(length / 2),
                        Way::Missing => bytes.clear(),
                    }
                    let length = if way == Way::Missing { 0 } else { length };
                    let head =
                        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
                    // The client may have given up.
                    let _sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
                });
            }
        });
        Self { url, requests }
    }
}

/// The archive for this machine, from Maven Central; it is kept below `target` for the next time.
async fn archive() -> Arc<[u8]> {
    static ARCHIVE: OnceCell<Arc<[u8]>> = OnceCell::const_new();
    ARCHIVE.get_or_init(async || fs::read(fetch().await).unwrap().into()).await.clone()
}

async fn fetch() -> PathBuf {
    use std::env::consts::{ARCH, OS};
    let platform = match (OS, ARCH) {
        ("linux", "x86_64") => "linux-amd64",
        ("linux", "aarch64") => "linux-arm64v8",
        ("macos", "x86_64") => "darwin-amd64",
        ("macos", "aarch64") => "darwin-arm64v8",
        other => panic!("no archive for {other:?}"),
    };
    let name = format!("embedded-postgres-binaries-{platform}");
    // Not among the temporary files, which go with a run of the tests.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let kept = target.join(format!("postgres-archive/{name}-17.11.0.jar"));
    if !kept.is_file() {
        let url = format!("{MAVEN_CENTRAL}/io/zonky/test/postgres/{name}/17.11.0/{name}-17.11.0.jar");
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let answer = reqwest::get(&url).await.and_then(reqwest::Response::error_for_status);
        let bytes =
            answer.unwrap_or_else(|error| panic!("{url} is needed once: {error}")).bytes().await.unwrap();
        fs::create_dir_all(kept.parent().unwrap()).unwrap();
        let draft = kept.with_extension(std::process::id().to_string());
        fs::write(&draft, bytes).unwrap();
        fs::rename(draft, &kept).unwrap();
    }
    kept
}
