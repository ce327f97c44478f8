//! A connection that can be reset from within a call.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The connection of a request.
#[derive(Clone, Default)]
pub(crate) struct Connection(Arc<Flags>);

#[derive(Default)]
struct Flags {
    reset: AtomicBool,
    /// Somebody waits for everything that was written to be on its way.
    awaited: AtomicBool,
    flushed: AtomicBool,
    requests: AtomicU64,
    answering: AtomicBool,
    head_begun: AtomicBool,
}

/// What goes on on a connection.
pub(super) struct Activity {
    /// How many requests there were.
    pub(super) requests: u64,
    /// A request is being answered.
    pub(super) answering: bool,
    /// Bytes came after the latest request.
    pub(super) head_begun: bool,
}

/// A request is being answered for as long as this lives.
pub(super) struct Answering<'a>(&'a Flags);

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        self.0.answering.store(false, Ordering::Relaxed);
    }
}

impl Connection {
    /// The head of a request is there.
    pub(super) fn answering(&self) -> Answering<'_> {
        self.0.requests.fetch_add(1, Ordering::Relaxed);
        self.0.answering.store(true, Ordering::Relaxed);
        self.0.head_begun.store(false, Ordering::Relaxed);
        Answering(&self.0)
    }

    pub(super) fn activity(&self) -> Activity {
        Activity {
            requests: self.0.requests.load(Ordering::Relaxed),
            answering: self.0.answering.load(Ordering::Relaxed),
            head_begun: self.0.head_begun.load(Ordering::Relaxed),
        }
    }

    /// Nothing more is written: the peer sees a reset.
    pub(crate) fn reset(&self) {
        self.0.reset.store(true, Ordering::Release);
    }

    /// Whether everything that was written before the first of these calls is on its way. If not, the
    /// task of the connection is woken when it is.
    pub(super) fn is_flushed(&self) -> bool {
        self.0.awaited.store(true, Ordering::Release);
        self.0.flushed.load(Ordering::Acquire)
    }
}

/// A stream that fails, and resets its peer, once its handle says so.
pub(crate) struct Resettable {
    stream: TcpStream,
    handle: Connection,
}

impl Resettable {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            handle: Connection::default(),
        }
    }

    pub(crate) fn handle(&self) -> Connection {
        self.handle.clone()
    }

    fn check(&self) -> io::Result<()> {
        if !self.handle.0.reset.load(Ordering::Acquire) {
            return Ok(());
        }
        // Without lingering, closing sends a reset.
        let _ = self.stream.set_zero_linger();
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for Resettable {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.check()?;
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        let flags = &this.handle.0;
        if buffer.filled().len() > before && !flags.answering.load(Ordering::Relaxed) {
            flags.head_begun.store(true, Ordering::Relaxed);
        }
        read
    }
}

impl AsyncWrite for Resettable {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.check()?;
        Pin::new(&mut this.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.check()?;
        Pin::new(&mut this.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.check()?;
        let flushed = Pin::new(&mut this.stream).poll_flush(context);
        let flags = &this.handle.0;
        if flushed.is_ready()
            && flags.awaited.load(Ordering::Acquire)
            && !flags.flushed.swap(true, Ordering::AcqRel)
        {
            // Bodies are polled by the task that flushes.
            context.waker().wake_by_ref();
        }
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.check()?;
        Pin::new(&mut this.stream).poll_shutdown(context)
    }
}
