//! The ways in which the chart runs the app.

/// A mode of the chart, and what runs its pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The runtime's image pulls the artifact.
    RuntimeImage,
    /// The node's containerd shim runs the artifact.
    RuntimeClass,
    /// SpinKube's operator makes pods of the runtime's image.
    SpinKubeImage,
    /// SpinKube's operator makes pods for the node's containerd shim.
    SpinKubeClass,
}

impl Mode {
    /// Those in which the chart makes the pods itself.
    pub const OWN: [Self; 2] = [Self::RuntimeImage, Self::RuntimeClass];

    /// For names of namespaces and tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::RuntimeImage => "runtime-image",
            Self::RuntimeClass => "runtime-class",
            Self::SpinKubeImage => "spinkube-image",
            Self::SpinKubeClass => "spinkube-class",
        }
    }

    /// What the chart is set to.
    pub fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::RuntimeImage => {
                &[("mode", "runtime-image"), ("minReadySeconds", "1"), ("rollout.maxUnavailable", "0")]
            }
            Self::RuntimeClass => &[
                ("mode", "runtime-class"),
                ("runtimeClass.create", "true"),
                ("minReadySeconds", "1"),
                ("rollout.maxUnavailable", "0"),
            ],
            Self::SpinKubeImage => {
                &[("mode", "spinkube"), ("spinkube.runBy", "runtime-image"), ("spinkube.harden", "true")]
            }
            Self::SpinKubeClass => &[
                ("mode", "spinkube"),
                ("spinkube.runBy", "runtime-class"),
                ("spinkube.harden", "true"),
                ("runtimeClass.create", "true"),
            ],
        }
    }
}
