//! Words, pictures and lines.

use serde::{Deserialize, Serialize};

use super::icon::Icon;
use super::values::{
    BadgeColor, BadgeVariant, Color, Fit, IconSize, Length, Padding, Position, Radius, SmallSize, TextAlign,
    TextSize, TitleSize, Weight,
};
use crate::record::record;

record! {
    /// How words can be changed where they stand.
    camel EditableProps {
        name: String;
        auto_focus: bool, auto_select: bool, auto_complete: String, allow_autofill_extensions: bool,
        pattern: String, placeholder: String, required: bool,
    }
}

/// Whether words can be changed where they stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Editable {
    /// They can, in this way.
    Props(EditableProps),
    /// Only `false` is of the protocol.
    Not(bool),
}

record! {
    /// Words.
    camel Text {
        value: String;
        key: String, id: String, streaming: bool, italic: bool, line_through: bool, color: Color,
        weight: Weight, width: Length, size: TextSize, text_align: TextAlign, truncate: bool, min_lines: u32,
        max_lines: u32, editable: Editable,
    }
}

record! {
    /// A title.
    camel Title {
        value: String;
        key: String, id: String, color: Color, weight: Weight, size: TitleSize, text_align: TextAlign,
        truncate: bool, max_lines: u32,
    }
}

record! {
    /// Small words.
    camel Caption {
        value: String;
        key: String, id: String, color: Color, weight: Weight, size: SmallSize, text_align: TextAlign,
        truncate: bool, max_lines: u32,
    }
}

record! {
    /// Words in Markdown.
    Markdown {
        value: String;
        key: String, id: String, streaming: bool,
    }
}

record! {
    /// A word with a colour.
    Badge {
        label: String;
        key: String, id: String, color: BadgeColor, variant: BadgeVariant, size: SmallSize, pill: bool,
    }
}

record! {
    /// A line between components.
    Divider {;
        key: String, id: String, color: Color, size: Length, spacing: Length, flush: bool,
    }
}

record! {
    /// An icon.
    IconComponent {
        name: Icon;
        key: String, id: String, color: Color, size: IconSize,
    }
}

record! {
    /// A picture.
    camel Image {
        src: String;
        key: String, id: String, alt: String, fit: Fit, position: Position, radius: Radius, frame: bool,
        flush: bool, height: Length, width: Length, size: Length, min_height: Length, min_width: Length,
        min_size: Length, max_height: Length, max_width: Length, max_size: Length, margin: Padding,
        background: Color, aspect_ratio: Length, flex: Length,
    }
}
