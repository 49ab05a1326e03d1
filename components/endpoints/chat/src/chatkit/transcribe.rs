//! `input.transcribe`: what is said in a recording, where a provider is set that writes it down.

use base64::{Engine, engine::general_purpose::STANDARD};
use chatkit_protocol::InputTranscribeParams;
use endpoint::{Kind, Problem, Response, body};
use http::StatusCode;
use serde_json::json;
use spin_sdk::variables;

use super::read::invalid;
use crate::models::{self, types::ModelError};

/// What clients record.
const MEDIA_TYPES: [&str; 3] = ["audio/webm", "audio/ogg", "audio/mp4"];
/// The variable that names the provider's model; where it is empty, nobody writes down what is said.
const MODEL: &str = "openai_transcription_model";

/// Answers what is said in a recording. Nothing of it is kept.
///
/// # Errors
/// 400 or 415 for what is no recording, 501 where no provider is set, 502 or 503 where it does not answer.
pub async fn transcribe(params: &InputTranscribeParams) -> Result<Response, Problem> {
    let (recording, media_type) = read(params)?;
    if variables::get(MODEL).await.unwrap_or_default().trim().is_empty() {
        return Err(Problem::new(Kind::TranscriptionUnavailable));
    }
    let said = models::transcribe(recording, media_type).await;
    body::json(StatusCode::OK, &json!({"text": said.map_err(problem)?}))
}

/// What a provider's failure means for whoever has spoken. Its own words stay in the log.
fn problem(error: ModelError) -> Problem {
    match error {
        ModelError::Unavailable(seconds) => {
            let detail = "Nobody can be reached who writes down recordings. Try again later, or type.";
            Problem::with_detail(Kind::ModelUnavailable, detail).retry_after(seconds)
        }
        ModelError::Refused(_) => {
            let detail = "The provider refuses to write it down: an operator has to look into it.";
            Problem::with_detail(Kind::ModelFailed, detail)
        }
        ModelError::Garbled(_) => {
            let detail = "The provider's answer makes no sense. Trying again may help.";
            Problem::with_detail(Kind::ModelFailed, detail)
        }
    }
}

/// The recording and its media type without parameters.
fn read(params: &InputTranscribeParams) -> Result<(Vec<u8>, &'static str), Problem> {
    let media_type = params.mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some(media_type) = MEDIA_TYPES.into_iter().find(|known| *known == media_type) else {
        let detail = format!("A recording has to be one of {}.", MEDIA_TYPES.join(", "));
        return Err(Problem::with_detail(Kind::UnsupportedMediaType, detail));
    };
    let recording = STANDARD.decode(&params.audio_base64).ok().filter(|audio| !audio.is_empty());
    let recording = recording.ok_or_else(|| {
        invalid("/params/audio_base64", "This has to be a recording in Base64 (RFC 4648, section 4).")
    })?;
    Ok((recording, media_type))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_read_with_its_media_type_and_what_is_none_is_refused() {
        for (audio, media_type, read_as) in [
            ("AA==", "audio/webm;codecs=opus", Ok("audio/webm")),
            ("AA==", "Audio/MP4", Ok("audio/mp4")),
            ("AA==", "video/mp4", Err(415)),
            ("", "audio/ogg", Err(400)),
            ("not base64", "audio/ogg", Err(400)),
        ] {
            let params = InputTranscribeParams { audio_base64: audio.into(), mime_type: media_type.into() };
            let read = read(&params).map(|(recording, media_type)| {
                assert_eq!(recording, [0]);
                media_type
            });
            assert_eq!(read.map_err(|problem| problem.status().as_u16()), read_as, "{audio} {media_type}");
        }
    }
}
