//! Charts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::values::{Color, Length};
use crate::record::{names, record};

names! {
    /// How points are joined.
    CurveType {
        Basis = "basis", BasisClosed = "basisClosed", BasisOpen = "basisOpen", BumpX = "bumpX", BumpY = "bumpY",
        Bump = "bump", Linear = "linear", LinearClosed = "linearClosed", Natural = "natural",
        MonotoneX = "monotoneX", MonotoneY = "monotoneY", Monotone = "monotone", Step = "step",
        StepBefore = "stepBefore", StepAfter = "stepAfter",
    }
}

record! {
    /// Bars.
    camel BarSeries {
        label: Option<String>, data_key: String;
        stack: String, color: Color,
    }
}

record! {
    /// Areas.
    camel AreaSeries {
        label: Option<String>, data_key: String;
        stack: String, color: Color, curve_type: CurveType,
    }
}

record! {
    /// Lines.
    camel LineSeries {
        label: Option<String>, data_key: String;
        color: Color, curve_type: CurveType,
    }
}

/// What a chart draws of its data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Series {
    /// Bars.
    Bar(BarSeries),
    /// Areas.
    Area(AreaSeries),
    /// Lines.
    Line(LineSeries),
}

record! {
    /// What stands below a chart.
    camel XAxisConfig {
        data_key: String;
        hide: bool, labels: BTreeMap<String, String>,
    }
}

/// What stands below a chart: a member of its data, or more about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum XAxis {
    /// A member of its data.
    DataKey(String),
    /// More about it.
    Config(XAxisConfig),
}

impl Default for XAxis {
    fn default() -> Self {
        Self::DataKey(String::new())
    }
}

record! {
    /// A chart.
    camel Chart {
        data: Vec<Map<String, Value>>, series: Vec<Series>, x_axis: XAxis;
        key: String, id: String, show_y_axis: bool, show_legend: bool, show_tooltip: bool, bar_gap: i64,
        bar_category_gap: i64, flex: Length, height: Length, width: Length, size: Length, min_height: Length,
        min_width: Length, min_size: Length, max_height: Length, max_width: Length, max_size: Length,
        aspect_ratio: Length,
    }
}
