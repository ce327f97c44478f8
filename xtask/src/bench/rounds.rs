//! Two sides by turns, in rounds: each round gives one ratio, so that what slows the machine for a while slows both.

/// What one side took for a piece of work.
pub type Side<'a> = &'a mut dyn FnMut() -> Result<f64, String>;

/// So many rounds, after one that does not count. A round is ours, other, other, ours, and the next one the other way
/// round; it gives the mean of each side.
///
/// # Errors
/// What one of the sides said.
pub fn by_turns(rounds: usize, ours: Side<'_>, other: Side<'_>) -> Result<Vec<[f64; 2]>, String> {
    let mut taken = Vec::with_capacity(rounds);
    for round in 0..=rounds {
        let pair = if round % 2 == 0 {
            outer_and_inner(ours, other)?
        } else {
            let [of_other, of_ours] = outer_and_inner(other, ours)?;
            [of_ours, of_other]
        };
        if round > 0 {
            taken.push(pair);
        }
    }
    Ok(taken)
}

fn outer_and_inner(outer: Side<'_>, inner: Side<'_>) -> Result<[f64; 2], String> {
    let first = outer()?;
    let between = inner()? + inner()?;
    Ok([(first + outer()?) / 2.0, between / 2.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn sides_take_turns_and_the_first_round_does_not_count() {
        let order = RefCell::new(String::new());
        let side = |name: char, seconds: f64| {
            let order = &order;
            move || {
                order.borrow_mut().push(name);
                Ok(seconds)
            }
        };
        let rounds = by_turns(2, &mut side('a', 2.0), &mut side('b', 4.0)).unwrap();
        assert_eq!(rounds, [[2.0, 4.0], [2.0, 4.0]]);
        assert_eq!(*order.borrow(), "abbabaababba");
    }
}
