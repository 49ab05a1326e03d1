//! `input.transcribe`: what is said in a recording.

use base64::{Engine, engine::general_purpose::STANDARD};
use chatkit_protocol::InputTranscribeParams;
use endpoint::{Kind, Problem, Response};

use super::read::invalid;

/// What clients record.
const MEDIA_TYPES: [&str; 3] = ["audio/webm", "audio/ogg", "audio/mp4"];

/// Checks the recording. Nothing in this app understands it yet, and who asks is told so.
///
/// # Errors
/// 400 or 415 for what is no recording, otherwise 501.
pub fn transcribe(params: &InputTranscribeParams) -> Result<Response, Problem> {
    let media_type = params.mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !MEDIA_TYPES.contains(&media_type.as_str()) {
        let detail = format!("A recording has to be one of {}.", MEDIA_TYPES.join(", "));
        return Err(Problem::with_detail(Kind::UnsupportedMediaType, detail));
    }
    if STANDARD.decode(&params.audio_base64).ok().is_none_or(|audio| audio.is_empty()) {
        return Err(invalid(
            "/params/audio_base64",
            "This has to be a recording in Base64 (RFC 4648, section 4).",
        ));
    }
    Err(Problem::new(Kind::TranscriptionUnavailable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_checked_before_it_is_said_that_nobody_understands_it() {
        for (audio, media_type, status) in [
            ("AA==", "audio/webm;codecs=opus", 501),
            ("AA==", "audio/mp4", 501),
            ("AA==", "video/mp4", 415),
            ("", "audio/ogg", 400),
            ("not base64", "audio/ogg", 400),
        ] {
            let params = InputTranscribeParams { audio_base64: audio.into(), mime_type: media_type.into() };
            assert_eq!(transcribe(&params).unwrap_err().status(), status, "{audio} {media_type}");
        }
    }
}
