//! Sizes, colours and the like.

use serde::{Deserialize, Serialize};
use serde_json::Number;

use crate::record::{names, record};

names! {
    /// Across the direction of a layout.
    Align { Start = "start", Center = "center", End = "end", Baseline = "baseline", Stretch = "stretch" }
}
names! {
    /// Along the direction of a layout.
    Justify {
        Start = "start", Center = "center", End = "end", Between = "between", Around = "around",
        Evenly = "evenly", Stretch = "stretch",
    }
}
names! {
    /// Whether a layout has several lines.
    Wrap { NoWrap = "nowrap", Wrap = "wrap", Reverse = "wrap-reverse" }
}
names! {
    /// The direction of a layout.
    Direction { Row = "row", Col = "col" }
}
names! {
    /// How round corners are.
    Radius {
        Xxs = "2xs", Xs = "xs", Sm = "sm", Md = "md", Lg = "lg", Xl = "xl", Xxl = "2xl", Xxxl = "3xl", Xxxxl = "4xl",
        Full = "full", Percent = "100%", None = "none",
    }
}
names! {
    /// A badge's colour.
    BadgeColor {
        Secondary = "secondary", Success = "success", Danger = "danger", Warning = "warning", Info = "info",
        Discovery = "discovery",
    }
}
names! {
    /// How a badge is drawn.
    BadgeVariant { Solid = "solid", Soft = "soft", Outline = "outline" }
}
names! {
    /// The size of small things.
    SmallSize { Sm = "sm", Md = "md", Lg = "lg" }
}
names! {
    /// The size of words.
    TextSize { Xs = "xs", Sm = "sm", Md = "md", Lg = "lg", Xl = "xl" }
}
names! {
    /// The size of a title.
    TitleSize {
        Sm = "sm", Md = "md", Lg = "lg", Xl = "xl", Xxl = "2xl", Xxxl = "3xl", Xxxxl = "4xl", Xxxxxl = "5xl",
    }
}
names! {
    /// The size of an icon.
    IconSize { Xs = "xs", Sm = "sm", Md = "md", Lg = "lg", Xl = "xl", Xxl = "2xl", Xxxl = "3xl" }
}
names! {
    /// The size of a control.
    ControlSize {
        Xxxs = "3xs", Xxs = "2xs", Xs = "xs", Sm = "sm", Md = "md", Lg = "lg", Xl = "xl", Xxl = "2xl", Xxxl = "3xl",
    }
}
names! {
    /// The size of the room around a control's words.
    GutterSize { Xxs = "2xs", Xs = "xs", Sm = "sm", Md = "md", Lg = "lg", Xl = "xl" }
}
names! {
    /// The size of a card.
    CardSize { Sm = "sm", Md = "md", Lg = "lg", Full = "full" }
}
names! {
    /// How heavy letters are.
    Weight { Normal = "normal", Medium = "medium", Semibold = "semibold", Bold = "bold" }
}
names! {
    /// Where a line stands.
    TextAlign { Start = "start", Center = "center", End = "end" }
}
names! {
    /// How much a button matters.
    ButtonStyle { Primary = "primary", Secondary = "secondary" }
}
names! {
    /// A button's colour.
    ButtonColor {
        Primary = "primary", Secondary = "secondary", Info = "info", Discovery = "discovery", Success = "success",
        Caution = "caution", Warning = "warning", Danger = "danger",
    }
}
names! {
    /// How a control is drawn.
    ControlVariant { Solid = "solid", Soft = "soft", Outline = "outline", Ghost = "ghost" }
}
names! {
    /// How a line to write in is drawn.
    InputVariant { Soft = "soft", Outline = "outline" }
}
names! {
    /// What is written in a line.
    InputType {
        Text = "text", Number = "number", Email = "email", Password = "password", Tel = "tel", Url = "url",
    }
}
names! {
    /// Where something opens.
    Side { Top = "top", Bottom = "bottom", Left = "left", Right = "right" }
}
names! {
    /// How a picture fills its room.
    Fit { Cover = "cover", Contain = "contain", Fill = "fill", ScaleDown = "scale-down", None = "none" }
}
names! {
    /// Where a picture stands in its room.
    Position {
        TopLeft = "top left", Top = "top", TopRight = "top right", Left = "left", Center = "center",
        Right = "right", BottomLeft = "bottom left", Bottom = "bottom", BottomRight = "bottom right",
    }
}
names! {
    /// Light or dark.
    Theme { Light = "light", Dark = "dark" }
}
names! {
    /// How a border is drawn.
    BorderStyle {
        Solid = "solid", Dashed = "dashed", Dotted = "dotted", Double = "double", Groove = "groove",
        Ridge = "ridge", Inset = "inset", Outset = "outset",
    }
}

/// A length: a number, or a text such as `50%`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Length {
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
}

impl From<u32> for Length {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

record! {
    /// Room on each side.
    Spacing {;
        top: Length, right: Length, bottom: Length, left: Length, x: Length, y: Length,
    }
}

/// Room around something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Padding {
    /// The same on all sides.
    Around(Length),
    /// Of each side.
    EachSide(Box<Spacing>),
}

record! {
    /// A colour by light and by dark.
    ThemeColor {
        dark: String, light: String,
    }
}

/// A colour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Color {
    /// By its name or its value.
    Name(String),
    /// By light and by dark.
    Theme(ThemeColor),
}

record! {
    /// A border.
    Border {
        size: u32;
        color: Color, style: BorderStyle,
    }
}

/// A border, or how wide it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Edge {
    /// How wide it is.
    Size(u32),
    /// A border.
    Border(Border),
}

record! {
    /// A border for each side.
    #[serde(deny_unknown_fields)]
    Borders {;
        top: Edge, right: Edge, bottom: Edge, left: Edge, x: Edge, y: Edge,
    }
}
