//! The generated tables, row by row.

use xtask::openapi::{array, text};

use crate::described::{Described, TypedClient};

/// The rows are the operations, and say of each what the document says.
pub fn the_table_has_what_the_document_says<C: TypedClient>(described: &Described<C>) {
    assert_eq!(described.table.len(), described.operations.len());
    for operation in &described.operations {
        let id = &operation.id;
        let mut rows = described.table.iter().filter(|row| row.id == id);
        let row = rows.next().unwrap_or_else(|| panic!("no row for {id}"));
        assert!(rows.next().is_none(), "two rows for {id}");
        assert_eq!(
            (row.method, row.path),
            (&*operation.method, &*operation.path),
            "{id}"
        );
        assert_eq!(row.security, operation.security, "{id}");
        assert_eq!(row.idempotent, operation.idempotent, "{id}");
        assert_eq!(row.sends_secrets, operation.sends_secrets, "{id}");
    }
}

/// All of them, in order.
pub fn the_servers_are_those_of_the_document<C: TypedClient>(described: &Described<C>) {
    let servers = array(&described.document.root, "servers").iter();
    let servers: Vec<&str> = servers.map(|server| text(server, "url")).collect();
    assert_eq!(described.servers, servers);
}
