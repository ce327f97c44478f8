//! `Seen`: whether a cursor came before, in bounded memory.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Cursor;

/// How many cursors are remembered, as hashes: 32 KiB, less than the page that is in memory
/// anyway.
const REMEMBERED: usize = 4_096;

/// The cursors of a walk, as far as it takes to notice that it goes in a circle.
///
/// A circle of up to 4,096 pages is noticed at its first cursor that comes again. A longer one is
/// noticed by Brent's algorithm (<https://doi.org/10.1007/BF01933190>), which remembers one cursor
/// more: if n pages lead to a circle of c, after about 3·max(n, c) pages at the latest.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    latest: VecDeque<u64>,
    /// Brent's tortoise: the cursor that stands while the walk goes on.
    standing: Option<u64>,
    /// How many cursors came since it stands, and after how many it moves.
    since: u64,
    until: u64,
}

impl Seen {
    /// Notes a cursor; says whether it is new.
    pub(crate) fn note(&mut self, cursor: &Cursor) -> bool {
        // Two cursors of one hash would end a walk with an error; among a million pages that has a
        // probability of 10^-10.
        let hash = hash(cursor);
        if self.standing == Some(hash) || self.latest.contains(&hash) {
            return false;
        }
        if self.since == self.until {
            self.standing = Some(hash);
            self.until = self.until.saturating_mul(2).max(1);
            self.since = 0;
        }
        self.since = self.since.saturating_add(1);
        if self.latest.len() == REMEMBERED {
            self.latest.pop_front();
        }
        self.latest.push_back(hash);
        true
    }
}

fn hash(cursor: &Cursor) -> u64 {
    let mut hasher = DefaultHasher::new();
    cursor.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many cursors are taken of a walk that goes `tail` pages and then in a circle of `circle`.
    fn taken(tail: u64, circle: u64) -> u64 {
        let mut seen = Seen::default();
        let mut taken = 0;
        loop {
            let place = if taken < tail {
                taken
            } else {
                tail + (taken - tail) % circle
            };
            if !seen.note(&Cursor::new(place.to_string())) {
                return taken;
            }
            taken += 1;
        }
    }

    #[test]
    fn a_circle_of_up_to_4096_pages_ends_at_the_first_cursor_that_comes_again() {
        for tail in [0, 1, 7, 5_000] {
            for circle in [1, 2, 3, 2_000, 4_096] {
                assert_eq!(taken(tail, circle), tail + circle, "{tail} {circle}");
            }
        }
    }

    #[test]
    fn a_longer_circle_ends_too() {
        for (tail, circle) in [(0, 4_097), (1, 6_000), (8_000, 5_000)] {
            let taken = taken(tail, circle);
            assert!(taken >= tail + circle, "{tail} {circle}: {taken}");
            assert!(
                taken <= 3 * tail.max(circle) + 3,
                "{tail} {circle}: {taken}"
            );
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut seen = Seen::default();
        assert!((0..10_000).all(|number| seen.note(&Cursor::new(number.to_string()))));
        assert_eq!(seen.latest.len(), REMEMBERED);
        assert!(seen.latest.capacity() <= 2 * REMEMBERED);
    }
}
