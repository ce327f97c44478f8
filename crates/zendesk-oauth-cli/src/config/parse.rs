//! From the settings file's text to what it says. What it does not know is refused by name, with the place.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, Key, TableLike};
use zendesk_oauth::Secret;

use super::access::{Access, LoginEntry};
use super::environment::token;
use super::file::{Located, Profile, SettingsFile};
use super::{address, profile_name};
use crate::failure::Failure;
use crate::text::printable;

/// The file and its text, to name places in it.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

/// One table, with the names that lead to it.
struct Table<'a> {
    reader: &'a Reader<'a>,
    name: String,
    items: &'a dyn TableLike,
    span: Option<Range<usize>>,
}

/// Reads the text.
pub(crate) fn file(path: &Path, text: &str) -> Result<SettingsFile, Failure> {
    let reader = Reader { path, text };
    let document = Document::parse(text).map_err(|error| {
        // The error's own text quotes the line, and that may have a secret.
        let what = printable(error.message());
        reader.failure(error.span(), &format!("it is no TOML: {what}"))
    })?;
    let top = Table {
        reader: &reader,
        name: String::new(),
        items: document.as_table(),
        span: None,
    };
    top.knows(&["profile", "profiles"])?;
    let mut profiles = std::collections::BTreeMap::new();
    if let Some(table) = top.table("profiles")? {
        for (name, _) in table.items.iter() {
            let span = table.span_of(name);
            profile_name::check(name).map_err(|why| reader.failure(span, &why))?;
            let Some(table) = table.table(name)? else {
                continue;
            };
            profiles.insert(name.to_owned(), profile(&table)?);
        }
    }
    let current = top.text("profile")?;
    if let Some(Located { value, .. }) = &current
        && !profiles.contains_key(value)
    {
        let what = format!("there is no profile {}", printable(value));
        return Err(reader.failure(top.span_of("profile"), &what));
    }
    Ok(SettingsFile {
        path: path.to_owned(),
        profile: current,
        profiles,
    })
}

/// The line of a place, from 1.
pub(crate) fn line_of(text: &[u8], at: usize) -> usize {
    let before = &text[..at.min(text.len())];
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

fn profile(table: &Table<'_>) -> Result<Profile, Failure> {
    table.knows(&["url", "integration", "support", "zis", "chat"])?;
    let mut url = table.needed("url")?;
    url.value = address::checked(&url.value)
        .map_err(|why| table.reader.failure(table.span_of("url"), &why))?;
    let access = |name: &str, has_logins: bool| -> Result<_, Failure> {
        let Some(area) = table.table(name)? else {
            return Ok(None);
        };
        let line = table.reader.line(table.span_of(name));
        let value = if has_logins {
            support(&area)?
        } else {
            area.knows(&["token"])?;
            Access::Token(area.secret("token")?)
        };
        Ok(Some(Located { value, line }))
    };
    Ok(Profile {
        integration: table.text("integration")?,
        support: access("support", true)?,
        zis: access("zis", false)?,
        chat: access("chat", false)?,
        url,
    })
}

fn support(table: &Table<'_>) -> Result<Access, Failure> {
    let has = |name: &str| table.items.contains_key(name);
    match (has("token"), has("api_token"), has("login")) {
        (true, false, false) => {
            table.knows(&["token"])?;
            Ok(Access::Token(table.secret("token")?))
        }
        (false, true, false) => {
            table.knows(&["api_token", "email"])?;
            Ok(Access::ApiToken {
                email: table.needed("email")?.value,
                token: table.secret("api_token")?,
            })
        }
        (false, false, true) => {
            table.knows(&["login", "client_id", "client_secret", "scopes"])?;
            login(table)
        }
        _ => {
            let what = "it needs one of token, api_token with email, and login with client_id, and \
                        not two of them";
            Err(table.failure(what))
        }
    }
}

fn login(table: &Table<'_>) -> Result<Access, Failure> {
    let grant = table.needed("login")?.value;
    let is_client_credentials = match grant.as_str() {
        "authorization_code" => false,
        "client_credentials" => true,
        _ => {
            let what = "login is \"authorization_code\" or \"client_credentials\"";
            return Err(table.reader.failure(table.span_of("login"), what));
        }
    };
    let client_secret = match table.items.contains_key("client_secret") {
        true => Some(table.secret("client_secret")?),
        false if is_client_credentials => {
            return Err(table.failure("client_credentials needs a client_secret"));
        }
        false => None,
    };
    let scopes = table.texts("scopes")?;
    Ok(Access::Login(LoginEntry {
        is_client_credentials,
        client_id: table.needed("client_id")?.value,
        client_secret,
        scopes: scopes.unwrap_or_else(|| vec!["read".to_owned()]),
    }))
}

impl Reader<'_> {
    fn line(&self, span: Option<Range<usize>>) -> usize {
        line_of(self.text.as_bytes(), span.map_or(0, |span| span.start))
    }

    fn failure(&self, span: Option<Range<usize>>, what: &str) -> Failure {
        let path = self.path.display();
        let Some(span) = span else {
            return Failure::usage(format!("{path}: {what}"));
        };
        let line = self.line(Some(span.clone()));
        let before = self.text.get(..span.start).unwrap_or_default();
        let column = before.rsplit('\n').next().unwrap_or_default();
        let column = column.chars().count() + 1;
        Failure::usage(format!("{path}:{line}:{column}: {what}"))
    }
}

