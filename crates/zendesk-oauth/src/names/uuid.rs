//! `Uuid`: which connection, or which ZIS OAuth client, for ever.

use super::Broken;

/// The UUID of a connection or of a ZIS OAuth client, such as
/// `9c81f444-4beb-4ba7-9bcc-6b2d068e7ade` (RFC 9562, section 4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(String);

checked_name!(
    Uuid,
    "UUID",
    "8-4-4-4-12 hexadecimal digits with `-` between, such as 9c81f444-4beb-4ba7-9bcc-6b2d068e7ade",
    is_uuid
);

fn is_uuid(text: &str) -> Result<(), Broken> {
    let is_allowed = |index: usize, char: char| match index {
        8 | 13 | 18 | 23 => char == '-',
        0..36 => char.is_ascii_hexdigit(),
        // It is too long, which is the better reason.
        _ => true,
    };
    let mut chars = text.chars().enumerate();
    if let Some((index, found)) = chars.find(|(index, char)| !is_allowed(*index, *char)) {
        let at = index + 1;
        return Err(Broken::Character { at, found });
    }
    match text.chars().count() {
        36 => Ok(()),
        count => Err(Broken::Length(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::Uuid;

    #[test]
    fn a_uuid_has_five_groups_of_hexadecimal_digits() {
        for good in [
            "9c81f444-4beb-4ba7-9bcc-6b2d068e7ade",
            "9C81F444-4BEB-4BA7-9BCC-6B2D068E7ADE",
        ] {
            assert_eq!(Uuid::new(good).unwrap().as_str(), good);
        }
        for (bad, why) in [
            ("", "it is empty"),
            ("my_connection", "its character 1 is `m`"),
            ("9c81f4444beb4ba79bcc6b2d068e7ade", "its character 9 is `4`"),
            (
                "9c81f444-4beb-4ba7-9bcc-6b2d068e7adg",
                "its character 36 is `g`",
            ),
            (
                "9c81f444-4beb-4ba7-9bcc-6b2d068e7ade ",
                "it is 37 characters long",
            ),
            (
                "{9c81f444-4beb-4ba7-9bcc-6b2d068e7ade}",
                "its character 1 is `{`",
            ),
            ("9c81f444", "it is 8 characters long"),
        ] {
            let error = Uuid::new(bad).unwrap_err().to_string();
            assert!(
                error.contains(why) && error.contains("8-4-4-4-12"),
                "{error}"
            );
        }
    }
}
