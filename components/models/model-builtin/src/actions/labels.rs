//! Lists where the tools know none: their names are labels.

use crate::intents::{Intent, LabelChange, ListChoice, ListRequest, Listing, TaskAction};
use crate::tasks::content_words;
use crate::text::words;

/// Where the tools know no lists.
const ONE_LIST: &str = "There is one list only. “Add soap to the shopping list” labels it #shopping, and “#shopping” shows what has that label.";

/// Where the tools know no lists, their names are labels.
pub fn with_labels(intent: &Intent) -> Intent {
    let labelled = |listing: &Listing| {
        let label = listing.list.as_ref().filter(|choice| !choice.is_inbox()).map(ListChoice::as_label);
        Listing { label: label.or_else(|| listing.label.clone()), list: None, ..listing.clone() }
    };
    match intent {
        Intent::OnLists(ListRequest::Delete(choice)) => {
            let listing = labelled(&Listing { list: Some(choice.clone()), ..Listing::default() });
            Intent::ApplyToList { action: TaskAction::Delete, listing }
        }
        Intent::OnLists(_) => Intent::Cannot(ONE_LIST),
        Intent::ApplyToTargets { action: TaskAction::MoveTo(choice), .. } if choice.is_inbox() => {
            Intent::Cannot(ONE_LIST)
        }
        Intent::ApplyToTargets { action: TaskAction::MoveTo(choice), targets } => Intent::ApplyToTargets {
            action: TaskAction::Label(LabelChange::Add(vec![choice.as_label()])),
            targets: targets.clone(),
        },
        Intent::List(Listing { list: Some(choice), .. }) if choice.is_guess => {
            let words = content_words(&words(&choice.name));
            Intent::Search { said: choice.name.clone(), words }
        }
        Intent::List(listing) => Intent::List(labelled(listing)),
        Intent::ApplyToList { action, listing } => {
            Intent::ApplyToList { action: action.clone(), listing: labelled(listing) }
        }
        other => other.clone(),
    }
}