impl<'a> Table<'a> {
    fn item(&self, name: &str) -> Option<&'a Item> {
        self.items.get(name)
    }

    /// Where a member stands.
    fn span_of(&self, name: &str) -> Option<Range<usize>> {
        let (key, item) = self.items.get_key_value(name)?;
        Key::span(key).or_else(|| item.span())
    }

    fn failure(&self, what: &str) -> Failure {
        let what = format!("{}: {what}", self.name);
        self.reader.failure(self.span.clone(), &what)
    }

    fn wrong(&self, name: &str, what: &str) -> Failure {
        let what = format!("{}{name} {what}", self.prefix());
        self.reader.failure(self.span_of(name), &what)
    }

    fn prefix(&self) -> String {
        match self.name.is_empty() {
            true => String::new(),
            false => format!("{}.", self.name),
        }
    }

    /// Refuses every member that is none of these.
    fn knows(&self, names: &[&str]) -> Result<(), Failure> {
        for (name, _) in self.items.iter() {
            if !names.contains(&name) {
                let what = format!(
                    "{}{} is no setting; there are {}",
                    self.prefix(),
                    printable(name),
                    names.join(", ")
                );
                return Err(self.reader.failure(self.span_of(name), &what));
            }
        }
        Ok(())
    }

    fn table(&self, name: &str) -> Result<Option<Table<'a>>, Failure>
    where
        Self: 'a,
    {
        let Some(item) = self.item(name) else {
            return Ok(None);
        };
        let items = item
            .as_table_like()
            .ok_or_else(|| self.wrong(name, "is to be a table"))?;
        Ok(Some(Table {
            reader: self.reader,
            name: format!("{}{name}", self.prefix()),
            items,
            span: item.span().or_else(|| self.span_of(name)),
        }))
    }

    fn text(&self, name: &str) -> Result<Option<Located<String>>, Failure> {
        let Some(item) = self.item(name) else {
            return Ok(None);
        };
        match item.as_str() {
            Some(text) if !text.trim().is_empty() => Ok(Some(Located {
                value: text.to_owned(),
                line: self.reader.line(self.span_of(name)),
            })),
            Some(_) => Err(self.wrong(name, "is empty")),
            None => Err(self.wrong(name, "is to be a text in quotes")),
        }
    }

    fn needed(&self, name: &str) -> Result<Located<String>, Failure> {
        let text = self.text(name)?;
        text.ok_or_else(|| self.failure(&format!("{name} is missing")))
    }

    fn secret(&self, name: &str) -> Result<Secret, Failure> {
        let text = self.needed(name)?.value;
        token(&text).map_err(|_| self.wrong(name, "has blanks, or what is not ASCII"))
    }

    fn texts(&self, name: &str) -> Result<Option<Vec<String>>, Failure> {
        let Some(item) = self.item(name) else {
            return Ok(None);
        };
        let array = item.as_array();
        let texts = array.and_then(|array| {
            let text = |it: &toml_edit::Value| it.as_str().map(str::to_owned);
            array.iter().map(text).collect::<Option<Vec<_>>>()
        });
        match texts {
            Some(texts) if !texts.is_empty() => Ok(Some(texts)),
            _ => Err(self.wrong(name, "is to be a list of texts, such as [\"read\"]")),
        }
    }
}
