//! What must hold for every answer.

use serde_json::Value;

/// Faults of the server that travel in good answers: the protocol's code, and the problems that a tool's result tells.
const INTERNAL_ERROR: i64 = -32603;
const PROBLEMS: [&str; 2] = ["/problems/internal-error", "/problems/unavailable"];

/// Checks a whole answer and gives its JSON.
pub fn check(status: u16, content_type: &str, body: &[u8]) -> Result<Value, String> {
    if status >= 500 {
        return Err(format!("status {status}"));
    }
    if body.is_empty() {
        return match (200..300).contains(&status) {
            true => Ok(Value::Null),
            false => Err(format!("status {status} says nothing")),
        };
    }
    let answer: Value = serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))?;
    match content_type {
        "application/problem+json" => check_problem(&answer, status)?,
        "application/json" => check_messages(&answer, status)?,
        other => return Err(format!("content type {other:?}")),
    }
    Ok(answer)
}

/// What came of a message, in short: the status, and the code of an error.
pub fn outcome(status: u16, answer: &Value) -> String {
    match answer.pointer("/error/code") {
        Some(code) => format!("{status} {code}"),
        None => status.to_string(),
    }
}

/// Checks the start of a stream: fields of events, whose data is JSON where a line is whole.
pub fn check_stream(status: u16, start: &[u8]) -> Result<(), String> {
    if status != 200 {
        return Err(format!("a stream with status {status}"));
    }
    let text = String::from_utf8_lossy(start);
    let Some((whole, _)) = text.rsplit_once('\n') else { return Ok(()) };
    for line in whole.lines() {
        let is_field = line.is_empty() || line.starts_with(':');
        match line.split_once(':') {
            _ if is_field => {}
            Some(("data", data)) if data.trim().is_empty() => {}
            Some(("data", data)) => {
                let message = serde_json::from_str(data).map_err(|error| format!("{error} in {line}"))?;
                check_message(&message, status)?;
            }
            Some(("event" | "id" | "retry", _)) => {}
            _ => return Err(format!("no field of an event: {line}")),
        }
    }
    Ok(())
}

fn check_problem(problem: &Value, status: u16) -> Result<(), String> {
    let is_whole = problem["type"].is_string() && problem["title"].is_string() && problem["status"] == status;
    if is_whole && status >= 400 { Ok(()) } else { Err("no problem".to_owned()) }
}

fn check_messages(answer: &Value, status: u16) -> Result<(), String> {
    match answer.as_array() {
        Some(answers) if answers.is_empty() => Err("an empty batch".to_owned()),
        Some(answers) => answers.iter().try_for_each(|answer| check_message(answer, status)),
        None => check_message(answer, status),
    }
}

fn check_message(message: &Value, status: u16) -> Result<(), String> {
    let complain = |what: &str| Err(format!("{what}: {message}"));
    if message["jsonrpc"] != "2.0" {
        return complain("no JSON-RPC");
    }
    if message.get("method").is_some_and(Value::is_string) {
        return Ok(());
    }
    let id = &message["id"];
    match (message.get("result"), message.get("error")) {
        (Some(result), None) => {
            if status != 200 || !(id.is_string() || id.is_number()) {
                return complain("a result out of place");
            }
            let text = result.pointer("/content/0/text").and_then(Value::as_str).unwrap_or_default();
            if result["isError"] == true && PROBLEMS.iter().any(|kind| text.contains(kind)) {
                return complain("a fault inside");
            }
            Ok(())
        }
        (None, Some(error)) => match error["code"].as_i64() {
            Some(INTERNAL_ERROR) => complain("a fault inside"),
            Some(_) if error["message"].is_string() => Ok(()),
            _ => complain("no error"),
        },
        _ => complain("neither result nor error"),
    }
}
