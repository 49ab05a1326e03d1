//! What is said in a recording: `…/audio/transcriptions` of OpenAI's API, which compatible servers have as well.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use http_body_util::{BodyExt, Limited};
use serde::Deserialize;
use spin_sdk::time::sleep;

use crate::bindings::todo::model::types::ModelError;
use crate::failure::{garbled, interrupted};
use crate::provider;
use crate::settings::Settings;

/// Hosts and proxies wait less long for an answer that comes in one piece.
const TIMEOUT: Duration = Duration::from_secs(25);
/// The longest answer, in bytes: an hour of speech has less.
const MAX_BYTES: usize = 256 * 1024;

/// What a provider answers.
#[derive(Deserialize)]
struct Transcription {
    text: String,
}

/// Has the provider write down what is said in a recording.
///
/// # Errors
/// It can't be reached, refuses, takes too long, or answers something else.
pub async fn transcribe(recording: &[u8], media_type: &str) -> Result<String, ModelError> {
    match select(pin!(ask(recording, media_type)), pin!(sleep(TIMEOUT))).await {
        Either::Left((said, _)) => said,
        Either::Right(_) => Err(interrupted()),
    }
}

async fn ask(recording: &[u8], media_type: &str) -> Result<String, ModelError> {
    let settings = Settings::load_for_transcription().await?;
    let boundary = boundary(recording);
    let form = form(&boundary, &settings.model, recording, media_type);
    let form_type = format!("multipart/form-data; boundary={boundary}");
    let response = provider::post_form(&settings, &form_type, &form).await?;
    let body = Limited::new(response.into_body(), MAX_BYTES).collect().await.map_err(|error| {
        let is_too_long = error.is::<http_body_util::LengthLimitError>();
        if is_too_long { garbled("it is too long") } else { interrupted() }
    })?;
    read(&body.to_bytes())
}

fn read(body: &[u8]) -> Result<String, ModelError> {
    let answer: Transcription =
        serde_json::from_slice(body).map_err(|_| garbled("it is no JSON with a text"))?;
    Ok(answer.text.trim().to_owned())
}

/// What parts a form (RFC 7578) from what is in it: something that the recording does not have.
fn boundary(recording: &[u8]) -> String {
    let numbered = |number: u32| format!("todo-assistant-{number}");
    let has = |boundary: &str| recording.windows(boundary.len()).any(|window| window == boundary.as_bytes());
    // A recording has an end, so one of them is not in it.
    (0..).map(numbered).find(|boundary| !has(boundary)).unwrap_or_default()
}

/// The form: the model, how it is to answer, and the recording under a name by whose end the provider knows its kind.
fn form(boundary: &str, model: &str, recording: &[u8], media_type: &str) -> Vec<u8> {
    let ending = media_type.split('/').next_back().unwrap_or_default();
    // A name from a variable: what would end its line is left out.
    let model: String = model.chars().filter(|character| !character.is_control()).collect();
    let mut form = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\n{model}\r\n\
         --{boundary}\r\ncontent-disposition: form-data; name=\"response_format\"\r\n\r\njson\r\n\
         --{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"recording.{ending}\"\r\n\
         content-type: {media_type}\r\n\r\n"
    )
    .into_bytes();
    form.extend_from_slice(recording);
    form.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_the_model_and_the_recording_and_is_parted_by_what_is_not_in_it() {
        let recording = b"\x1a\x45todo-assistant-0\xff";
        let boundary = boundary(recording);
        assert_eq!(boundary, "todo-assistant-1");
        let form = form(&boundary, "whisper-1\r\n", recording, "audio/webm");
        let text = String::from_utf8_lossy(&form);
        assert!(text.starts_with("--todo-assistant-1\r\n") && text.ends_with("\r\n--todo-assistant-1--\r\n"));
        assert!(text.contains("name=\"model\"\r\n\r\nwhisper-1\r\n--"), "{text}");
        assert!(text.contains("filename=\"recording.webm\"\r\ncontent-type: audio/webm\r\n\r\n"), "{text}");
        assert!(form.windows(recording.len()).any(|window| window == recording));
    }

    #[test]
    fn the_text_is_taken_without_its_margins_and_anything_else_makes_no_sense() {
        assert_eq!(read(br#"{"text": " Buy milk. ", "duration": 1.5}"#).unwrap(), "Buy milk.");
        assert_eq!(read(br#"{"text": ""}"#).unwrap(), "");
        for body in [&b"<html>"[..], b"{}", br#"{"text": 7}"#] {
            assert!(matches!(read(body), Err(ModelError::Garbled(_))));
        }
    }
}
