//! Who may come in, and what is said to who may not.

use crate::program::{Desk, text};
use crate::server::{Kind, PASSWORD, Server, USER};

#[test]
fn without_credentials_nothing_is_pushed_and_the_way_out_is_named() {
    let (server, desk) = (Server::start(Kind::Password), Desk::new());
    let app = desk.small_app("1.0.0");
    let outcome =
        desk.registry(&["push", &server.reference("small:1"), "-f", &app, "--insecure", "--no-sbom"]);
    let complaint = outcome.complaint();
    assert!(complaint.contains("without credentials") && complaint.contains("registry login"), "{complaint}");
}

#[test]
fn a_wrong_password_is_said_without_saying_it_and_is_not_kept() {
    let (server, desk) = (Server::start(Kind::Password), Desk::new());
    let login = ["login", &server.address, "--username", USER, "--password-stdin", "--insecure"];
    let outcome = desk.registry_with_input(&login, "wrong-7Fq-password\n");
    let complaint = outcome.complaint();
    assert!(complaint.contains(&server.address) && complaint.contains(USER), "{complaint}");
    assert!(!complaint.contains("wrong-7Fq-password"), "{complaint}");
    assert!(!desk.path("docker/config.json").exists());
}

#[test]
fn after_a_login_push_and_pull_work_as_that_user() {
    let (server, desk) = (Server::start(Kind::Password), Desk::new());
    let login = ["login", &server.address, "--username", USER, "--password-stdin", "--insecure"];
    let said = desk.registry_with_input(&login, &format!("{PASSWORD}\n")).answer();
    assert!(said.contains("config.json") && !said.contains(PASSWORD), "{said}");
    let (app, reference) = (desk.small_app("1.0.0"), server.reference("team/small:1"));
    let digest = desk.registry(&["push", &reference, "-f", &app, "--insecure"]).answer();
    let pulled = desk.registry(&["pull", &reference, "--insecure"]);
    assert!(pulled.error.contains(&digest), "{}", pulled.error);
    assert!(std::path::Path::new(&desk.path(&pulled.answer())).join("locked.json").is_file());
}

#[test]
fn a_registry_with_tokens_lets_anyone_pull_and_its_user_push_and_sign() {
    let (server, desk, stranger) = (Server::start(Kind::Token), Desk::new(), Desk::new());
    let (app, reference) = (desk.small_app("1.0.0"), server.reference("team/small:1"));
    let push = ["push", &reference, "-f", &app, "--insecure"];
    let refused = stranger.registry(&push);
    assert!(refused.complaint().contains("registry login"), "{}", refused.complaint());
    let login = ["login", &server.address, "--username", USER, "--password-stdin", "--insecure"];
    let wrong = desk.registry_with_input(&login, "wrong-7Fq-password\n");
    assert!(wrong.complaint().contains(USER) && !wrong.error.contains("wrong-7Fq"), "{}", wrong.complaint());
    desk.registry_with_input(&login, PASSWORD).answer();
    let (key, public) = desk.keys(1);
    let digest = desk.registry(&[&push[..], &["--sign-key", &key]].concat()).answer();
    let pulled = stranger.registry(&["pull", &reference, "--insecure", "--verify-key", &public]);
    assert!(pulled.error.contains(&digest), "{}", pulled.error);
}

#[test]
fn a_private_authority_is_trusted_when_it_is_named_and_not_before() {
    let (server, desk) = (Server::start(Kind::Tls), Desk::new());
    let (app, reference) = (desk.small_app("1.0.0"), server.reference("small:1"));
    let outcome = desk.registry(&["push", &reference, "-f", &app, "--no-sbom"]);
    assert!(outcome.complaint().contains("certificate"), "{}", outcome.complaint());
    let trusting = text(&server.ca_file());
    let digest =
        desk.registry(&["push", &reference, "-f", &app, "--no-sbom", "--ca-file", &trusting]).answer();
    assert!(digest.starts_with("sha256:"), "{digest}");
    let outcome = desk.registry(&["pull", &reference, "--ca-file", &desk.small_app("2.0.0")]);
    assert!(outcome.complaint().contains("certificate"), "{}", outcome.complaint());
}

#[test]
fn what_is_not_there_and_who_does_not_answer_are_told_apart() {
    let (server, desk) = (Server::start(Kind::Open), Desk::new());
    let missing = desk.registry(&["pull", &server.reference("nobody:1"), "--insecure"]);
    assert!(missing.complaint().contains("is not there"), "{}", missing.complaint());
    let closed = desk.registry(&["pull", "127.0.0.1:9/small:1", "--insecure"]);
    assert!(closed.complaint().contains("cannot reach"), "{}", closed.complaint());
}
