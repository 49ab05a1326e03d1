//! What types cannot say.

use std::collections::BTreeSet;

use super::LocalRun;

/// Fewer bytes can be guessed; more have no use.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 16..=1024;
/// Between two calls by the clock: up to a day.
const INTERVAL_SECONDS: std::ops::RangeInclusive<u64> = 1..=24 * 60 * 60;
/// Longest name PostgreSQL keeps, in bytes.
const MAX_NAME: usize = 63;

impl LocalRun {
    /// Refuses values no run could work with.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        for variable in self.variables() {
            if !is_variable(variable) {
                return Err(format!(
                    "{variable:?} is no variable: lower-case letters, digits and _ after a letter"
                ));
            }
            if !seen.insert(variable) {
                return Err(format!("variable {variable:?} is set twice"));
            }
        }
        for (variable, secret) in &self.secrets {
            if !SECRET_BYTES.contains(&secret.bytes) {
                return Err(format!(
                    "secrets.{variable}: bytes = {} is outside {} to {}",
                    secret.bytes,
                    SECRET_BYTES.start(),
                    SECRET_BYTES.end()
                ));
            }
        }
        for call in &self.schedule {
            if !call.path.starts_with('/') {
                return Err(format!("schedule: path = {:?} does not begin with /", call.path));
            }
            if !INTERVAL_SECONDS.contains(&call.every_seconds) {
                return Err(format!(
                    "schedule: every-seconds = {} is outside {} to {}",
                    call.every_seconds,
                    INTERVAL_SECONDS.start(),
                    INTERVAL_SECONDS.end()
                ));
            }
            if let Some(variable) = call.bearer.as_ref().filter(|variable| !is_variable(variable)) {
                return Err(format!("schedule: bearer = {variable:?} is no variable"));
            }
        }
        let Some(database) = &self.database else { return Ok(()) };
        for name in std::iter::once(&database.name).chain(database.roles.keys()) {
            if !is_variable(name) || name.len() > MAX_NAME {
                return Err(format!(
                    "{name:?} is no name for a database or role: lower-case letters, digits and _"
                ));
            }
        }
        if let Some(audit) = &database.audit
            && !audit.split_once('.').is_some_and(|(schema, name)| is_variable(schema) && is_variable(name))
        {
            return Err(format!("database.audit = {audit:?} is no name with its schema, such as app.audit"));
        }
        // The engine's own: the database it starts from, and its superuser.
        if matches!(database.name.as_str(), "template0" | "template1")
            || database.roles.contains_key("postgres")
        {
            return Err(
                "database names template0, template1 and role postgres are PostgreSQL's own".to_owned()
            );
        }
        Ok(())
    }
}

/// Spin's rule for variable names, which also suits file names and PostgreSQL names.
fn is_variable(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
