//! Skills (SEP-2640): folders of files, each with a `SKILL.md` that says what it is for.

use std::collections::BTreeMap;

use rmcp::model::{SkillFrontmatter, SkillResource, SkillResources};

/// The media type of a folder (SEP-2640, "resources/directory/read").
pub(crate) const DIRECTORY: &str = "inode/directory";

/// A file of a skill.
#[derive(Clone, Debug)]
pub struct SkillFile {
    /// Its path below the skill's folder, such as `references/input.schema.json`.
    pub path: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub text: String,
}

/// A skill, checked.
#[derive(Clone, Debug)]
pub struct Skill {
    /// `skill://` and the skill's name.
    pub(crate) root: String,
    pub(crate) entry: rmcp::model::Skill,
    pub(crate) files: Vec<SkillFile>,
}

/// Why files are no skill.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SkillError {
    /// `SKILL.md` has no frontmatter that can be read.
    #[error("SKILL.md begins with no frontmatter that can be read: {0}")]
    Frontmatter(String),
    /// A rule of the extension is broken.
    #[error("{0}")]
    Rule(String),
}

impl Skill {
    /// A skill from its `SKILL.md` and its other files.
    ///
    /// # Errors
    ///
    /// Fails where the frontmatter can't be read, or a rule of the extension is broken.
    pub fn new(skill_md: &str, others: Vec<SkillFile>) -> Result<Self, SkillError> {
        let frontmatter = frontmatter(skill_md)?;
        if !is_name(&frontmatter.name) {
            return Err(SkillError::Rule(format!("{:?} is no name of a skill", frontmatter.name)));
        }
        let root = format!("skill://{}", frontmatter.name);
        let main =
            SkillFile { path: "SKILL.md".to_owned(), media_type: "text/markdown", text: skill_md.to_owned() };
        let files: Vec<SkillFile> = std::iter::once(main).chain(others).collect();
        let resources = files
            .iter()
            .map(|file| SkillResource::from_bytes(format!("{root}/{}", file.path), file.text.as_bytes()))
            .collect();
        let entry = rmcp::model::Skill::new(
            format!("{root}/SKILL.md"),
            frontmatter,
            SkillResources::Files(resources),
        );
        entry.validate().map_err(|error| SkillError::Rule(error.to_string()))?;
        Ok(Self { root, entry, files })
    }

    /// What the skill is called.
    #[must_use]
    pub fn name(&self) -> &str {
        self.entry.name()
    }

    /// The URI of its `SKILL.md`.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.entry.uri
    }

    /// What it is for.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.entry.frontmatter.description
    }

    pub(crate) fn file(&self, uri: &str) -> Option<&SkillFile> {
        let path = uri.strip_prefix(&self.root)?.strip_prefix('/')?;
        self.files.iter().find(|file| file.path == path)
    }

    /// The files and folders right below a folder; `None` where there is no such folder.
    pub(crate) fn children(&self, uri: &str) -> Option<Vec<(String, &'static str)>> {
        let folder = uri.strip_prefix(&self.root)?;
        let prefix = match folder.strip_prefix('/') {
            None if folder.is_empty() => String::new(),
            Some(path) if !path.is_empty() => format!("{path}/"),
            _ => return None,
        };
        let below = self.files.iter().filter_map(|file| {
            let rest = file.path.strip_prefix(&prefix)?;
            Some(rest.split_once('/').map_or((rest, file.media_type), |(folder, _)| (folder, DIRECTORY)))
        });
        let children: BTreeMap<&str, &'static str> = below.collect();
        let uri_of = |name: &str| format!("{}/{prefix}{name}", self.root);
        (!children.is_empty())
            .then(|| children.into_iter().map(|(name, kind)| (uri_of(name), kind)).collect())
    }
}

/// The skills of a server.
#[derive(Clone, Debug, Default)]
pub struct Skills(Vec<Skill>);

impl Skills {
    /// These skills.
    #[must_use]
    pub const fn new(skills: Vec<Skill>) -> Self {
        Self(skills)
    }

    /// No skills.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: Skills = Skills(Vec::new());
        &NONE
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Skill] {
        &self.0
    }
}

/// Lower-case letters, digits and single hyphens, not at the ends (Agent Skills, "name").
fn is_name(name: &str) -> bool {
    name.len() <= 64
        && name.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// Reads the frontmatter: YAML between two lines of dashes.
fn frontmatter(skill_md: &str) -> Result<SkillFrontmatter, SkillError> {
    let yaml = skill_md
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map(|(yaml, _)| yaml)
        .ok_or_else(|| SkillError::Frontmatter("there is none".to_owned()))?;
    serde_saphyr::from_str(yaml).map_err(|error| SkillError::Frontmatter(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKILL_MD: &str = "---\nname: add-task\ndescription: \"Adds: one task.\"\nmetadata:\n  version: \"1.0.0\"\n---\n\n# Add\n";

    fn skill() -> Skill {
        let file = |path: &str| SkillFile {
            path: path.to_owned(),
            media_type: "application/json",
            text: "{}".to_owned(),
        };
        Skill::new(SKILL_MD, vec![file("references/a.json"), file("references/deep/b.json")]).unwrap()
    }

    #[test]
    fn a_skill_is_named_by_its_frontmatter() {
        let skill = skill();
        assert_eq!((skill.name(), skill.uri()), ("add-task", "skill://add-task/SKILL.md"));
        assert_eq!(skill.description(), "Adds: one task.");
        assert_eq!(skill.entry.frontmatter.extra["metadata"]["version"], "1.0.0");
    }

    #[test]
    fn folders_show_what_is_right_below_them() {
        let children = |uri| skill().children(uri);
        assert_eq!(
            children("skill://add-task").unwrap(),
            [
                ("skill://add-task/SKILL.md".to_owned(), "text/markdown"),
                ("skill://add-task/references".to_owned(), DIRECTORY),
            ]
        );
        assert_eq!(children("skill://add-task/references").unwrap().len(), 2);
        for none in ["skill://add-task/", "skill://add-task/SKILL.md", "skill://add", "skill://other"] {
            assert_eq!(children(none), None, "{none}");
        }
        assert!(skill().file("skill://add-task/references/deep/b.json").is_some());
        assert!(skill().file("skill://add-task/references").is_none());
    }

    #[test]
    fn what_can_not_be_read_is_refused() {
        for wrong in [
            "# No frontmatter",
            "---\nname: a\n---\n",
            "---\nname: A b\ndescription: c\n---\n",
            "---\nname: a\ndescription: [1]\n---\n",
            "---\nname: [a\n---\n",
        ] {
            assert!(Skill::new(wrong, Vec::new()).is_err(), "{wrong}");
        }
    }
}
