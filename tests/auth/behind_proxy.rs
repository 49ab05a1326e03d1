//! An app that people reach over TLS: browsers are told to use nothing else, and the operator that the proxy's header is missing.

use harness::{App, Options};

/// One path of each endpoint, with whatever status it answers there to nobody.
const PATHS: [&str; 9] = [
    "/",
    "/no-such-page",
    "/api/auth/get-session",
    "/api/v1/tasks",
    "/api/v1/conversations",
    "/mcp",
    "/livez",
    "/api/openapi.json",
    "/problems/not-found",
];

fn app(variables: &[(&str, &str)]) -> App {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    App::start(Options { variables, ..Options::default() }).expect("an app")
}

/// How often the operator is warned, a moment after the last request.
fn warnings(app: &App) -> usize {
    for _ in 0..5 {
        app.nobody().get("/api/auth/ok").expect(200);
    }
    std::thread::sleep(std::time::Duration::from_secs(1));
    let log = app.log();
    log.lines()
        .filter(|line| line.contains("client_address_header is empty") && line.contains("warn"))
        .count()
}

#[test]
fn every_answer_of_an_app_with_an_https_address_says_to_use_tls_alone() {
    let app = app(&[("public_url", "https://todo.example")]);
    for path in PATHS {
        let answer = app.nobody().get(path);
        assert_eq!(
            answer.header("strict-transport-security"),
            Some("max-age=31536000"),
            "{path}: {answer:?}"
        );
    }
}

#[test]
fn an_app_without_an_https_address_never_says_so() {
    for path in PATHS {
        let answer = App::shared().nobody().get(path);
        assert_eq!(answer.header("strict-transport-security"), None, "{path}");
    }
}

#[test]
fn an_operator_is_told_that_the_header_of_the_proxy_is_missing() {
    // Each instance says it once, and one answers all of them.
    let missing = warnings(&app(&[("public_url", "https://todo.example")]));
    assert!((1..5).contains(&missing), "{missing}");
    let told = app(&[("public_url", "https://todo.example"), ("client_address_header", "x-client-address")]);
    assert_eq!(warnings(&told), 0);
    assert_eq!(warnings(App::shared()), 0);
}
