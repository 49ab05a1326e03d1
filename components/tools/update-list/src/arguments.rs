//! The input of the tool, checked: everything that is wrong with it at once.

use list_rows::rank::Side;
use task_model::types::{ClearableListField, ListChanges, ListColour, ToolError};
use task_model::{Named, Violations, list};
use uuid::Uuid;

/// What changes. `None` leaves a field as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Arguments {
    /// The list.
    pub id: Uuid,
    /// The new name.
    pub name: Option<String>,
    /// The new colour.
    pub colour: Option<ListColour>,
    /// Where it goes.
    pub target: Option<Target>,
    /// Whether it is archived from now on.
    pub archived: Option<bool>,
}

/// Where a list goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Behind all others of the top.
    Top,
    /// Into this list, behind those that are there.
    Into(Uuid),
    /// Beside this list.
    Beside(Side, Uuid),
}

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(input: &ListChanges) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let id = violations.check("/id", list::id(&input.id)).unwrap_or_default();
    if input.version == Some(0) {
        violations.add("/version", "Versions start at 1: use the one that the list had when it was read.");
    }
    let mut arguments = Arguments {
        id,
        name: violations.check_given("/name", input.name.as_deref(), list::name),
        colour: input.colour,
        target: target(input, &mut violations),
        archived: input.archived,
    };
    clear(input, &mut arguments, &mut violations);
    if changes_nothing(input) {
        violations.add(
            "",
            "Nothing to change: give at least one of name, colour, parent_id, before, after, archived or clear.",
        );
    }
    violations.finish()?;
    Ok(arguments)
}

/// Where it goes, if it goes anywhere.
fn target(input: &ListChanges, violations: &mut Violations) -> Option<Target> {
    let mut read = |member: &'static str, text: &Option<String>| {
        violations.check_given(&format!("/{member}"), text.as_deref(), list::id)
    };
    let (parent, before, after) =
        (read("parent_id", &input.parent_id), read("before", &input.before), read("after", &input.after));
    let given = [("parent_id", &input.parent_id), ("before", &input.before), ("after", &input.after)];
    let mut given = given.into_iter().filter(|(_, text)| text.is_some()).map(|(member, _)| member);
    if let (Some(first), Some(second)) = (given.next(), given.next()) {
        violations.add(format!("/{second}"), format!("`{first}` is also given, and says another place."));
    }
    let places = [
        parent.map(Target::Into),
        before.map(|id| Target::Beside(Side::Before, id)),
        after.map(|id| Target::Beside(Side::After, id)),
    ];
    places.into_iter().flatten().next()
}

/// Empties the fields named in `clear`. One that is also given is in doubt.
fn clear(input: &ListChanges, arguments: &mut Arguments, violations: &mut Violations) {
    for (index, field) in input.clear.iter().flatten().enumerate() {
        let also_given = match field {
            ClearableListField::Colour => input.colour.map(|_| "colour"),
            ClearableListField::ParentId => {
                [("parent_id", &input.parent_id), ("before", &input.before), ("after", &input.after)]
                    .into_iter()
                    .find(|(_, text)| text.is_some())
                    .map(|(member, _)| member)
            }
        };
        if let Some(member) = also_given {
            let name = field.name();
            violations.add(
                format!("/clear/{index}"),
                format!("`{member}` is also given: either set it or clear `{name}`."),
            );
            continue;
        }
        match field {
            ClearableListField::Colour => arguments.colour = Some(ListColour::Grey),
            ClearableListField::ParentId => arguments.target = Some(Target::Top),
        }
    }
}

fn changes_nothing(input: &ListChanges) -> bool {
    let ListChanges { id: _, version: _, name, colour, parent_id, before, after, archived, clear } = input;
    name.is_none()
        && colour.is_none()
        && parent_id.is_none()
        && before.is_none()
        && after.is_none()
        && archived.is_none()
        && clear.as_ref().is_none_or(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f";

    fn unchanged() -> ListChanges {
        ListChanges {
            id: ID.to_owned(),
            version: None,
            name: None,
            colour: None,
            parent_id: None,
            before: None,
            after: None,
            archived: None,
            clear: None,
        }
    }

    fn pointers(input: &ListChanges) -> Vec<String> {
        match check(input) {
            Err(ToolError::Invalid(found)) => found.into_iter().map(|violation| violation.pointer).collect(),
            other => panic!("must be invalid: {other:?}"),
        }
    }

    #[test]
    fn what_is_left_out_stays() {
        let arguments = check(&ListChanges { name: Some(" Home ".to_owned()), ..unchanged() }).unwrap();
        assert_eq!(arguments.name.as_deref(), Some("Home"));
        assert_eq!((arguments.colour, arguments.target, arguments.archived), (None, None, None));
    }

    #[test]
    fn clearing_resets() {
        let clear = Some(ClearableListField::NAMES.iter().map(|(field, _)| *field).collect());
        let arguments = check(&ListChanges { clear, ..unchanged() }).unwrap();
        assert_eq!((arguments.colour, arguments.target), (Some(ListColour::Grey), Some(Target::Top)));
    }

    #[test]
    fn a_change_of_nothing_is_refused() {
        assert_eq!(pointers(&unchanged()), [""]);
        assert_eq!(pointers(&ListChanges { clear: Some(vec![]), version: Some(3), ..unchanged() }), [""]);
    }

    #[test]
    fn one_place_at_a_time() {
        let id = || Some(ID.to_owned());
        assert_eq!(pointers(&ListChanges { before: id(), after: id(), ..unchanged() }), ["/after"]);
        assert_eq!(pointers(&ListChanges { before: id(), parent_id: id(), ..unchanged() }), ["/before"]);
        let clear = Some(vec![ClearableListField::ParentId]);
        assert_eq!(pointers(&ListChanges { after: id(), clear, ..unchanged() }), ["/clear/0"]);
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let input = ListChanges {
            id: "7".to_owned(),
            version: Some(0),
            name: Some(" ".to_owned()),
            after: Some("home".to_owned()),
            ..unchanged()
        };
        assert_eq!(pointers(&input), ["/id", "/version", "/name", "/after"]);
    }
}
