//! The files of the page, which are part of the component.
//!
//! Scripts and styles are served below a path that names their version, a hash over all of them, so that a browser may
//! keep them for good and never mixes two releases. The element `<openai-chatkit>`, which pages of other origins load as well, has a path
//! without one beside it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::{LazyLock, OnceLock};

use sha2::{Digest, Sha256};

use crate::comments;

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// Stands for the version in pages.
const VERSION: &str = "{version}";

/// A file.
#[derive(Debug)]
pub struct Asset {
    /// Its name below `static/`.
    pub name: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    content: &'static str,
    served: OnceLock<Served>,
}

/// What is served of a file, prepared once in the life of an instance.
#[derive(Debug)]
struct Served {
    content: Cow<'static, str>,
    tag: String,
}

macro_rules! assets {
    ($($content_type:ident: $($name:literal),+;)+) => {
        LazyLock::new(|| vec![$($(Asset {
            name: $name,
            content_type: $content_type,
            content: include_str!(concat!("../static/", $name)),
            served: OnceLock::new(),
        }),+),+])
    };
}

const SVG: &str = "image/svg+xml";
const MANIFEST: &str = "application/manifest+json";

/// Pages and what browsers ask for at fixed paths.
static FIXED: LazyLock<Vec<Asset>> = assets! {
    HTML: "index.html", "not-found.html";
    SVG: "favicon.svg";
    MANIFEST: "manifest.webmanifest";
};

/// What the names of the element's files begin with.
const ELEMENT: &str = "chatkit/";

/// What pages load.
static VERSIONED: LazyLock<Vec<Asset>> = assets! {
    STYLE: "base.css", "welcome.css", "tasks.css", "account.css";
    SCRIPT: "main.js", "api.js", "access.js", "account.js", "account-api.js", "arrival.js", "calendar-feed.js", "session-list.js", "welcome.js", "windows.js",
        "assistant.js", "dom.js", "due.js", "due-reminders.js", "elsewhere.js", "event-list.js", "filter.js",
        "lists.js", "quick-add.js", "repeat-field.js", "subtask-form.js", "tasks.js", "task-detail.js",
        "task-list.js", "task-reminders.js", "task-tree.js", "task-view.js", "token-list.js", "two-factor.js", "undo.js",
        "chatkit/attachments.js", "chatkit/chart.js", "chatkit/client.js", "chatkit/composer.js",
        "chatkit/delivery.js", "chatkit/dom.js", "chatkit/element.js", "chatkit/following.js", "chatkit/history.js",
        "chatkit/icons.js", "chatkit/item-updates.js", "chatkit/items.js", "chatkit/keys.js", "chatkit/markdown.js",
        "chatkit/options.js", "chatkit/panel.js", "chatkit/question.js", "chatkit/session.js", "chatkit/stream.js",
        "chatkit/style.js", "chatkit/theme.js", "chatkit/thread-view.js", "chatkit/thread.js",
        "chatkit/widget-controls.js", "chatkit/widget-layout.js", "chatkit/widget.js";
};

/// A file as it is found.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub asset: &'static Asset,
    /// Whether its path will never have other content.
    pub is_immutable: bool,
    /// Whether pages of other origins may load it.
    pub is_for_others: bool,
}

/// The file at a path.
pub fn find(path: &str) -> Option<Found> {
    let name = path.strip_prefix('/')?;
    let fixed = |name: &str| FIXED.iter().find(|asset| asset.name == name);
    if let Some((version_of_path, name)) = name.strip_prefix("assets/").and_then(|rest| rest.split_once('/'))
    {
        let asset = VERSIONED.iter().find(|asset| asset.name == name)?;
        // A page of the release before, while a new one rolls out: today's file, but only for now.
        return Some(Found { asset, is_immutable: version_of_path == version(), is_for_others: false });
    }
    if name.starts_with(ELEMENT) {
        let asset = VERSIONED.iter().find(|asset| asset.name == name)?;
        return Some(Found { asset, is_immutable: false, is_for_others: true });
    }
    let asset = match name {
        "" => fixed("index.html"),
        // Browsers ask for it unless told otherwise.
        "favicon.ico" => fixed("favicon.svg"),
        "favicon.svg" | "manifest.webmanifest" => fixed(name),
        _ => None,
    };
    asset.map(|asset| Found { asset, is_immutable: false, is_for_others: false })
}

/// The page that says that there is none.
pub fn not_found() -> Option<&'static Asset> {
    FIXED.iter().find(|asset| asset.name == "not-found.html")
}

