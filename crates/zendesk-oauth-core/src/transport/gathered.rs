//! The chunks of a body, put together. No IO.

use bytes::{Bytes, BytesMut};

/// How much to make room for at once. A page of 100 records has less, and a server that announces
/// more has yet to send it.
const MOST_ROOM: usize = 256 * 1024;

/// From this size on a chunk that is the whole body is kept as it is. A smaller one is cheap to copy,
/// and would keep the connection's larger buffer alive.
const WORTH_KEEPING: usize = 16 * 1024;

/// The chunks of a body as far as they have come.
pub(super) struct Gathered {
    announced: usize,
    /// The only chunk, kept as it is.
    only: Bytes,
    /// Copies of all chunks, if there are several or small ones.
    copies: BytesMut,
}

impl Gathered {
    /// Nothing yet, of a body of the announced length.
    pub(super) fn new(announced: Option<u64>) -> Self {
        let announced = announced.and_then(|length| usize::try_from(length).ok());
        Self {
            announced: announced.unwrap_or_default(),
            only: Bytes::new(),
            copies: BytesMut::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.only.len() + self.copies.len()
    }

    pub(super) fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 && chunk.len() >= WORTH_KEEPING {
            self.only = chunk;
            return;
        }
        if self.copies.is_empty() {
            let room = self.announced.min(MOST_ROOM);
            self.copies.reserve(room.max(self.only.len() + chunk.len()));
        }
        self.copies
            .extend_from_slice(&std::mem::take(&mut self.only));
        self.copies.extend_from_slice(&chunk);
    }

    pub(super) fn into_bytes(self) -> Bytes {
        if self.only.is_empty() {
            self.copies.freeze()
        } else {
            self.only
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(byte: u8, length: usize) -> Bytes {
        Bytes::from(vec![byte; length])
    }

    #[test]
    fn chunks_come_together_in_their_order_whatever_their_sizes() {
        let sizes = [0, 1, WORTH_KEEPING - 1, WORTH_KEEPING, WORTH_KEEPING + 1];
        for first in sizes {
            for second in sizes {
                for third in sizes {
                    for announced in [None, Some(0), Some(7), Some(u64::MAX)] {
                        let chunks = [chunk(1, first), chunk(2, second), chunk(3, third)];
                        let mut gathered = Gathered::new(announced);
                        for chunk in chunks.clone() {
                            gathered.push(chunk);
                        }
                        assert_eq!(gathered.len(), first + second + third);
                        assert!(gathered.into_bytes() == chunks.concat());
                    }
                }
            }
        }
    }

    #[test]
    fn a_large_body_in_one_chunk_is_not_copied() {
        let whole = chunk(1, WORTH_KEEPING);
        let mut gathered = Gathered::new(None);
        gathered.push(whole.clone());
        assert_eq!(gathered.into_bytes().as_ptr(), whole.as_ptr());
    }

    #[test]
    fn an_announcement_alone_takes_little_memory() {
        let mut gathered = Gathered::new(Some(u64::MAX));
        assert_eq!(gathered.copies.capacity(), 0);
        gathered.push(chunk(1, 1));
        assert!(gathered.copies.capacity() <= 2 * MOST_ROOM);
    }
}
