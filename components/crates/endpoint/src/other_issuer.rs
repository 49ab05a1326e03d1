//! Another issuer, where the operator named one: people sign in there, and the app has no accounts and gives no tokens.

use std::sync::OnceLock;

use problem_details::{Kind, Problem};
use spin_sdk::variables;

/// Another issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherIssuer {
    /// Its name, the claim `iss` of its tokens: the variable `auth_issuer`.
    pub id: String,
    /// Where people sign in: the variable `auth_issuer_page`, else its name.
    pub page: String,
}

impl OtherIssuer {
    fn new(id: &str, page: &str) -> Option<Self> {
        let (id, page) = (id.trim(), page.trim());
        let page = if page.is_empty() { id } else { page };
        (!id.is_empty()).then(|| Self { id: id.to_owned(), page: page.to_owned() })
    }

    /// What is answered to whoever wants to sign in here.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem::with_detail(Kind::SignInElsewhere, format!("People sign in at {}.", self.page))
    }
}

/// The issuer that the operator named; nothing where the app is its own. Read once in the life of an instance.
pub async fn other_issuer() -> Option<&'static OtherIssuer> {
    static OTHER_ISSUER: OnceLock<Option<OtherIssuer>> = OnceLock::new();
    if let Some(known) = OTHER_ISSUER.get() {
        return known.as_ref();
    }
    let text = async |name| variables::get(name).await.unwrap_or_default();
    let found = OtherIssuer::new(&text("auth_issuer").await, &text("auth_issuer_page").await);
    OTHER_ISSUER.get_or_init(|| found).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_where_to_sign_in() {
        assert_eq!(OtherIssuer::new("", "https://id.example/login"), None);
        let detail = |page| OtherIssuer::new(" https://id.example ", page).unwrap().problem().detail.unwrap();
        assert_eq!(detail(""), "People sign in at https://id.example.");
        assert_eq!(detail("https://id.example/login"), "People sign in at https://id.example/login.");
    }
}
