//! How wide the columns of a table are on a terminal. No IO.

use crate::text::width;

/// A terminal that is narrower has no room for a table.
const NARROWEST: usize = 60;

/// What is wider is a text, and is wrapped before others are.
const SHORT: usize = 24;

/// So much of a word stays together, the more the better.
const WORDS: [usize; 3] = [24, 12, 8];

/// The width of each column without what is between them; none if the terminal is too narrow for a table.
pub(super) fn widths(
    header: &[String],
    rows: &[Vec<String>],
    terminal: usize,
    between: usize,
) -> Option<Vec<usize>> {
    let column = |at: usize| {
        let cells = rows.iter().filter_map(move |row| row.get(at));
        header.get(at).into_iter().chain(cells)
    };
    let widest = |at| column(at).map(|it| width(it)).max().unwrap_or_default();
    let wanted: Vec<usize> = (0..header.len()).map(widest).collect();
    let room = terminal.checked_sub(between * header.len().saturating_sub(1))?;
    if wanted.iter().sum::<usize>() <= room {
        return Some(wanted);
    }
    if terminal < NARROWEST {
        return None;
    }
    let least = |of_word: usize| {
        let columns = header.iter().enumerate().map(|(at, name)| {
            let cells = column(at).map(|it| least_of(it, of_word)).max();
            width(name).max(cells.unwrap_or_default())
        });
        columns.collect::<Vec<usize>>()
    };
    let fits = |given: &Vec<usize>| given.iter().sum::<usize>() <= room;
    let mut given = WORDS.into_iter().map(least).find(fits)?;
    let mut left = room - given.iter().sum::<usize>();
    // What needs least is whole first: names and scopes before texts and addresses.
    let mut order: Vec<usize> = (0..header.len()).collect();
    order.sort_by_key(|at| wanted[*at]);
    for (done, at) in order.iter().enumerate() {
        let missing = wanted[*at].saturating_sub(given[*at]);
        let share = if wanted[*at] <= SHORT {
            left
        } else {
            left / (header.len() - done)
        };
        let more = missing.min(share);
        given[*at] += more;
        left -= more;
    }
    Some(given)
}

/// The width without which something is broken that has to stay whole: a number, a time, so much of a word.
fn least_of(cell: &str, of_word: usize) -> usize {
    let is_time_or_number = cell
        .chars()
        .all(|it| it.is_ascii_digit() || matches!(it, ' ' | '-' | ':' | '.'));
    if is_time_or_number {
        return width(cell);
    }
    let words = cell.split_whitespace().map(width);
    words.max().unwrap_or_default().min(of_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn numbers_times_and_headers_stay_whole() {
        let header = owned(&["id", "redirect_uri", "created_at", "text"]);
        let long = "word ".repeat(40);
        let uri = format!("https://app.example/{}", "x".repeat(80));
        let rows = [owned(&["28401000000001", &uri, "2026-01-01 00:00", &long])];
        let widths = widths(&header, &rows, 80, 2).expect("it fits");
        assert_eq!((widths[0], widths[2]), (14, 16));
        assert!(widths[1] >= 12 && widths[3] >= 4, "{widths:?}");
        assert!(widths.iter().sum::<usize>() + 6 <= 80, "{widths:?}");
    }

    #[test]
    fn words_are_broken_before_there_is_no_table() {
        let header = owned(&[
            "id",
            "identifier",
            "name",
            "kind",
            "redirect_uri",
            "updated_at",
        ]);
        let uri = "http://localhost:8080/callback, http://127.0.0.1:8080/callback";
        let time = "2026-01-01 00:00";
        let names = ["28401000000001", "zis_other_integration", "Starter Client"];
        let rows = [owned(
            &[&names[..], &["confidential", uri, time][..]].concat(),
        )];
        for terminal in [80, 100, 120] {
            let widths = widths(&header, &rows, terminal, 2).expect("it fits");
            assert_eq!((widths[0], widths[5]), (14, 16), "{terminal}: {widths:?}");
            assert!(widths[1] >= 10 && widths[4] >= 12, "{terminal}: {widths:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_table() {
        let header = owned(&["identifier", "created_at", "expires_at", "last_used_at"]);
        let time = "2026-01-01 00:00";
        let rows = [owned(&["28401000000001", time, time, time])];
        assert_eq!(widths(&header, &rows, 60, 2), None);
        assert_eq!(widths(&header, &rows, 68, 2), Some(vec![14, 16, 16, 16]));
        let narrow = [owned(&["1", "2", "3", "4"])];
        assert_eq!(widths(&header, &narrow, 50, 2), Some(vec![10, 10, 10, 12]));
    }
}
