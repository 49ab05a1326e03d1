//! Tables of bad input: what is sent, and the problem that must come back.

use serde_json::Value;

use crate::{Answer, Caller};

/// One row of a table: a JSON array of these is a file `bad_input.json`.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is wrong, in a few words.
    pub name: String,
    /// The row as it is written.
    pub row: Value,
}

impl Case {
    /// Reads a table.
    pub fn table(json: &str) -> Result<Vec<Self>, serde_json::Error> {
        let rows: Vec<Value> = serde_json::from_str(json)?;
        Ok(rows.into_iter().map(|row| Self { name: text(&row, "name").unwrap_or_default(), row }).collect())
    }

    /// Sends the row: `method`, `path`, `headers`, `body` (JSON) or `raw_body` (text); `"token": null` sends none.
    pub fn send(&self, caller: &Caller) -> Answer {
        let method = text(&self.row, "method").unwrap_or_else(|| "GET".to_owned());
        let path = text(&self.row, "path").unwrap_or_default();
        let mut request = caller.request(&method, &path);
        if let Some(body) = self.row.get("body") {
            request = request.json(body);
        }
        if let Some(raw) = text(&self.row, "raw_body") {
            request = request.header("content-type", "application/json").body(raw);
        }
        match self.row.get("token") {
            Some(Value::Null) => request = request.without_header("authorization"),
            Some(Value::String(token)) => {
                request = request.header("authorization", &format!("Bearer {token}"))
            }
            _ => {}
        }
        for (name, value) in self.row.get("headers").and_then(Value::as_object).into_iter().flatten() {
            request = match value.as_str() {
                Some(value) => request.header(name, value),
                None => request.without_header(name),
            };
        }
        request.send()
    }

    /// What differs from the row's `status`, `type` (the end of the problem's type) and `pointer`; `None` if nothing.
    pub fn differs(&self, answer: &Answer) -> Option<String> {
        let problem = answer.json();
        let expected_status = self.row.get("status").and_then(Value::as_u64).unwrap_or_default();
        if u64::from(answer.status) != expected_status {
            return Some(format!("status {} instead of {expected_status}: {}", answer.status, answer.body));
        }
        if let Some(kind) = text(&self.row, "type") {
            let actual = text(&problem, "type").unwrap_or_default();
            if !actual.ends_with(&kind) {
                return Some(format!("type {actual:?} instead of {kind:?}: {}", answer.body));
            }
        }
        if let Some(pointer) = text(&self.row, "pointer") {
            let errors = problem.get("errors").and_then(Value::as_array).cloned().unwrap_or_default();
            if !errors.iter().any(|error| text(error, "pointer").as_deref() == Some(&pointer)) {
                return Some(format!("no error at {pointer:?}: {}", answer.body));
            }
        }
        None
    }
}

/// Sends every row of a table and answers how many there were, or what differed.
pub fn run_bad_input(caller: &Caller, json: &str) -> Result<usize, String> {
    let cases = Case::table(json).map_err(|error| error.to_string())?;
    let differences: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            case.differs(&case.send(caller)).map(|difference| format!("{}: {difference}", case.name))
        })
        .collect();
    if differences.is_empty() { Ok(cases.len()) } else { Err(differences.join("\n")) }
}

fn text(value: &Value, member: &str) -> Option<String> {
    value.get(member).and_then(Value::as_str).map(str::to_owned)
}
