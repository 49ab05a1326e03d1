//! Descriptions as HTML: words between backticks are code, everything else is text.

use maud::{Markup, html};

pub(super) fn render(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_between_backticks_is_code_and_nothing_is_markup() {
        let html = super::render("Send `If-Match: <b>`, <i>not</i> less.").into_string();
        assert_eq!(html, "Send <code>If-Match: &lt;b&gt;</code>, &lt;i&gt;not&lt;/i&gt; less.");
    }
}
