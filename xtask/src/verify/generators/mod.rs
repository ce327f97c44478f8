//! The client generators, one module each.

pub mod openapi_generator;
pub mod openapi_generator_go;
pub mod openapi_generator_python;
pub mod openapi_generator_ruby;
pub mod openapi_generator_rust;
pub mod openapi_python_client;
pub mod openapi_typescript;
pub mod program;
pub mod stems;

use crate::verify::job::Generator;

/// All of them, in the order of the table.
pub fn all() -> Vec<&'static dyn Generator> {
    vec![
        &openapi_typescript::OpenapiTypescript,
        &openapi_python_client::OpenapiPythonClient,
        &openapi_generator_python::OpenapiGeneratorPython,
        &openapi_generator_go::OpenapiGeneratorGo,
        &openapi_generator_ruby::OpenapiGeneratorRuby,
        &openapi_generator_rust::OpenapiGeneratorRust,
    ]
}
