//! What holds other components.

use super::Component;
use super::action::ActionConfig;
use super::values::{Align, Borders, Color, Direction, Edge, Justify, Length, Padding, Radius, Wrap};
use crate::record::record;

/// A border all around, or one for each side.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum BoxBorder {
    /// All around.
    Around(Edge),
    /// One for each side.
    EachSide(Box<Borders>),
}

record! {
    /// How components are laid out: what a box, a row, a column and a form have alike.
    camel Flex {;
        children: Vec<Component>, align: Align, justify: Justify, wrap: Wrap, flex: Length, gap: Length,
        height: Length, width: Length, size: Length, min_height: Length, min_width: Length, min_size: Length,
        max_height: Length, max_width: Length, max_size: Length, padding: Padding, margin: Padding,
        border: BoxBorder, radius: Radius, background: Color, aspect_ratio: Length, key: String, id: String,
    }
}

record! {
    /// A box.
    BoxLayout {
        #[serde(flatten)]
        flex: Flex;
        direction: Direction,
    }
}

record! {
    /// Components beside each other.
    Row {
        #[serde(flatten)]
        flex: Flex,
    }
}

record! {
    /// Components below each other.
    Col {
        #[serde(flatten)]
        flex: Flex,
    }
}

record! {
    /// Controls whose values are sent together.
    camel Form {
        #[serde(flatten)]
        flex: Flex;
        on_submit_action: ActionConfig, direction: Direction,
    }
}

record! {
    /// A row of a list.
    camel ListViewItem {
        children: Vec<Component>;
        key: String, id: String, on_click_action: ActionConfig, gap: Length, align: Align,
    }
}

record! {
    /// Room between components.
    camel Spacer {;
        key: String, id: String, min_size: Length,
    }
}

/// What moves when its child changes.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Transition {
    /// The child, or `null`.
    pub children: Option<Box<Component>>,
    /// Keeps it apart from others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}
