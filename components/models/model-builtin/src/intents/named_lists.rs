//! The lists that an intent names.

use super::{Intent, ListChoice, ListRequest, TaskAction};

impl Intent {
    /// The lists that it names, and of which it is not known yet which ones they are.
    pub fn unknown_lists(&self) -> Vec<&ListChoice> {
        let choice = match self {
            Intent::ApplyToTargets { action: TaskAction::MoveTo(choice), .. } => Some(choice),
            Intent::List(listing) => listing.list.as_ref(),
            Intent::ApplyToList { action, listing } => {
                let to = match action {
                    TaskAction::MoveTo(choice) => Some(choice),
                    _ => None,
                };
                return to.into_iter().chain(&listing.list).filter(|choice| choice.id.is_none()).collect();
            }
            Intent::OnLists(ListRequest::Rename(choice, _) | ListRequest::Delete(choice)) => Some(choice),
            _ => None,
        };
        choice.into_iter().filter(|choice| choice.id.is_none()).collect()
    }

    /// The same, with this list for one that was named so.
    pub fn with_list(&self, name: &str, known: &ListChoice) -> Intent {
        let mut intent = self.clone();
        let settle = |choice: &mut ListChoice| {
            if choice.name == name && choice.id.is_none() {
                choice.clone_from(known);
            }
        };
        match &mut intent {
            Intent::Add(drafts) => {
                drafts
                    .iter_mut()
                    .filter_map(|draft| draft.list.as_mut())
                    .filter(|list| *list == name)
                    .for_each(|list| list.clone_from(&known.name));
            }
            Intent::ApplyToTargets { action: TaskAction::MoveTo(choice), .. }
            | Intent::OnLists(ListRequest::Rename(choice, _) | ListRequest::Delete(choice)) => settle(choice),
            Intent::List(listing) => listing.list.iter_mut().for_each(settle),
            Intent::ApplyToList { action, listing } => {
                listing.list.iter_mut().for_each(settle);
                if let TaskAction::MoveTo(choice) = action {
                    settle(choice);
                }
            }
            _ => {}
        }
        intent
    }
}
