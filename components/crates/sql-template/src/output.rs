//! A text that the compiler writes.

/// A text of at most `CAPACITY` bytes. What does not fit is counted and left out: with a capacity of 0 a first run tells the
/// length, and a second one, with that capacity, writes.
#[derive(Clone, Copy, Debug)]
pub struct Output<const CAPACITY: usize> {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl<const CAPACITY: usize> Output<CAPACITY> {
    /// An empty text.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: [0; CAPACITY], length: 0 }
    }

    /// Adds what fits.
    pub const fn push(&mut self, text: &[u8]) {
        if let Some((_, free)) = self.bytes.split_at_mut_checked(self.length)
            && let Some((place, _)) = free.split_at_mut_checked(text.len())
        {
            place.copy_from_slice(text);
        }
        self.length += text.len();
    }

    /// How long it is, in bytes, what did not fit included.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The text; empty where it did not fit.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match self.bytes.split_at_checked(self.length) {
            Some((written, _)) => match str::from_utf8(written) {
                Ok(text) => text,
                Err(_) => "",
            },
            None => "",
        }
    }
}

impl<const CAPACITY: usize> Default for Output<CAPACITY> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn written<const CAPACITY: usize>() -> Output<CAPACITY> {
        let mut output = Output::new();
        output.push("ä".as_bytes());
        output.push(b"bc");
        output
    }

    #[test]
    fn a_text_is_measured_first_and_then_fits() {
        const LENGTH: usize = written::<0>().length();
        assert_eq!(written::<LENGTH>().as_str(), "äbc");
        assert_eq!(written::<3>().as_str(), "");
    }
}
