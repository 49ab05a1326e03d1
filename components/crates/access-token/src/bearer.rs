//! Reading the `Authorization` header.

/// The token of `Bearer <token>` (RFC 6750, section 2.1), or nothing when the value has another form. The scheme's letter
/// case does not matter (RFC 9110, section 11.1).
#[must_use]
pub fn bearer_token(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.trim().split_once(' ')?;
    let token = token.trim_start();
    let is_token = !token.is_empty()
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte));
    (scheme.eq_ignore_ascii_case("bearer") && is_token).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::bearer_token;

    #[test]
    fn the_scheme_is_read_in_any_letter_case() {
        for value in ["Bearer a.b.c", "bearer a.b.c", "BEARER  a.b.c", " Bearer a.b.c "] {
            assert_eq!(bearer_token(value), Some("a.b.c"), "{value}");
        }
    }

    #[test]
    fn other_forms_have_no_token() {
        for value in [
            "",
            "Bearer",
            "Bearer ",
            "Basic dXNlcjpwYXNz",
            "a.b.c",
            "Bearer a b",
            "Bearer a,b",
            "Bearer \"a\"",
        ] {
            assert_eq!(bearer_token(value), None, "{value}");
        }
    }
}