impl Asset {
    /// Its content, with the version filled in where pages name it, and scripts without their comments.
    pub fn content(&'static self) -> &'static str {
        &self.served().content
    }

    /// Whether it is a page, which what the operator wants is put into.
    pub fn is_page(&self) -> bool {
        self.content_type == HTML
    }

    /// Its entity tag (RFC 9110, section 8.8.3), quotes included.
    pub fn tag(&'static self) -> &'static str {
        &self.served().tag
    }

    fn served(&'static self) -> &'static Served {
        self.served.get_or_init(|| {
            let content = match self.content_type {
                HTML => Cow::Owned(self.content.replace(VERSION, version())),
                SCRIPT => Cow::Owned(comments::left_out(self.content)),
                _ => Cow::Borrowed(self.content),
            };
            let tag = tag_of(&content);
            Served { content, tag }
        })
    }
}

/// The entity tag of a content.
pub fn tag_of(content: &str) -> String {
    format!("\"{}\"", hex(&Sha256::digest(content.as_bytes())))
}

/// The version of what pages load.
pub fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let mut hash = Sha256::new();
        for asset in VERSIONED.iter() {
            hash.update(asset.name);
            hash.update([0]);
            hash.update(asset.content);
            hash.update([0]);
        }
        hex(&hash.finalize())
    })
}

/// The first 96 bits, which are enough to tell files apart.
fn hex(digest: &[u8]) -> String {
    digest.iter().take(12).fold(String::new(), |mut text, byte| {
        // Writing to a string has no way to fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names(assets: &[Asset]) -> BTreeSet<String> {
        assets.iter().map(|asset| asset.name.to_owned()).collect()
    }

    fn files(folder: &str, prefix: &str) -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
        files.map(|file| format!("{prefix}{}", file.file_name().into_string().unwrap())).collect()
    }

    #[test]
    fn every_file_of_the_folder_is_served() {
        let mut files_there = files("static", "");
        files_there.extend(files("static/chatkit", ELEMENT));
        assert_eq!(names(&FIXED).union(&names(&VERSIONED)).cloned().collect::<BTreeSet<_>>(), files_there);
    }

    #[test]
    fn whatever_a_page_or_a_script_names_is_served() {
        for asset in FIXED.iter().chain(VERSIONED.iter()) {
            let content = asset.content();
            for text in content.split(['"', '\'']) {
                if text.starts_with('/')
                    && text.contains('.')
                    && !text.contains(' ')
                    && !text.starts_with("/api/")
                {
                    assert!(find(text).is_some(), "{} names {text}", asset.name);
                }
                if let Some(module) = text.strip_prefix("./") {
                    let folder = if asset.name.starts_with(ELEMENT) { ELEMENT } else { "" };
                    let module = format!("{folder}{module}");
                    assert!(
                        VERSIONED.iter().any(|asset| asset.name == module),
                        "{} names {text}",
                        asset.name
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere_and_no_script_or_style_is_inline() {
        for asset in FIXED.iter().chain(VERSIONED.iter()).filter(|asset| asset.name != "favicon.svg") {
            let content = asset.content().replace("http://www.w3.org/2000/svg", "");
            assert!(!content.contains("src=\"http") && !content.contains("href=\"http"), "{}", asset.name);
            for forbidden in [
                " style=",
                " onclick=",
                " onload=",
                "<style",
                "innerHTML",
                "outerHTML",
                "eval(",
                "document.write",
            ] {
                assert!(!content.contains(forbidden), "{} has {forbidden}", asset.name);
            }
            for script in content.split("<script").skip(1) {
                assert!(script.contains(" src=\"/assets/"), "{} has an inline script", asset.name);
            }
        }
    }

    #[test]
    fn a_path_is_immutable_only_under_the_current_version() {
        assert!(find(&format!("/assets/{}/main.js", version())).unwrap().is_immutable);
        assert!(!find("/assets/0123456789ab/main.js").unwrap().is_immutable);
        assert!(!find("/").unwrap().is_immutable);
    }

    #[test]
    fn the_element_is_for_others_below_a_path_of_its_own_and_names_nothing_else() {
        let found = find("/chatkit/element.js").unwrap();
        assert!(found.is_for_others && !found.is_immutable);
        let versioned = find(&format!("/assets/{}/chatkit/element.js", version())).unwrap();
        assert!(!versioned.is_for_others && versioned.is_immutable);
        for asset in VERSIONED.iter().filter(|asset| asset.name.starts_with(ELEMENT)) {
            assert!(!asset.content().contains("from \"../"), "{} names a file of the page", asset.name);
        }
    }

    #[test]
    fn other_paths_are_not_found() {
        for path in [
            "/index.html",
            "/main.js",
            "/assets/main.js",
            "/assets//../main.js",
            "/static/main.js",
            "/chatkit/main.js",
            "/chatkit/",
            "/chatkit/../main.js",
            "/not-found.html",
            "",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }
}
