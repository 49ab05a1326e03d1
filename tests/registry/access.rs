//! Who may come in, and what is said to who may not.

use crate::program::{Workspace, text};
use crate::server::{Kind, PASSWORD, Server, USER};

#[test]
fn without_credentials_nothing_is_pushed_and_the_way_out_is_named() {
    let (server, workspace) = (Server::start(Kind::Password), Workspace::new());
    let app = workspace.small_app("1.0.0");
    let outcome =
        workspace.registry(&["push", &server.reference("small:1"), "-f", &app, "--insecure", "--no-sbom"]);
    let error_line = outcome.error_line();
    assert!(
        error_line.contains("without credentials") && error_line.contains("registry login"),
        "{error_line}"
    );
}

#[test]
fn a_wrong_password_is_said_without_saying_it_and_is_not_kept() {
    let (server, workspace) = (Server::start(Kind::Password), Workspace::new());
    let login = ["login", &server.address, "--username", USER, "--password-stdin", "--insecure"];
    let outcome = workspace.registry_with_input(&login, "wrong-7Fq-password\n");
    let error_line = outcome.error_line();
    assert!(error_line.contains(&server.address) && error_line.contains(USER), "{error_line}");
    assert!(!error_line.contains("wrong-7Fq-password"), "{error_line}");
    assert!(!workspace.path("docker/config.json").exists());
}

#[test]
fn after_a_login_push_and_pull_work_as_that_user() {
    let (server, workspace) = (Server::start(Kind::Password), Workspace::new());
    let login = ["login", &server.address, "--username", USER, "--password-stdin", "--insecure"];
    let said = workspace.registry_with_input(&login, &format!("{PASSWORD}\n")).answer();
    assert!(said.contains("config.json") && !said.contains(PASSWORD), "{said}");
    let (app, reference) = (workspace.small_app("1.0.0"), server.reference("team/small:1"));
    let digest = workspace.registry(&["push", &reference, "-f", &app, "--insecure"]).answer();
    let pulled = workspace.registry(&["pull", &reference, "--insecure"]);
    assert!(pulled.error.contains(&digest), "{}", pulled.error);
    assert!(std::path::Path::new(&workspace.path(&pulled.answer())).join("locked.json").is_file());
}

#[test]
fn a_registry_with_tokens_lets_anyone_pull_and_its_user_push_and_sign() {
    let (server, workspace, stranger) = (Server::start(Kind::Token), Workspace::new(), Workspace::new());
    let (app, reference) = (workspace.small_app("1.0.0"), server.reference("team/small:1"));
    let push = ["push", &reference, "-f", &app, "--insecure"];
    let refused = stranger.registry(&push);
    assert!(refused.error_line().contains("registry login"), "{}", refused.error_line());
    let login = ["login", &server.address, "--username", USER, "--password-stdin", "--insecure"];
    let wrong = workspace.registry_with_input(&login, "wrong-7Fq-password\n");
    assert!(
        wrong.error_line().contains(USER) && !wrong.error.contains("wrong-7Fq"),
        "{}",
        wrong.error_line()
    );
    workspace.registry_with_input(&login, PASSWORD).answer();
    let (key, public) = workspace.keys(1);
    let digest = workspace.registry(&[&push[..], &["--sign-key", &key]].concat()).answer();
    let pulled = stranger.registry(&["pull", &reference, "--insecure", "--verify-key", &public]);
    assert!(pulled.error.contains(&digest), "{}", pulled.error);
}

#[test]
fn a_private_authority_is_trusted_when_it_is_named_and_not_before() {
    let (server, workspace) = (Server::start(Kind::Tls), Workspace::new());
    let (app, reference) = (workspace.small_app("1.0.0"), server.reference("small:1"));
    let outcome = workspace.registry(&["push", &reference, "-f", &app, "--no-sbom"]);
    assert!(outcome.error_line().contains("certificate"), "{}", outcome.error_line());
    let trusting = text(&server.ca_file());
    let digest =
        workspace.registry(&["push", &reference, "-f", &app, "--no-sbom", "--ca-file", &trusting]).answer();
    assert!(digest.starts_with("sha256:"), "{digest}");
    let outcome = workspace.registry(&["pull", &reference, "--ca-file", &workspace.small_app("2.0.0")]);
    assert!(outcome.error_line().contains("certificate"), "{}", outcome.error_line());
}

#[test]
fn what_is_not_there_and_who_does_not_answer_are_told_apart() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let missing = workspace.registry(&["pull", &server.reference("nobody:1"), "--insecure"]);
    assert!(missing.error_line().contains("is not there"), "{}", missing.error_line());
    let closed = workspace.registry(&["pull", "127.0.0.1:9/small:1", "--insecure"]);
    assert!(closed.error_line().contains("cannot reach"), "{}", closed.error_line());
}
