//! ChatKit's official types.

use std::ffi::OsString;

use harness::App;

use crate::script::succeeds;

/// The Python that has the package: `CHATKIT_PYTHON`, or the one on the path.
fn python() -> OsString {
    std::env::var_os("CHATKIT_PYTHON").unwrap_or_else(|| "python3".into())
}

#[test]
fn every_answer_and_event_is_what_the_official_package_takes() {
    let app = App::shared();
    let token = app.user_with(harness::EVERY_SCOPE, 900).token.unwrap();
    succeeds(python(), "chatkit/official_types.py", &["--url", &app.url, "--token", &token]);
}
