//! How the objects of the protocol are written down here.

/// Makes a struct of members that are always there, and behind the semicolon of those that are left out when absent. `camel`
/// before the name is how members of widgets are written.
macro_rules! record {
    ($(#[$meta:meta])* camel $name:ident { $($required:tt)* }) => {
        record! { @make #[serde(rename_all = "camelCase")] $(#[$meta])* $name { $($required)* } }
    };
    ($(#[$meta:meta])* $name:ident { $($required:tt)* }) => {
        record! { @make $(#[$meta])* $name { $($required)* } }
    };
    (@make $(#[$meta:meta])* $name:ident {
        $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)?
        $(; $($(#[$optional_meta:meta])* $optional:ident: $optional_type:ty),* $(,)?)?
    }) => {
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        $(#[$meta])*
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            $($(
                $(#[$optional_meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $optional: Option<$optional_type>,
            )*)?
        }
    };
}

/// Makes an enum of names. The first is the default.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $first:ident = $first_text:literal $(, $variant:ident = $text:literal)* $(,)? }) => {
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        $(#[$meta])*
        #[allow(missing_docs, reason = "a name says itself")]
        pub enum $name {
            #[default]
            #[serde(rename = $first_text)]
            $first,
            $(#[serde(rename = $text)] $variant,)*
        }
    };
}

pub(crate) use {names, record};
