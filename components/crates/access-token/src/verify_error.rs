//! Why a token is refused.

use thiserror::Error;

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// It is no JSON Web Token, or a claim is missing or of the wrong type.
    #[error("the token can't be read")]
    Malformed,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// None of the secrets and keys made this signature.
    #[error("the token was not signed by this service")]
    BadSignature,
    /// It names an algorithm that is not used here.
    #[error("the token is signed in a way that is not accepted")]
    WrongAlgorithm,
    /// It is a JSON Web Token for another purpose.
    #[error("the token is not an access token")]
    WrongType,
    /// Another service issued it.
    #[error("the token was issued by another service")]
    WrongIssuer,
    /// It is meant for another service.
    #[error("the token is meant for another service")]
    WrongAudience,
}
