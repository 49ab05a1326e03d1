//! What a person fills in and presses.

use super::action::ActionConfig;
use super::icon::Icon;
use super::values::{
    ButtonColor, ButtonStyle, Color, ControlSize, ControlVariant, Direction, GutterSize, IconSize, InputType,
    InputVariant, Side, TextAlign, TextSize, Weight,
};
use crate::record::record;

record! {
    /// A button.
    camel Button {;
        key: String, id: String, submit: bool, label: String, on_click_action: ActionConfig, icon_start: Icon,
        icon_end: Icon, style: ButtonStyle, icon_size: IconSize, color: ButtonColor, variant: ControlVariant,
        size: ControlSize, pill: bool, uniform: bool, block: bool, disabled: bool,
    }
}

record! {
    /// A box to tick.
    camel Checkbox {
        name: String;
        key: String, id: String, label: String, default_checked: bool, on_change_action: ActionConfig,
        disabled: bool, required: bool,
    }
}

record! {
    /// A value that can be chosen.
    SelectOption {
        value: String, label: String;
        disabled: bool, description: String,
    }
}

record! {
    /// A choice of one value.
    camel Select {
        name: String, options: Vec<SelectOption>;
        key: String, id: String, on_change_action: ActionConfig, placeholder: String, default_value: String,
        variant: ControlVariant, size: ControlSize, pill: bool, block: bool, clearable: bool, disabled: bool,
        searchable: bool,
    }
}

record! {
    /// A choice of a day. Days are date-times.
    camel DatePicker {
        name: String;
        key: String, id: String, on_change_action: ActionConfig, placeholder: String, default_value: String,
        min: String, max: String, variant: ControlVariant, size: ControlSize, side: Side, align: TextAlign,
        pill: bool, block: bool, clearable: bool, disabled: bool,
    }
}

record! {
    /// A line to write in.
    camel Input {
        name: String;
        key: String, id: String, input_type: InputType, default_value: String, required: bool, pattern: String,
        placeholder: String, allow_autofill_extensions: bool, auto_select: bool, auto_focus: bool,
        disabled: bool, variant: InputVariant, size: ControlSize, gutter_size: GutterSize, pill: bool,
    }
}

record! {
    /// Lines to write in.
    camel Textarea {
        name: String;
        key: String, id: String, default_value: String, required: bool, pattern: String, placeholder: String,
        auto_select: bool, auto_focus: bool, disabled: bool, variant: InputVariant, size: ControlSize,
        gutter_size: GutterSize, rows: u32, auto_resize: bool, max_rows: u32, allow_autofill_extensions: bool,
    }
}

record! {
    /// What a control is called.
    camel Label {
        value: String, field_name: String;
        key: String, id: String, size: TextSize, weight: Weight, text_align: TextAlign, color: Color,
    }
}

record! {
    /// A value that can be chosen.
    RadioOption {
        label: String, value: String;
        disabled: bool,
    }
}

record! {
    /// A choice of one value, all of which are shown.
    camel RadioGroup {
        name: String;
        key: String, id: String, options: Vec<RadioOption>, aria_label: String, on_change_action: ActionConfig,
        default_value: String, direction: Direction, disabled: bool, required: bool,
    }
}
