//! What is shown to a person beside words: trees of components. Their members are those of the protocol, in its order, and mean
//! what they mean there; the official reference explains how each looks.

mod action;
mod chart;
mod controls;
mod icon;
mod layout;
mod texts;
mod values;

pub use action::{ActionConfig, CardAction, Handler, LoadingBehavior};
pub use chart::{AreaSeries, BarSeries, Chart, CurveType, LineSeries, Series, XAxis, XAxisConfig};
pub use controls::{
    Button, Checkbox, DatePicker, Input, Label, RadioGroup, RadioOption, Select, SelectOption, Textarea,
};
pub use icon::{Icon, IconName};
pub use layout::{BoxLayout, Col, Flex, Form, ListViewItem, Row, Spacer, Transition};
pub use texts::{Badge, Caption, Divider, EditableProps, IconComponent, Image, Markdown, Text, Title};
pub use values::{
    Align, BadgeColor, BadgeVariant, Border, BorderStyle, Borders, ButtonColor, ButtonStyle, CardSize, Color,
    ControlSize, ControlVariant, Direction, Edge, Fit, GutterSize, IconSize, InputType, InputVariant,
    Justify, Length, Padding, Position, Radius, Side, SmallSize, Spacing, TextAlign, TextSize, Theme,
    ThemeColor, TitleSize, Weight, Wrap,
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::record::record;

/// A component, of the twenty-four kinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
#[allow(missing_docs, reason = "each is what its type says")]
pub enum Component {
    Text(Text),
    Title(Title),
    Caption(Caption),
    Chart(Chart),
    Badge(Badge),
    Markdown(Markdown),
    Box(BoxLayout),
    Row(Row),
    Col(Col),
    Divider(Divider),
    Icon(IconComponent),
    Image(Image),
    ListViewItem(ListViewItem),
    Button(Button),
    Checkbox(Checkbox),
    Spacer(Spacer),
    Select(Select),
    DatePicker(DatePicker),
    Form(Form),
    Input(Input),
    Label(Label),
    RadioGroup(RadioGroup),
    Textarea(Textarea),
    Transition(Transition),
}

/// What is said above a widget, beside a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
#[allow(missing_docs, reason = "members are those of the protocol")]
pub enum WidgetStatus {
    Icon {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        icon: Option<Icon>,
    },
    Favicon {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        favicon: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        frame: Option<bool>,
    },
}

record! {
    /// A card, whose buttons can be its own.
    camel Card {
        children: Vec<Component>;
        key: String, id: String, as_form: bool, background: Color, size: CardSize, padding: Padding,
        status: WidgetStatus, collapsed: bool, confirm: CardAction, cancel: CardAction, theme: Theme,
    }
}

/// How many rows of a list are shown before the person asks for more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ListLimit {
    /// So many.
    Rows(u32),
    /// As the client likes.
    Auto(AutoLimit),
}

/// The only word that can stand for a number of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AutoLimit {
    /// As the client likes.
    Auto,
}

/// A row of a list, which says its type as every component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ListRow {
    /// A row.
    ListViewItem(ListViewItem),
}

record! {
    /// A list.
    ListView {
        children: Vec<ListRow>;
        key: String, id: String, limit: ListLimit, status: WidgetStatus, theme: Theme,
    }
}

record! {
    /// Components without a frame.
    Basic {;
        key: String, id: String, children: Value,
    }
}

/// A widget, of the three kinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
#[allow(missing_docs, reason = "each is what its type says")]
pub enum WidgetRoot {
    Card(Box<Card>),
    ListView(ListView),
    Basic(Basic),
}

impl Default for WidgetRoot {
    fn default() -> Self {
        Self::Basic(Basic::default())
    }
}
