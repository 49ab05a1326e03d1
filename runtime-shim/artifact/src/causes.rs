//! What is below an error: many libraries say on top only that something failed, and further down why.

use std::error::Error;

/// An error with all its causes, in one line.
pub fn error_chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    for cause in causes(error) {
        text = format!("{text}: {cause}");
    }
    text
}

/// The innermost cause alone, or the error where it has none.
pub(crate) fn last_cause(error: &dyn Error) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

fn causes<'a>(error: &'a (dyn Error + 'a)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause| (*cause).source())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Layer(&'static str, #[source] Option<Box<Layer>>);

    #[test]
    fn causes_follow_from_the_outermost_in() {
        let bare = Layer("refused", None);
        assert_eq!((error_chain(&bare), last_cause(&bare)), ("refused".to_owned(), "refused".to_owned()));
        let deep = Layer("no answer", Some(Box::new(Layer("connecting", Some(Box::new(bare))))));
        assert_eq!(error_chain(&deep), "no answer: connecting: refused");
        assert_eq!(last_cause(&deep), "refused");
    }
}
