//! Sessions that calls are signed with.

use super::{OperationId, PathStep, StructureId};
use crate::names::FieldName;

/// Sessions: the service issues short-lived credentials for one resource, and calls whose endpoint
/// requires a session are signed with them.
#[derive(Clone, Debug)]
pub struct Sessions {
    /// The auth scheme of such endpoints.
    pub scheme: String,
    /// The operation that opens a session.
    pub operation: OperationId,
    /// The field of its input that names the resource of the session.
    pub input: FieldName,
    /// The endpoint parameter that names the resource of other calls.
    pub parameter: FieldName,
    /// The credentials in its output.
    pub credentials: CredentialsShape,
    /// The header for the token of a session, in lower case.
    pub token_header: String,
    /// The query parameter for the token, if the signature is in the query.
    pub token_parameter: String,
    /// The client's setting for other credentials.
    pub provider: String,
    /// The client's setting that disables sessions.
    pub disabled_by: FieldName,
    /// The environment variable for the same setting.
    pub variable: String,
    /// The key in profiles for the same setting.
    pub profile: String,
    /// The feature in the user agent: a variant of the runtime's credential features.
    pub feature: Option<String>,
}

/// Credentials, as a structure.
#[derive(Clone, Debug)]
pub struct CredentialsShape {
    /// The field of an output that contains them.
    pub step: PathStep,
    /// The structure.
    pub structure: StructureId,
    /// Their id.
    pub access_key_id: PathStep,
    /// Their secret.
    pub secret_access_key: PathStep,
    /// Their token.
    pub session_token: PathStep,
    /// When they expire.
    pub expiration: PathStep,
}
