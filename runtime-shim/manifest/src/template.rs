//! `{{ variable }}` templates in manifest values.

use super::ManifestError;
use std::collections::BTreeMap;

/// A value with places for variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(String),
}

impl Template {
    /// Reads `text`; `key` is named in errors.
    ///
    /// # Errors
    /// [`ManifestError::Invalid`] when `{{` is not closed or holds no variable name.
    pub fn parse(key: &str, text: &str) -> Result<Self, ManifestError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let (name, after) =
                after.split_once("}}").ok_or_else(|| ManifestError::invalid(key, "`{{` without `}}`"))?;
            let name = name.trim();
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                return Err(ManifestError::invalid(key, format!("`{{{{ {name} }}}}` is no variable name")));
            }
            parts.push(Part::Variable(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// The text with `variables` in place; `key` is named in errors.
    ///
    /// # Errors
    /// [`ManifestError::Invalid`] when a variable is not declared or has no value.
    pub fn render(&self, key: &str, variables: &BTreeMap<String, String>) -> Result<String, ManifestError> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Variable(name) => text.push_str(variables.get(name).ok_or_else(|| {
                    ManifestError::invalid(
                        key,
                        format!("variable {name} is not declared under [variables], or has no value"),
                    )
                })?),
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(text: &str) -> Result<String, ManifestError> {
        let variables =
            [("db_host", "db.example"), ("db_port", "5432")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        Template::parse("k", text)?.render("k", &BTreeMap::from(variables))
    }

    #[test]
    fn variables_are_put_in_place() {
        assert_eq!(render("postgres://{{ db_host }}:{{db_port}}").unwrap(), "postgres://db.example:5432");
        assert_eq!(render("plain { } text").unwrap(), "plain { } text");
        assert_eq!(render("").unwrap(), "");
    }

    #[test]
    fn unknown_and_unclosed_variables_are_refused() {
        assert!(render("{{ nobody }}").unwrap_err().to_string().contains("nobody"));
        assert!(render("{{ db_host").is_err());
        assert!(render("{{ }}").is_err());
        assert!(render("{{ a b }}").is_err());
    }

    #[test]
    fn a_value_is_not_read_as_a_template_again() {
        let variables = BTreeMap::from([("a".to_owned(), "{{ b }}".to_owned())]);
        assert_eq!(Template::parse("k", "{{ a }}").unwrap().render("k", &variables).unwrap(), "{{ b }}");
    }
}
