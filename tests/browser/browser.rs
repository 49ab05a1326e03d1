//! A browser, steered by WebDriver.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::{Mutex, OnceLock};

use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use harness::repository;
use hyper_util::client::legacy::connect::HttpConnector;
use scratch_postgres::{Child, Folder, command_that_dies_with_us, spawn};
use serde_json::{Map, Value, json};

/// What a person has in front of them.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    width: u32,
    height: u32,
    is_dark: bool,
}

/// A window on a desk.
pub const DESKTOP: Screen = Screen { width: 1280, height: 860, is_dark: false };
/// The same for people who like it dark.
pub const DARK: Screen = Screen { is_dark: true, ..DESKTOP };
/// A small telephone.
pub const PHONE: Screen = Screen { width: 390, height: 780, is_dark: false };

/// Opens a browser without cookies or history.
pub async fn open(screen: Screen) -> Client {
    let Screen { width, height, is_dark } = screen;
    let mut arguments = vec![
        "--headless=new".to_owned(),
        // The tests run as root in containers, where Chromium's own sandbox can't.
        "--no-sandbox".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--lang=en-GB".to_owned(),
        // A name that others would call this machine by.
        "--host-resolver-rules=MAP todo.test 127.0.0.1".to_owned(),
    ];
    if is_dark {
        arguments.push("--blink-settings=preferredColorScheme=0".to_owned());
    }
    // A telephone's width is less than a window may have.
    let metrics = json!({"width": width, "height": height, "pixelRatio": 1, "mobile": true, "touch": false});
    let options = json!({"args": arguments, "mobileEmulation": {"deviceMetrics": metrics}});
    let mut capabilities = Map::new();
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({"browser": "ALL"}));
    let address = format!("http://127.0.0.1:{}", driver());
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities).connect(&address).await.expect("a browser")
}

/// The port of a driver that all tests of this program share, and that ends with it.
fn driver() -> u16 {
    static DRIVER: OnceLock<(u16, Mutex<Child>, Folder)> = OnceLock::new();
    let (port, ..) = DRIVER.get_or_init(|| {
        let mut command = command_that_dies_with_us("chromedriver".as_ref());
        // Profiles of browsers that were killed go with it.
        let folder = Folder::new("browser").expect("a folder for profiles");
        command.env("TMPDIR", folder.path());
        command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = spawn(command).expect("chromedriver: install the package `chromium-driver`");
        let output = child.process().stdout.take().expect("its output");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let port = lines
            .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())
            .expect("chromedriver says its port");
        // Whoever stops reading a full pipe stops the writer.
        std::thread::spawn(move || lines.for_each(drop));
        (port, Mutex::new(child), folder)
    });
    *port
}

/// Keeps what the browser shows.
pub async fn screenshot(client: &Client, name: &str) {
    let folder = repository().join("tests/artifacts");
    std::fs::create_dir_all(&folder).expect("a folder for screenshots");
    let picture = client.screenshot().await.expect("a screenshot");
    std::fs::write(folder.join(format!("{name}.png")), picture).expect("the screenshot is kept");
}

/// What the browser complained of: scripts that failed, files that are missing, content its policy refused.
pub async fn console_errors(client: &Client) -> Vec<String> {
    let log = client.issue_cmd(BrowserLog).await.expect("the browser's log");
    let entries = log.as_array().cloned().unwrap_or_default();
    entries
        .iter()
        .filter(|entry| entry["level"] == "SEVERE" || entry["source"] == "security")
        .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// A command of Chromium's driver that WebDriver does not have.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({"type": "browser"}).to_string()))
    }
}

/// Runs a script in the page and answers what it returns.
pub async fn run(client: &Client, script: &str) -> Result<Value, CmdError> {
    client.execute(script, vec![]).await
}
