//! Files that belong to messages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::{names, record};

names! {
    /// How a file is uploaded.
    UploadMethod { Post = "POST", Put = "PUT" }
}

record! {
    /// Where a file is to be sent, in the second phase of an upload.
    UploadDescriptor {
        /// The whole address.
        url: String,
        /// The method of the request.
        method: UploadMethod,
        /// What headers the request has beside those of every request.
        #[serde(default)]
        headers: BTreeMap<String, String>,
    }
}

record! {
    /// A file.
    FileAttachment {
        /// Names it.
        id: String,
        /// The file's name.
        name: String,
        /// Its media type.
        mime_type: String;
        /// Where its content is to be sent; absent once it is there.
        upload_descriptor: UploadDescriptor,
        /// The thread it was sent in.
        thread_id: String,
    }
}

record! {
    /// A picture.
    ImageAttachment {
        /// Names it.
        id: String,
        /// The file's name.
        name: String,
        /// Its media type.
        mime_type: String,
        /// Where a preview is.
        preview_url: String;
        /// Where its content is to be sent; absent once it is there.
        upload_descriptor: UploadDescriptor,
        /// The thread it was sent in.
        thread_id: String,
    }
}

/// What is attached to a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Attachment {
    /// A file.
    File(FileAttachment),
    /// A picture.
    Image(ImageAttachment),
}
