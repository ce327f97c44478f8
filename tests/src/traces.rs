//! Everything that is traced in a process.

use std::io;
use std::sync::{Arc, LazyLock, Mutex};

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::{MakeWriter, format::FmtSpan};
use tracing_subscriber::util::SubscriberInitExt as _;

/// Everything that is traced or logged in the process, in memory.
#[derive(Clone, Debug, Default)]
pub struct Traces(Arc<Mutex<Vec<u8>>>);

impl Traces {
    /// Of our crates and of those below them, at the finest level, from the first call on.
    ///
    /// # Panics
    ///
    /// If somebody else listens already.
    pub fn of_the_process() -> Self {
        static TRACES: LazyLock<Traces> = LazyLock::new(|| {
            let traces = Traces::default();
            let subscriber = tracing_subscriber::fmt()
                .with_max_level(LevelFilter::TRACE)
                .with_span_events(FmtSpan::FULL)
                .with_ansi(false)
                .with_writer(traces.clone())
                .finish();
            subscriber.init();
            traces
        });
        TRACES.clone()
    }

    /// What was traced until now.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("no writer panics")).into_owned()
    }
}

impl io::Write for Traces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = self.0.lock().expect("no writer panics");
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Traces {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
