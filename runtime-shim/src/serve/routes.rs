//! Which component answers a path, with Spin's rules.
//!
//! A route is a path of segments; `:name` stands for any one segment, a final `/...` for any rest, the empty one too.
//! Of several routes that fit, the one with the earlier exact segment wins, then `:name`, then the wildcard.

use app_manifest::{Manifest, Route, StaticResponse};
use std::collections::BTreeMap;

/// Who answers.
#[derive(Clone, Debug)]
pub enum Target {
    /// A component.
    Component(String),
    /// A fixed answer.
    Fixed(StaticResponse),
}

/// A route that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    /// Not a path.
    #[error("route {0:?}: {1}")]
    Invalid(String, &'static str),
    /// Two routes for the same paths.
    #[error("routes {0:?} and {1:?} answer for the same paths")]
    Duplicate(String, String),
}

/// All routes of an app.
#[derive(Debug, Default)]
pub struct Routes {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    exact: BTreeMap<String, Node>,
    any: Option<Box<Node>>,
    end: Option<Entry>,
    wildcard: Option<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    route: String,
    target: Target,
    /// Names of `:name` segments, in order.
    names: Vec<String>,
}

/// A route found for a path.
#[derive(Debug)]
pub struct Matched<'a> {
    /// The route as the manifest writes it.
    pub route: &'a str,
    /// Who answers.
    pub target: &'a Target,
    /// `:name` segments and their values.
    pub named: Vec<(&'a str, String)>,
    /// What the wildcard stands for, with its leading slash; empty without a wildcard.
    pub rest: String,
}

impl Routes {
    /// The routes of `manifest`.
    ///
    /// # Errors
    /// [`RouteError`] naming the route.
    pub fn new(manifest: &Manifest) -> Result<Self, RouteError> {
        let mut routes = Self::default();
        for trigger in &manifest.trigger.http {
            let Route::Pattern(route) = &trigger.route else { continue };
            let target = match (trigger.component_id(), &trigger.static_response) {
                (Some(id), _) => Target::Component(id.to_owned()),
                (None, Some(fixed)) => Target::Fixed(fixed.clone()),
                (None, None) => continue,
            };
            routes.add(route, target)?;
        }
        Ok(routes)
    }

    fn add(&mut self, route: &str, target: Target) -> Result<(), RouteError> {
        let invalid = |why| RouteError::Invalid(route.to_owned(), why);
        let path = route.strip_prefix('/').ok_or(invalid("must start with a slash"))?;
        let (path, wildcard) = match path.strip_suffix("...") {
            Some("") => ("", true),
            Some(path) => (path.strip_suffix('/').ok_or(invalid("`...` must be a whole segment"))?, true),
            None => (path, false),
        };
        let mut node = &mut self.root;
        let mut names = Vec::new();
        for segment in path.split('/').filter(|s| !s.is_empty()) {
            if segment.contains("...") {
                return Err(invalid("`...` must be the last segment"));
            }
            node = match segment.strip_prefix(':') {
                Some("") => return Err(invalid("`:` without a name")),
                Some(name) => {
                    names.push(name.to_owned());
                    node.any.get_or_insert_default()
                }
                None => node.exact.entry(segment.to_owned()).or_default(),
            };
        }
        let place = if wildcard { &mut node.wildcard } else { &mut node.end };
        if let Some(other) = place {
            return Err(RouteError::Duplicate(other.route.clone(), route.to_owned()));
        }
        *place = Some(Entry { route: route.to_owned(), target, names });
        Ok(())
    }

    /// The route for `path` (without query), if any.
    pub fn find(&self, path: &str) -> Option<Matched<'_>> {
        let segments: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).collect();
        let mut values = Vec::new();
        let (entry, rest) = find(&self.root, &segments, &mut values)?;
        let named =
            entry.names.iter().map(String::as_str).zip(values.iter().map(|v| (*v).to_owned())).collect();
        let rest = match rest {
            None => String::new(),
            Some(rest) => {
                let mut text: String = rest.iter().flat_map(|s| ["/", s]).collect();
                if path.ends_with('/') {
                    text.push('/');
                }
                text
            }
        };
        Some(Matched { route: &entry.route, target: &entry.target, named, rest })
    }
}

type Found<'n, 'p> = (&'n Entry, Option<Vec<&'p str>>);

fn find<'n, 'p>(node: &'n Node, segments: &[&'p str], values: &mut Vec<&'p str>) -> Option<Found<'n, 'p>> {
    let Some((first, rest)) = segments.split_first() else {
        return match (&node.end, &node.wildcard) {
            (Some(entry), _) => Some((entry, None)),
            (None, Some(entry)) => Some((entry, Some(Vec::new()))),
            (None, None) => None,
        };
    };
    if let Some(found) = node.exact.get(*first).and_then(|next| find(next, rest, values)) {
        return Some(found);
    }
    if let Some(next) = &node.any {
        values.push(first);
        if let Some(found) = find(next, rest, values) {
            return Some(found);
        }
        values.pop();
    }
    node.wildcard.as_ref().map(|entry| (entry, Some(segments.to_vec())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(patterns: &[&str]) -> Routes {
        let mut routes = Routes::default();
        for pattern in patterns {
            routes.add(pattern, Target::Component((*pattern).to_owned())).unwrap();
        }
        routes
    }

    #[test]
    fn the_most_specific_route_wins() {
        let routes = routes(&[
            "/...",
            "/api/...",
            "/api/v1/tasks",
            "/api/:version/tasks",
            "/api/v1/tasks/:id",
            "/exact",
        ]);
        let table = [
            ("/", "/...", "/"),
            ("/other", "/...", "/other"),
            ("/exact", "/exact", ""),
            ("/exact/", "/exact", ""),
            ("/exact/more", "/...", "/exact/more"),
            ("/api", "/api/...", ""),
            ("/api/", "/api/...", "/"),
            ("/api/v1/tasks", "/api/v1/tasks", ""),
            ("/api/v2/tasks", "/api/:version/tasks", ""),
            ("/api/v1/tasks/7", "/api/v1/tasks/:id", ""),
            ("/api/v2/tasks/7", "/api/...", "/v2/tasks/7"),
            ("/api/v1/other/", "/api/...", "/v1/other/"),
        ];
        for (path, route, rest) in table {
            let found = routes.find(path).unwrap();
            assert_eq!((found.route, found.rest.as_str()), (route, rest), "{path}");
        }
    }

    #[test]
    fn named_segments_carry_their_values() {
        let routes = routes(&["/u/:user/t/:task/..."]);
        let found = routes.find("/u/ann/t/7/x").unwrap();
        assert_eq!(found.named, [("user", "ann".to_owned()), ("task", "7".to_owned())]);
        assert!(routes.find("/u/ann").is_none());
    }

    #[test]
    fn routes_that_are_none_are_refused() {
        for route in ["api", "/a...", "/a/.../b", "/:", ""] {
            assert!(Routes::default().add(route, Target::Component(String::new())).is_err(), "{route}");
        }
        let mut twice = routes(&["/a/:x"]);
        assert!(matches!(
            twice.add("/a/:y", Target::Component(String::new())),
            Err(RouteError::Duplicate(..))
        ));
    }
}
