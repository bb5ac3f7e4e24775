//! A zip archive that is sent while it is made.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::{Failure, Pieces};

/// A zip archive that is never whole in memory.
pub(super) struct Archive<'t> {
    pub(super) zip: ZipWriter<StreamWriter<Spool>>,
    spool: Spool,
    to: &'t mut Pieces,
    options: SimpleFileOptions,
}

impl<'t> Archive<'t> {
    pub(super) fn new(to: &'t mut Pieces, now: chrono::DateTime<chrono::Utc>) -> Self {
        let spool = Spool::default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(dos_time(now).unwrap_or_default());
        Self { zip: ZipWriter::new_stream(spool.clone()), spool, to, options }
    }

    pub(super) fn file(&mut self, name: &str) -> Result<(), Failure> {
        Ok(self.zip.start_file(name, self.options)?)
    }

    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.zip.write_all(text.as_bytes())
    }

    /// An object to which more is added.
    pub(super) fn json_without_end(&mut self, object: &Value) -> io::Result<()> {
        let text = object.to_string();
        self.text(text.strip_suffix('}').unwrap_or(&text))
    }

    pub(super) fn sheet<const N: usize>(
        &mut self,
        name: &str,
        columns: [&str; N],
        lines: &[[String; N]],
    ) -> Result<(), Failure> {
        self.file(name)?;
        self.lines(&[columns.map(str::to_owned)])?;
        self.lines(lines)
    }

    pub(super) fn lines<const N: usize>(&mut self, lines: &[[String; N]]) -> Result<(), Failure> {
        // RFC 4180 ends a line with both.
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut self.zip);
        for line in lines {
            writer.write_record(line)?;
        }
        Ok(writer.flush()?)
    }

    /// Hands over what was made so far.
    pub(super) async fn send(&mut self) -> Result<(), Failure> {
        let piece = self.spool.take();
        if piece.is_empty() { Ok(()) } else { Ok(self.to.send_data(piece.into()).await?) }
    }

    pub(super) async fn end(self) -> Result<(), Failure> {
        let Self { zip, spool, to, .. } = self;
        zip.finish()?;
        Ok(to.send_data(spool.take().into()).await?)
    }
}

fn dos_time(now: chrono::DateTime<chrono::Utc>) -> Option<zip::DateTime> {
    zip::DateTime::try_from(now.naive_utc()).ok()
}

/// What was made and not sent yet.
#[derive(Clone, Default)]
pub(super) struct Spool(Arc<Mutex<Vec<u8>>>);

impl Spool {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
