//! Bodies: how an answer is made, and how a request's is read.

use std::pin::pin;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Either, Full, combinators::UnsyncBoxBody};
use problem_details::{Kind, Problem};
use serde::Serialize;

/// The largest request body that is read, in bytes: 1 MiB.
pub const MAX_BYTES: usize = 1024 * 1024;

/// How much more of a body that is too large is read and thrown away, in bytes. A client that is still sending when the
/// connection ends would never see the answer.
const MAX_DISCARDED_BYTES: usize = 2 * 1024 * 1024;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An answer's body: known at once, or streamed.
pub type Body = Either<Full<Bytes>, UnsyncBoxBody<Bytes, BoxError>>;

/// An answer.
pub type Response = http::Response<Body>;

/// An answer whose body is known. `Content-Length` is set when it leaves.
#[must_use]
pub fn full(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = http::Response::new(Either::Left(Full::new(body.into())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// An answer without a body, such as 204 or 304.
#[must_use]
pub fn empty(status: StatusCode) -> Response {
    let mut response = http::Response::new(Either::Left(Full::default()));
    *response.status_mut() = status;
    response
}

/// An answer as JSON.
///
/// # Errors
/// The value has a map whose keys are no strings, or its own serialisation fails: a fault of ours.
pub fn json(status: StatusCode, value: &impl Serialize) -> Result<Response, Problem> {
    match serde_json::to_vec(value) {
        Ok(body) => Ok(full(status, "application/json", body)),
        Err(error) => {
            log::error!("an answer can't be written as JSON: {error}");
            Err(Problem::new(Kind::InternalError))
        }
    }
}

/// An answer that is sent as it is made.
#[must_use]
pub fn stream<B>(status: StatusCode, content_type: &'static str, body: B) -> Response
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let mut response = http::Response::new(Either::Right(body.map_err(Into::into).boxed_unsync()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Reads a request's body of one of these media types, [`MAX_BYTES`] bytes at most.
///
/// # Errors
/// 415 for another type or a content encoding, 413 for a larger body, 400 when it does not arrive whole.
pub async fn read<B>(headers: &HeaderMap, body: B, media_types: &[&str]) -> Result<Bytes, Problem>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    require_media_type(headers, media_types)?;
    collect(headers, body, MAX_BYTES).await
}

/// Reads a request's body of whatever type, `limit` bytes at most.
///
/// # Errors
/// 413 for a larger body, 400 when it does not arrive whole.
pub async fn collect<B>(headers: &HeaderMap, body: B, limit: usize) -> Result<Bytes, Problem>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    let declared = declared_length(headers);
    // Who asks before sending (RFC 9110, section 10.1.1) is told at once.
    if headers.contains_key(header::EXPECT) && declared.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let mut body = pin!(body);
    let mut chunks: Vec<Bytes> = Vec::new();
    let mut length = 0;
    // There is nothing behind the declared length, so the body's end need not be waited for.
    while declared != Some(length) {
        let Some(frame) = body.frame().await else { break };
        let Ok(chunk) = frame.map_err(Into::<BoxError>::into).map(http_body::Frame::into_data) else {
            return Err(Problem::new(Kind::UnreadableBody));
        };
        let Ok(chunk) = chunk else { continue };
        length += chunk.len();
        if length <= limit {
            chunks.push(chunk);
        } else if length > limit.saturating_add(MAX_DISCARDED_BYTES) {
            return Err(too_large(limit));
        } else {
            chunks.clear();
        }
    }
    if length > limit { Err(too_large(limit)) } else { Ok(concatenate(chunks)) }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Most bodies arrive in one piece, which is not copied.
fn concatenate(mut chunks: Vec<Bytes>) -> Bytes {
    match (chunks.len(), chunks.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            chunks.push(last);
            chunks.concat().into()
        }
        (_, None) => Bytes::new(),
    }
}

/// Checks that a request has no body, or an empty JSON object, which some clients always send. Anything else would be
/// passed over in silence.
///
/// # Errors
/// 422 for a body that says something, and as [`read`].
pub async fn expect_none<B>(headers: &HeaderMap, body: B) -> Result<(), Problem>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    #[derive(serde::Deserialize)]
    struct Nothing {}
    let content = collect(headers, body, MAX_BYTES).await?;
    if content.is_empty() { Ok(()) } else { crate::json::read::<Nothing>(&content).map(|Nothing {}| ()) }
}

fn too_large(limit: usize) -> Problem {
    Problem::with_detail(Kind::ContentTooLarge, format!("The body may have at most {limit} bytes."))
}

/// Checks that a body has one of these media types, is UTF-8 if it says a charset, and is not encoded.
///
/// # Errors
/// 415, with an `Accept` header that lists the types (RFC 9110, section 15.5.16).
pub fn require_media_type(headers: &HeaderMap, media_types: &[&str]) -> Result<(), Problem> {
    let is_encoded = headers.get_all(header::CONTENT_ENCODING).iter().any(|coding| coding != "identity");
    if is_encoded {
        let detail = "The body is encoded; send it without Content-Encoding.";
        return Err(Problem::with_detail(Kind::UnsupportedMediaType, detail)
            .header(header::ACCEPT_ENCODING, "identity"));
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if content_type.is_some_and(|content_type| matches(content_type, media_types)) {
        return Ok(());
    }
    let list = media_types.join(", ");
    let detail = format!("The body's Content-Type has to be {}.", media_types.join(" or "));
    Err(Problem::with_detail(Kind::UnsupportedMediaType, detail).header(header::ACCEPT, list))
}

fn matches(content_type: &str, media_types: &[&str]) -> bool {
    let mut parts = content_type.split(';');
    let essence = parts.next().unwrap_or_default().trim();
    let is_utf8 = parts.filter_map(|parameter| parameter.split_once('=')).all(|(name, value)| {
        !name.trim().eq_ignore_ascii_case("charset")
            || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    is_utf8 && media_types.iter().any(|media_type| media_type.eq_ignore_ascii_case(essence))
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn headers(name: header::HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    fn status_for(content_type: &str) -> Option<u16> {
        require_media_type(&headers(header::CONTENT_TYPE, content_type), &["application/json"])
            .err()
            .map(|problem| problem.status().as_u16())
    }

    #[test]
    fn json_is_read_in_any_letter_case_and_as_utf_8() {
        for good in [
            "application/json",
            "Application/JSON",
            "application/json; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
        ] {
            assert_eq!(status_for(good), None, "{good}");
        }
        for bad in ["text/plain", "application/jsonx", "", "application/json; charset=latin1"] {
            assert_eq!(status_for(bad), Some(415), "{bad}");
        }
        let missing = require_media_type(&HeaderMap::new(), &["application/json"]).unwrap_err();
        assert_eq!(missing.headers[0].1, "application/json");
    }

    #[test]
    fn a_compressed_body_is_refused() {
        let mut headers = headers(header::CONTENT_TYPE, "application/json");
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert_eq!(require_media_type(&headers, &["application/json"]).unwrap_err().status(), 415);
    }

    fn collected(headers: &HeaderMap, body: &'static [u8], limit: usize) -> Result<Bytes, Problem> {
        let body = Full::new(Bytes::from_static(body));
        collect(headers, body, limit).now_or_never().expect("a body in memory is always ready")
    }

    #[test]
    fn a_body_over_the_limit_is_413_whether_it_says_its_length_or_not() {
        assert_eq!(collected(&HeaderMap::new(), b"1234", 4).unwrap(), "1234");
        assert_eq!(collected(&HeaderMap::new(), b"", 4).unwrap(), "");
        assert_eq!(collected(&HeaderMap::new(), b"12345", 4).unwrap_err().status(), 413);
        let mut declared = headers(header::CONTENT_LENGTH, "99999999999");
        declared.insert(header::EXPECT, HeaderValue::from_static("100-continue"));
        assert_eq!(collected(&declared, b"1", 4).unwrap_err().status(), 413);
    }

    /// A body of this one piece whose end never comes.
    struct Endless(Option<&'static [u8]>);

    impl http_body::Body for Endless {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
            match self.0.take() {
                Some(piece) => Some(Ok(http_body::Frame::data(Bytes::from_static(piece)))).into(),
                None => std::task::Poll::Pending,
            }
        }
    }

    #[test]
    fn a_body_is_whole_when_its_declared_length_is_there() {
        let declared = headers(header::CONTENT_LENGTH, "4");
        let whole = collect(&declared, Endless(Some(b"1234")), 4).now_or_never();
        assert_eq!(whole.unwrap().unwrap(), "1234");
        assert!(collect(&declared, Endless(Some(b"123")), 4).now_or_never().is_none());
        let none = headers(header::CONTENT_LENGTH, "0");
        assert_eq!(collect(&none, Endless(None), 4).now_or_never().unwrap().unwrap(), "");
    }

    #[test]
    fn a_body_in_pieces_is_put_together() {
        let pieces = ["ab", "", "c"].map(|piece| Bytes::from_static(piece.as_bytes()));
        assert_eq!(concatenate(pieces.to_vec()), "abc");
        assert_eq!(concatenate(pieces[..1].to_vec()), "ab");
        assert_eq!(concatenate(Vec::new()), "");
    }
}
