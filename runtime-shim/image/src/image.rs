//! The image's documents (OCI Image Format Specification 1.1), and the archive they are in.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::str::FromStr;

use oci_spec::image::{
    Config, ConfigBuilder, Descriptor, DescriptorBuilder, Digest, ImageConfiguration,
    ImageConfigurationBuilder, ImageIndexBuilder, ImageManifestBuilder, MediaType, OciLayoutBuilder,
    PlatformBuilder, RootFsBuilder,
};
use tar::{Builder, Header};

use crate::contents::{APP, COMPILED, TARGET_CPU, USER};
use crate::error::Error;
use crate::layer::{Layer, digest};

/// Where the app takes requests; the chart and the Dockerfile name the same.
const PORT: u16 = 8080;
/// Where metrics and health are.
const MANAGEMENT_PORT: u16 = 9464;

/// An image to write.
pub struct Image<'a> {
    /// Its layers, lowest first.
    pub layers: Vec<Layer>,
    /// When the release was made, in seconds since 1970.
    pub date: u64,
    /// From which commit.
    pub revision: &'a str,
}

impl Image<'_> {
    /// Writes the archive; gives the digest of the manifest.
    pub fn write(&self, name: &str, out: &Path) -> Result<String, Error> {
        let configuration = self.configuration()?.to_string()?.into_bytes();
        let mut blobs = vec![configuration.clone()];
        let mut layers = Vec::new();
        for layer in &self.layers {
            layers.push(describe(MediaType::ImageLayerGzip, &layer.bytes)?);
            blobs.push(layer.bytes.clone());
        }
        let manifest = ImageManifestBuilder::default()
            .schema_version(2u32)
            .media_type(MediaType::ImageManifest)
            .config(describe(MediaType::ImageConfig, &configuration)?)
            .layers(layers)
            .build()?
            .to_string()?
            .into_bytes();
        let manifest_digest = digest(&manifest);
        let mut described = describe(MediaType::ImageManifest, &manifest)?;
        let tag = name.rsplit_once(':').map_or("latest", |(_, tag)| tag);
        described.set_annotations(Some(
            [("io.containerd.image.name", name), ("org.opencontainers.image.ref.name", tag)]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into(),
        ));
        described.set_platform(Some(PlatformBuilder::default().os("linux").architecture("amd64").build()?));
        blobs.push(manifest);
        let index = ImageIndexBuilder::default()
            .schema_version(2u32)
            .media_type(MediaType::ImageIndex)
            .manifests([described])
            .build()?
            .to_string()?;
        self.archive(&index, &blobs, out)?;
        Ok(manifest_digest)
    }

    fn archive(&self, index: &str, blobs: &[Vec<u8>], out: &Path) -> Result<(), Error> {
        let file = File::create(out).map_err(Error::at(out))?;
        let mut archive = Builder::new(file);
        let layout = OciLayoutBuilder::default().image_layout_version("1.0.0").build()?.to_string()?;
        let mut add = |path: &str, bytes: &[u8]| {
            let mut header = Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_mtime(self.date);
            archive.append_data(&mut header, path, bytes).map_err(Error::at(out))
        };
        add("oci-layout", layout.as_bytes())?;
        add("index.json", index.as_bytes())?;
        for blob in blobs {
            add(&format!("blobs/{}", digest(blob).replacen(':', "/", 1)), blob)?;
        }
        archive.into_inner().and_then(|mut file| file.flush()).map_err(Error::at(out))
    }

    fn configuration(&self) -> Result<ImageConfiguration, Error> {
        let diff_ids: Vec<String> = self.layers.iter().map(|layer| layer.diff_id.clone()).collect();
        let roots = RootFsBuilder::default().typ("layers").diff_ids(diff_ids).build()?;
        Ok(ImageConfigurationBuilder::default()
            .os("linux")
            .architecture("amd64")
            .config(self.config()?)
            .rootfs(roots)
            .build()?)
    }

    fn config(&self) -> Result<Config, Error> {
        let labels = [
            ("title", "todo-assistant runtime"),
            ("description", "Runs the todo assistant's Spin app on wasmtime"),
            ("licenses", "Apache-2.0"),
            ("version", env!("CARGO_PKG_VERSION")),
            ("revision", self.revision),
        ];
        let labels = labels.map(|(key, value)| (format!("org.opencontainers.image.{key}"), value.to_owned()));
        let environment = [
            "PATH=/usr/bin".to_owned(),
            format!("RUNTIME_SHIM_COMPILED_DIR={COMPILED}"),
            format!("RUNTIME_SHIM_TARGET_CPU={TARGET_CPU}"),
            "RUNTIME_SHIM_CACHE_DIR=/tmp/cache".to_owned(),
            "RUNTIME_SHIM_LOG_FORMAT=json".to_owned(),
            format!("SPIN_HTTP_LISTEN_ADDR=0.0.0.0:{PORT}"),
            format!("RUNTIME_SHIM_METRICS_LISTEN=0.0.0.0:{MANAGEMENT_PORT}"),
        ];
        Ok(ConfigBuilder::default()
            .user(format!("{USER}:{USER}"))
            .exposed_ports([PORT, MANAGEMENT_PORT].map(|port| format!("{port}/tcp")))
            .env(environment)
            .entrypoint(["/usr/bin/runtime-shim".to_owned()])
            .working_dir(APP)
            .labels(labels)
            .build()?)
    }
}

fn describe(kind: MediaType, bytes: &[u8]) -> Result<Descriptor, Error> {
    Ok(DescriptorBuilder::default()
        .media_type(kind)
        .size(bytes.len() as u64)
        .digest(Digest::from_str(&digest(bytes))?)
        .build()?)
}
