//! `cargo xtask new tool NAME`: the skeleton of a tool. It builds, is listed by every endpoint, and its tests fail only for
//! what is not written yet.

mod lists;

use std::fs;
use std::path::Path;

use crate::run::{self, Error};

/// What is written anew: where, and from which text.
const FILES: [(&str, &str); 7] = [
    ("components/tools/{tool}/Cargo.toml", include_str!("skeleton/Cargo.toml.txt")),
    ("components/tools/{tool}/SKILL.md", include_str!("skeleton/SKILL.md.txt")),
    ("components/tools/{tool}/src/lib.rs", include_str!("skeleton/lib.rs.txt")),
    ("components/tools/{tool}/src/{name}.sql", include_str!("skeleton/statement.sql.txt")),
    ("wit/{tool}/tool.wit", include_str!("skeleton/tool.wit.txt")),
    ("components/endpoints/rest-api/openapi/{name}.json", include_str!("skeleton/openapi.json.txt")),
    ("tests/tools/{name}.rs", include_str!("skeleton/test.rs.txt")),
];

/// Where REST's operations are described, and with that their routes.
const OPERATIONS: &str = "components/endpoints/rest-api/openapi";

/// A tool's name in its forms.
struct Tool {
    /// In kebab-case: its folder, component and WIT package.
    kebab: String,
    /// In snake_case: its name for agents.
    snake: String,
}

impl Tool {
    /// A name of two words at least, the first of them a verb.
    fn named(name: &str) -> Option<Self> {
        let is_word = |word: &str| {
            word.starts_with(|first: char| first.is_ascii_lowercase())
                && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        };
        let is_name = name.contains('-') && name.split('-').all(is_word);
        is_name.then(|| Self { kebab: name.to_owned(), snake: name.replace('-', "_") })
    }

    /// The first word.
    fn verb(&self) -> &str {
        self.kebab.split('-').next().unwrap_or(&self.kebab)
    }

    /// As a Rust variant.
    fn variant(&self) -> String {
        self.kebab.split('-').map(capitalized).collect()
    }

    /// As the id of an operation in OpenAPI.
    fn operation(&self) -> String {
        let variant = self.variant();
        let (first, rest) = variant.split_at(variant.len().min(1));
        format!("{}{rest}", first.to_lowercase())
    }

    /// In words that people read.
    fn title(&self) -> String {
        capitalized(&self.kebab.replace('-', " "))
    }

    /// A text of the skeleton with its names.
    fn fill(&self, text: &str) -> String {
        text.replace("{tool}", &self.kebab)
            .replace("{name}", &self.snake)
            .replace("{verb}", self.verb())
            .replace("{variant}", &self.variant())
            .replace("{operation}", &self.operation())
            .replace("{title}", &self.title())
    }
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    format!("{}{rest}", first.to_uppercase())
}

/// Writes the skeleton into the repository and says what comes next.
///
/// # Errors
/// The name is none, the tool is there already, or a list is not as it was.
pub fn new_tool(name: &str) -> Result<bool, Error> {
    let files = write(&run::repository(), name)?;
    // How lines break depends on how long the name is.
    let code = files.iter().map(String::as_str).filter(|file| file.ends_with(".rs"));
    run::check("rustfmt", &["--edition", "2024"].into_iter().chain(code).collect::<Vec<_>>())?;
    for file in &files {
        println!("{file}");
    }
    println!(
        "\nNow write what it does: `grep -rn 'To be written' components/tools/{name}` and CONTRIBUTING.md, \"Adding a tool\"."
    );
    Ok(true)
}

/// Writes the skeleton below a folder: the files that it touches, new ones first.
fn write(repository: &Path, name: &str) -> Result<Vec<String>, Error> {
    let tool = Tool::named(name).ok_or_else(|| {
        Error::NewTool(format!(
            "{name:?} can't be a tool's name: choose a verb and what it is done to, such as archive-task"
        ))
    })?;
    let failed = |path: &str, error: std::io::Error| {
        Error::NewTool(format!("{path} can't be read or written: {error}"))
    };
    // First all that may go wrong, so that nothing is left half done.
    let mut texts = Vec::new();
    for (path, text) in FILES {
        let path = tool.fill(path);
        if repository.join(&path).exists() {
            return Err(Error::NewTool(format!("{path} is there already: choose another name")));
        }
        texts.push((path, tool.fill(text)));
    }
    if is_described(repository, &tool).map_err(|error| failed(OPERATIONS, error))? {
        let verb = tool.verb();
        return Err(Error::NewTool(format!("another tool does {verb:?} to a task: choose another verb")));
    }
    for list in lists::LISTS {
        let text =
            fs::read_to_string(repository.join(list.path)).map_err(|error| failed(list.path, error))?;
        let longer = list.with(&text, &tool).ok_or_else(|| {
            Error::NewTool(format!(
                "{} is not as it was: add {name} by hand, as its neighbours are, and mend xtask/src/new_tool/lists.rs",
                list.path
            ))
        })?;
        texts.push((list.path.to_owned(), longer));
    }
    for (path, text) in &texts {
        let place = repository.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(|error| failed(path, error))?;
        }
        fs::write(place, text).map_err(|error| failed(path, error))?;
    }
    Ok(texts.into_iter().map(|(path, _)| path).collect())
}

/// Whether the verb is done to a task by another tool already.
fn is_described(repository: &Path, tool: &Tool) -> Result<bool, std::io::Error> {
    let path = tool.fill("\"/api/v1/tasks/{id}/{verb}\"");
    for file in fs::read_dir(repository.join(OPERATIONS))? {
        if fs::read_to_string(file?.path())?.contains(&path) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests;
