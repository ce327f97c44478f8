//! What generated code names: the interface that progenitor's output expects of its client library,
//! with a [`Response`] whose body is read, and an [`Error`] that keeps everything and prints
//! nothing secret.

mod answer_hint;
mod body_error;
mod byte_stream;
mod call_error;
mod communication;
mod decode;
mod decode_error;
mod elsewhere;
mod encode_path;
mod error;
mod error_display;
mod hooks;
mod pairs;
mod query;
mod record;
mod response;
mod response_value;

pub use body_error::{BodyError, BodyProblem};
pub use byte_stream::ByteStream;
pub use call_error::CallError;
pub use communication::{CommunicationError, CommunicationKind};
pub use decode::DecodeProblem;
pub use decode_error::DecodeError;
pub use elsewhere::ElsewhereError;
pub use encode_path::encode_path;
pub use error::Error;
pub use hooks::{ClientHooks, ClientInfo, OperationInfo};
pub use query::{QueryParam, RequestBuilderExt};
#[doc(hidden)]
pub use record::{keep, missing_field};
pub use response::Response;
pub use response_value::ResponseValue;

pub(crate) use call_error::is_transient_status;
pub(crate) use decode::lenient_json;
