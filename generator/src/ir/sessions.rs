//! Sessions that calls are signed in.

use super::{OperationId, PathStep, StructureId};
use crate::names::FieldName;

/// Sessions: the service gives credentials for one thing and a short time, and calls whose endpoint
/// wants it are signed with these.
#[derive(Clone, Debug)]
pub struct Sessions {
    /// The auth scheme of such endpoints.
    pub scheme: String,
    /// The operation that opens a session.
    pub operation: OperationId,
    /// The field of its input that says what the session is for.
    pub input: FieldName,
    /// The parameter of the endpoint that says it of other calls.
    pub parameter: FieldName,
    /// What it gives.
    pub credentials: CredentialsShape,
    /// The header that has the token of a session, in lower case.
    pub token_header: String,
    /// The parameter of the query that has it, where the signature is there.
    pub token_parameter: String,
    /// The setting of the client that takes other credentials.
    pub provider: String,
    /// The setting of the client that does without sessions.
    pub disabled_by: FieldName,
    /// The variable of the environment that sets the same.
    pub variable: String,
    /// The key of profiles that sets the same.
    pub profile: String,
    /// What the user agent says of a session: a variant of the runtime's features of credentials.
    pub feature: Option<String>,
}

/// Credentials, as a structure.
#[derive(Clone, Debug)]
pub struct CredentialsShape {
    /// The field of an output that has them.
    pub step: PathStep,
    /// The structure.
    pub structure: StructureId,
    /// Their id.
    pub access_key_id: PathStep,
    /// Their secret.
    pub secret_access_key: PathStep,
    /// Their token.
    pub session_token: PathStep,
    /// Until when they hold.
    pub expiration: PathStep,
}
