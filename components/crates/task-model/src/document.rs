//! Documents of tasks: how each format is called.

use crate::types::ExportFormat;

/// The longest document of tasks to add, in characters (Unicode scalar values).
pub const MAX_IMPORT_CHARACTERS: usize = 500_000;

/// The media type with its parameters, as a document is labelled.
#[must_use]
pub fn media_type(format: ExportFormat) -> &'static str {
    match format {
        // RFC 7763 wants the character set said.
        ExportFormat::Markdown => "text/markdown; charset=utf-8",
        ExportFormat::Csv => "text/csv; charset=utf-8",
        ExportFormat::Json => "application/json",
        ExportFormat::Icalendar | ExportFormat::IcalendarEvents => "text/calendar; charset=utf-8",
    }
}

/// The media type alone, as `Accept` is compared with it.
#[must_use]
pub fn essence(format: ExportFormat) -> &'static str {
    let media_type = media_type(format);
    media_type.split_once(';').map_or(media_type, |(essence, _)| essence)
}

/// How the name of a file ends, without the dot.
#[must_use]
pub fn ending(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Markdown => "md",
        ExportFormat::Csv => "csv",
        ExportFormat::Json => "json",
        ExportFormat::Icalendar | ExportFormat::IcalendarEvents => "ics",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Named;

    #[test]
    fn an_essence_has_no_parameters_and_an_ending_no_dot() {
        for (format, _) in ExportFormat::NAMES {
            assert!(media_type(*format).starts_with(essence(*format)));
            assert!(!essence(*format).contains(';'));
        }
        assert_eq!(
            ExportFormat::NAMES.iter().map(|(format, _)| ending(*format)).collect::<Vec<_>>(),
            ["md", "csv", "json", "ics", "ics"]
        );
    }
}
