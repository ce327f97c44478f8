//! What errors print.

use std::error::Error;

/// Everything that prints of an error: both formats of both traits, of it and of each of its sources.
pub fn printed(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        text.push_str(&format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n"));
        next = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    /// Prints its depth and the way it is printed.
    struct Layer(u8, Option<Box<Layer>>);

    impl fmt::Display for Layer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "display {} {}", self.0, f.alternate())
        }
    }

    impl fmt::Debug for Layer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "debug {} {}", self.0, f.alternate())
        }
    }

    impl Error for Layer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_ref().map(|source| &**source as &dyn Error)
        }
    }

    #[test]
    fn every_format_of_every_source_is_printed() {
        let error = Layer(0, Some(Box::new(Layer(1, Some(Box::new(Layer(2, None)))))));
        let text = printed(&error);
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        let of_each = |depth| {
            [
                format!("display {depth} false"),
                format!("display {depth} true"),
                format!("debug {depth} false"),
                format!("debug {depth} true"),
            ]
        };
        assert_eq!(lines, [of_each(0), of_each(1), of_each(2)].concat());
    }
}
