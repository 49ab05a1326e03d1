//! Icons.

use serde::{Deserialize, Deserializer, Serialize};

use crate::record::names;

names! {
    /// An icon that every client has.
    IconName {
        Agent = "agent",
        Analytics = "analytics",
        Atom = "atom",
        Batch = "batch",
        Bolt = "bolt",
        BookOpen = "book-open",
        BookClosed = "book-closed",
        BookClock = "book-clock",
        Bug = "bug",
        Calendar = "calendar",
        Chart = "chart",
        Check = "check",
        CheckCircle = "check-circle",
        CheckCircleFilled = "check-circle-filled",
        ChevronLeft = "chevron-left",
        ChevronRight = "chevron-right",
        CircleQuestion = "circle-question",
        Clock = "clock",
        Compass = "compass",
        Confetti = "confetti",
        Cube = "cube",
        Desktop = "desktop",
        Document = "document",
        Dot = "dot",
        DotsHorizontal = "dots-horizontal",
        DotsVertical = "dots-vertical",
        EmptyCircle = "empty-circle",
        ExternalLink = "external-link",
        Globe = "globe",
        Keys = "keys",
        Lab = "lab",
        Images = "images",
        Info = "info",
        Lifesaver = "lifesaver",
        Lightbulb = "lightbulb",
        Mail = "mail",
        MapPin = "map-pin",
        Maps = "maps",
        Mobile = "mobile",
        Name = "name",
        Notebook = "notebook",
        NotebookPencil = "notebook-pencil",
        PageBlank = "page-blank",
        Phone = "phone",
        Play = "play",
        Plus = "plus",
        Profile = "profile",
        ProfileCard = "profile-card",
        Reload = "reload",
        Star = "star",
        StarFilled = "star-filled",
        Search = "search",
        Sparkle = "sparkle",
        SparkleDouble = "sparkle-double",
        SquareCode = "square-code",
        SquareImage = "square-image",
        SquareText = "square-text",
        Suitcase = "suitcase",
        SettingsSlider = "settings-slider",
        User = "user",
        Wreath = "wreath",
        Write = "write",
        WriteAlt = "write-alt",
        WriteAlt2 = "write-alt2",
    }
}

/// An icon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Icon {
    /// One that every client has.
    Known(IconName),
    /// One of a set, whose name stands before it: `vendor:` or `lucide:`.
    OfSet(String),
}

impl Default for Icon {
    fn default() -> Self {
        Self::Known(IconName::Dot)
    }
}

impl From<IconName> for Icon {
    fn from(name: IconName) -> Self {
        Self::Known(name)
    }
}

impl<'de> Deserialize<'de> for Icon {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if ["vendor:", "lucide:"].iter().any(|set| name.starts_with(set)) {
            return Ok(Self::OfSet(name));
        }
        let known = serde::de::value::StrDeserializer::<D::Error>::new(&name);
        IconName::deserialize(known).map(Self::Known)
    }
}
