//! What the types of names have in common.

/// Gives a newtype of `String` its constructors and conversions. `$what` and `$rule` go into the
/// error; `$check` is the rule.
macro_rules! checked_name {
    ($type:ident, $what:literal, $rule:literal, $check:path) => {
        impl $type {
            /// Checks `name` against the rule.
            ///
            /// # Errors
            ///
            /// [`NameError`](crate::NameError), which says the rule.
            pub fn new(name: impl Into<String>) -> Result<Self, crate::NameError> {
                let name = name.into();
                match $check(&name) {
                    Ok(()) => Ok(Self(name)),
                    Err(broken) => Err(crate::NameError::new($what, $rule, broken, &name)),
                }
            }

            /// The name as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $type {
            type Err = crate::NameError;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::new(name)
            }
        }

        impl TryFrom<&str> for $type {
            type Error = crate::NameError;

            fn try_from(name: &str) -> Result<Self, Self::Error> {
                Self::new(name)
            }
        }

        impl TryFrom<String> for $type {
            type Error = crate::NameError;

            fn try_from(name: String) -> Result<Self, Self::Error> {
                Self::new(name)
            }
        }

        impl TryFrom<&String> for $type {
            type Error = crate::NameError;

            fn try_from(name: &String) -> Result<Self, Self::Error> {
                Self::new(name)
            }
        }

        impl From<&$type> for $type {
            fn from(name: &$type) -> Self {
                name.clone()
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}
