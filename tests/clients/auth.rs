//! Better Auth's client.

use harness::{App, Options};

use crate::script::{node, succeeds};

/// Known, so that the script can check signatures and forge some.
const SECRET: &str = "better-auth-secret-12345678901234567890";

#[test]
fn the_official_better_auth_client_signs_up_in_and_out_and_gets_tokens() {
    let app = App::start(Options { secret: Some(SECRET.to_owned()), ..Options::default() }).unwrap();
    succeeds(node(), "auth/official_client.mjs", &["--url", &app.url, "--secret", SECRET]);
}
