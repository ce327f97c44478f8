//! How a client says what drives it.

use std::{collections::BTreeMap, fmt::Debug};

use serde::{Serialize, de::DeserializeOwned};
use xtask::document::Document;
use zendesk_oauth_core::{Credentials, Operation, RetryPolicy, Transport, TransportBuilder};

use crate::{
    called::{Answered, Calling, Failed},
    documents::{self, DocumentedOperation},
    exchange::Exchange,
    typed::Type,
};

/// A generated client.
pub trait TypedClient: Clone + Debug + Send + Sync + 'static {}

impl<C: Clone + Debug + Send + Sync + 'static> TypedClient for C {}

/// Makes the call of an operation; [`call!`](crate::call) writes one.
pub type Call<C> = fn(&C) -> Calling<'_>;

/// A document and its client, driven.
#[derive(Debug)]
pub struct Described<C: TypedClient> {
    pub(crate) document: Document,
    /// Of the document.
    pub(crate) operations: Vec<DocumentedOperation>,
    /// Of the generated code.
    pub(crate) table: &'static [Operation],
    pub(crate) servers: &'static [&'static str],
    client: fn(Transport) -> C,
    /// What the crate drives, by operationId.
    driven: BTreeMap<&'static str, Driven<C>>,
    types: BTreeMap<&'static str, Type>,
}

#[derive(Clone, Debug)]
struct Driven<C> {
    call: Call<C>,
    exchange: Exchange,
}

impl<C: TypedClient> Described<C> {
    /// The document of this name and its generated client, with nothing driven yet.
    ///
    /// # Panics
    /// When there is no such document.
    pub fn new(
        name: &str,
        client: fn(Transport) -> C,
        table: &'static [Operation],
        servers: &'static [&'static str],
    ) -> Self {
        let document = documents::document(name);
        Self {
            operations: documents::operations(&document),
            document,
            table,
            servers,
            client,
            driven: BTreeMap::new(),
            types: BTreeMap::new(),
        }
    }

    /// Drives an operation by one call with fixed arguments; secrets among them are canaries.
    ///
    /// # Panics
    /// When it is driven already.
    #[must_use]
    pub fn operation(mut self, id: &'static str, call: Call<C>, exchange: Exchange) -> Self {
        let before = self.driven.insert(id, Driven { call, exchange });
        assert!(before.is_none(), "{id} is driven twice");
        self
    }

    /// Examples of the schema are of the type `T`.
    ///
    /// # Panics
    /// When it is driven already.
    #[must_use]
    pub fn schema<T: DeserializeOwned + Serialize + Debug>(mut self, name: &'static str) -> Self {
        let before = self.types.insert(name, Type::of::<T>());
        assert!(before.is_none(), "the schema {name} is driven twice");
        self
    }

    /// The operations and schemas that are driven, and that the document does not have.
    pub(crate) fn strays(&self) -> Vec<&'static str> {
        let is_documented = |id: &&'static str| self.operations.iter().any(|it| it.id == **id);
        let operations = self.driven.keys().copied().filter(|id| !is_documented(id));
        let schemas = documents::schema_examples(&self.document);
        let is_schema = |name: &&'static str| schemas.iter().any(|(known, _)| *known == **name);
        let types = self.types.keys().copied().filter(|name| !is_schema(name));
        operations.chain(types).collect()
    }

    pub(crate) fn exchange(&self, operation: &str) -> &Exchange {
        &self.driven(operation).exchange
    }

    /// The type of a component schema.
    pub(crate) fn type_of(&self, schema: &str) -> &Type {
        let found = self.types.get(schema);
        found.unwrap_or_else(|| {
            panic!("the schema {schema} is not driven: add `.schema::<types::…>({schema:?})`")
        })
    }

    fn driven(&self, operation: &str) -> &Driven<C> {
        let found = self.driven.get(operation);
        found.unwrap_or_else(|| {
            panic!("{operation} is not driven: add `.operation({operation:?}, call!(…), …)`")
        })
    }

    /// A client of the server at this address.
    pub(crate) fn client(&self, url: &str, credentials: &Credentials) -> C {
        self.client_by(url, credentials, |builder| builder)
    }

    /// The same over one reqwest client, which tests with many servers make once: a client of its own
    /// reads the system's certificates each time.
    pub(crate) fn client_over(
        &self,
        http: &reqwest::Client,
        url: &str,
        credentials: &Credentials,
    ) -> C {
        self.client_by(url, credentials, |builder| {
            builder.http_client(http.clone())
        })
    }

    fn client_by(
        &self,
        url: &str,
        credentials: &Credentials,
        change: impl Fn(TransportBuilder) -> TransportBuilder,
    ) -> C {
        // The stem of the document's own server belongs to the address.
        let url = format!("{url}{}", documents::stem(&self.document));
        // Each test looks at one answer.
        let builder = Transport::builder(&url)
            .credentials(credentials.clone())
            .retry_policy(RetryPolicy::never());
        (self.client)(change(builder).build().expect("a base URL"))
    }

    /// Makes the call of one operation.
    pub(crate) async fn call(&self, client: &C, operation: &str) -> Result<Answered, Failed> {
        self.call_and_print(client, operation).await.1
    }

    /// What makes the call of one operation.
    pub(crate) fn maker(&self, operation: &str) -> Call<C> {
        self.driven(operation).call
    }

    /// Makes the call of one operation; with how its builder printed before it was sent.
    pub(crate) fn call_and_print<'a>(&self, client: &'a C, operation: &str) -> Calling<'a> {
        (self.driven(operation).call)(client)
    }
}

/// A reqwest client for [`Described::client_over`], set as the transport would set it.
pub(crate) fn http() -> reqwest::Client {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.build().expect("TLS starts")
}
