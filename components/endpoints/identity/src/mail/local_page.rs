//! `GET /api/auth/local-mail`: the mail of a local run.

use std::fmt::Write as _;

use endpoint::{Context, Request};
use serde::Deserialize;
use user_database::Database;

use super::{Delivery, local_page_key};
use crate::answer::Answer;
use crate::auth_error::AuthError;
use crate::site::Site;
use crate::store::{self, KeptMail};
use crate::user::instant;
use crate::{input, signature};

#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    key: String,
}

/// The mail that is kept, the latest first, to whoever knows the key that the log tells.
///
/// # Errors
/// 404 where mail is not kept, and to everybody else.
pub async fn local_page(context: &Context, site: &Site, request: &Request) -> Result<Answer, AuthError> {
    let Key { key } = input::parameters(request.uri())?;
    if site.mail() != Delivery::Local || !signature::is_equal(&key, &local_page_key(site)) {
        return Err(AuthError::not_found("NOT_FOUND", "Not Found", "Nothing is here."));
    }
    let database = Database::open(&context.request_id).await?;
    Ok(Answer::page(html(&store::list_local_mail(&database).await?)))
}

fn html(mails: &[KeptMail]) -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Mail of this local run</title>\n\
         <h1>Mail of this local run</h1>\n<p>Nothing is sent. What would be is here for a day, the latest first.</p>\n",
    );
    if mails.is_empty() {
        page.push_str("<p>There is none.</p>\n");
    }
    for KeptMail { letter, created_at } in mails {
        // Writing to a string has no way to fail.
        let _ = write!(
            page,
            "<article>\n<h2>{}</h2>\n<p>To {}, <time>{}</time></p>\n{}</article>\n",
            escaped(&letter.subject),
            escaped(&letter.recipient),
            instant(*created_at),
            paragraphs(&letter.text)
        );
    }
    page
}

/// Lines that are URLs become links.
fn paragraphs(text: &str) -> String {
    text.lines().filter(|line| !line.is_empty()).fold(String::new(), |mut html, line| {
        let line = escaped(line);
        let _ = if line.starts_with("http://") || line.starts_with("https://") {
            writeln!(html, "<p><a href=\"{line}\">{line}</a></p>")
        } else {
            writeln!(html, "<p>{line}</p>")
        };
        html
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Letter;

    #[test]
    fn the_page_shows_letters_as_text_and_links_as_links() {
        let letter = Letter {
            recipient: "ann@example.org".to_owned(),
            subject: "<b>".to_owned(),
            text: "Here:\n\nhttp://localhost/?a=1&b=\"2\"\n".to_owned(),
        };
        let page = html(&[KeptMail { letter, created_at: 0 }]);
        assert!(page.contains("<h2>&lt;b&gt;</h2>"), "{page}");
        let url = "http://localhost/?a=1&amp;b=&quot;2&quot;";
        assert!(page.contains(&format!("<a href=\"{url}\">{url}</a>")), "{page}");
        assert!(html(&[]).contains("There is none."));
    }
}
