//! The image's documents (OCI Image Format Specification 1.1), and the archive they are in.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::str::FromStr;

use oci_spec::image::{
    Config, Descriptor, DescriptorBuilder, Digest, ImageConfiguration, ImageConfigurationBuilder,
    ImageIndexBuilder, ImageManifestBuilder, MediaType, OciLayoutBuilder, PlatformBuilder, RootFsBuilder,
};
use tar::{Builder, Header};

use crate::error::Error;
use crate::layer::{Layer, digest};

/// An image to write.
pub struct Image {
    /// Its layers, lowest first.
    pub layers: Vec<Layer>,
    /// How a container of it runs.
    pub config: Config,
    /// When it was made, in seconds since 1970.
    pub date: u64,
}

impl Image {
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
            .config(self.config.clone())
            .rootfs(roots)
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
