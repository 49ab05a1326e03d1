//! A library for calendars.

use harness::App;

use crate::script::{python, succeeds};

#[test]
fn a_calendar_library_reads_what_is_written_and_its_to_dos_are_imported() {
    let app = App::shared();
    let token = app.user_with(harness::EVERY_SCOPE, 900).token.unwrap();
    succeeds(python(), "rest/official_icalendar.py", &["--url", &app.url, "--token", &token]);
}
