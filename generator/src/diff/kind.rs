//! The kinds of changes, and who notices them.

/// The severity of a change, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Code that uses the client may no longer compile.
    Compile,
    /// Code compiles, but calls that worked may fail or go elsewhere.
    Runtime,
    /// Calls still succeed but behave differently.
    Behaviour,
    /// Something was added.
    Addition,
    /// The service accepts more or fewer values, which the client does not check.
    Constraint,
    /// Only documentation has changed.
    Documentation,
    /// Only the model has changed, not the client or its responses.
    Model,
}

impl Severity {
    /// All severities, the worst first.
    pub const ALL: [Severity; 7] = [
        Severity::Compile,
        Severity::Runtime,
        Severity::Behaviour,
        Severity::Addition,
        Severity::Constraint,
        Severity::Documentation,
        Severity::Model,
    ];

    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Compile => "compile",
            Severity::Runtime => "runtime",
            Severity::Behaviour => "behaviour",
            Severity::Addition => "addition",
            Severity::Constraint => "constraint",
            Severity::Documentation => "documentation",
            Severity::Model => "model",
        }
    }

    /// Whether users have to do something about it.
    pub fn is_breaking(self) -> bool {
        matches!(self, Severity::Compile | Severity::Runtime)
    }
}

/// Makes the enum and its table from the same rows, so that no kind lacks an entry.
macro_rules! kinds {
    ($($severity:ident { $($(#[doc = $doc:literal])+ $kind:ident = $name:literal, $what:literal;)+ })+) => {
        /// The kinds of changes, in the order in which they are reported.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $($($(#[doc = $doc])+ $kind,)+)+
        }

        impl Kind {
            /// All kinds, in the order in which they are reported.
            pub const ALL: &'static [Kind] = &[$($(Kind::$kind,)+)+];

            /// Who notices such a change.
            pub fn severity(self) -> Severity {
                match self {
                    $($(Kind::$kind)|+ => Severity::$severity,)+
                }
            }

            /// The name for programs, such as `field-removed`.
            pub fn name(self) -> &'static str {
                match self {
                    $($(Kind::$kind => $name,)+)+
                }
            }

            /// What has happened, in a few words.
            pub fn what(self) -> &'static str {
                match self {
                    $($(Kind::$kind => $what,)+)+
                }
            }
        }
    };
}

kinds! {
    Compile {
        /// The client no longer has the operation.
        OperationRemoved = "operation-removed", "operation removed";
        /// Another operation has the same method and URI.
        OperationRenamed = "operation-renamed", "operation renamed";
        /// The structure, union, enum or error no longer exists.
        TypeRemoved = "type-removed", "type removed";
        /// Another type has the same content.
        TypeRenamed = "type-renamed", "type renamed";
        /// A structure no longer has the field, and its builder no longer the method.
        FieldRemoved = "field-removed", "field removed";
        /// Another field means the same member on the wire.
        FieldRenamed = "field-renamed", "field renamed";
        /// A field has another type, such as `Option<T>` instead of `T`.
        FieldType = "field-type", "type of a field changed";
        /// A union or enum no longer has the variant.
        VariantRemoved = "variant-removed", "variant removed";
        /// Another variant means the same value.
        VariantRenamed = "variant-renamed", "variant renamed";
        /// The content of a union's variant has another type.
        VariantType = "variant-type", "type of a variant changed";
        /// An operation's error no longer has the variant.
        OperationErrorRemoved = "operation-error-removed", "error removed from an operation";
        /// The return type of a builder's `build`.
        BuildResult = "build-result", "result of `build()` changed";
        /// An operation no longer has `into_paginator`.
        PaginatorRemoved = "paginator-removed", "paginator removed";
        /// A paginator no longer has the method.
        PaginatorMethodRemoved = "paginator-method-removed", "method of a paginator removed";
        /// A paginator's method has another type.
        PaginatorType = "paginator-type", "type of a paginator's method changed";
        /// Requests of an operation can no longer be presigned.
        PresigningRemoved = "presigning-removed", "presigned requests removed";
        /// The client no longer has the waiter's method.
        WaiterRemoved = "waiter-removed", "waiter removed";
        /// The client's configuration no longer has the setting.
        SettingRemoved = "setting-removed", "setting of the client removed";
        /// The endpoint rules no longer have the parameter.
        EndpointParameterRemoved = "endpoint-parameter-removed", "parameter of endpoints removed";
        /// A parameter of the endpoint rules has another type.
        EndpointParameterType = "endpoint-parameter-type", "type of a parameter of endpoints changed";
    }
    Runtime {
        /// Requests now require the member.
        MemberRequired = "member-required", "newly required";
        /// The HTTP method of an operation.
        Method = "method", "HTTP method changed";
        /// The URI of an operation.
        Uri = "uri", "URI changed";
        /// The header, query parameter, or name in the body of a member.
        MemberPlace = "member-place", "place in the message changed";
        /// How a timestamp is written.
        TimestampFormat = "timestamp-format", "timestamp format changed";
        /// The media type of a request's body.
        MediaType = "media-type", "media type of the body changed";
        /// The string of an enum's variant.
        VariantValue = "variant-value", "value of a variant changed";
        /// A number in requests that the service no longer knows.
        NumberRemoved = "number-removed", "value of an integer enum removed";
        /// The code of an error in responses.
        ErrorCode = "error-code", "code of an error changed";
        /// Names and nesting of XML elements, or of the corresponding keys in a form.
        Form = "form", "form in the message changed";
        /// The name or version of the service in requests.
        Target = "target", "name or version of the service in requests changed";
        /// The service no longer supports the protocol.
        Protocol = "protocol", "protocol changed";
        /// An authentication scheme was removed.
        Authentication = "authentication", "authentication changed";
        /// The name that requests are signed with.
        SigningName = "signing-name", "signing name changed";
        /// The id that names settings in the environment and in profiles.
        SdkId = "sdk-id", "id in settings changed";
        /// The endpoint rules, with unknown effect.
        EndpointRules = "endpoint-rules", "endpoint rules changed";
        /// The endpoint that the model expects in one of its test cases.
        EndpointCase = "endpoint-case", "endpoint in the case changed";
        /// The rules need the parameter.
        EndpointParameterRequired = "endpoint-parameter-required", "parameter of endpoints newly required";
        /// The default of a parameter of the rules.
        EndpointParameterDefault = "endpoint-parameter-default", "default of a parameter of endpoints changed";
        /// An operation passes another value, or none, to the endpoint rules.
        EndpointBinding = "endpoint-binding", "value for the endpoint rules changed";
        /// Bodies of unknown length are no longer sent.
        LengthRequired = "length-required", "length of the body newly required";
        /// The prefix of the host.
        HostPrefix = "host-prefix", "prefix of the host changed";
        /// Requests now require a checksum.
        ChecksumRequired = "checksum-required", "checksum of requests newly required";
        /// The service no longer declares that it reads compressed requests.
        CompressionRemoved = "compression-removed", "compression of requests removed";
        /// The service no longer returns the endpoint.
        EndpointDiscoveryRemoved = "endpoint-discovery-removed", "discovery of the endpoint removed";
    }
    Behaviour {
        /// The endpoint rules, with the same result in all test cases that both models have.
        EndpointRulesTested = "endpoint-rules-tested", "endpoint rules changed, but no endpoint in their test cases";
        /// The result of a test case that was an error.
        EndpointCaseOfError = "endpoint-case-of-error", "outcome of the case that was an error changed";
        /// An operation passes a new value to the endpoint rules.
        EndpointBindingAdded = "endpoint-binding-added", "value for the endpoint rules added";
        /// The value of a member that is not set.
        Default = "default", "default changed";
        /// Whether a value that equals its default is sent.
        DefaultSent = "default-sent", "sending of the default changed";
        /// The value of a required member that a response lacks.
        FilledIn = "filled-in", "filling in of a missing member changed";
        /// The member that gets a random token.
        IdempotencyToken = "idempotency-token", "idempotency token changed";
        /// The members that control pagination.
        Pagination = "pagination", "pagination changed";
        /// What a waiter waits for, and how often it calls.
        Waiting = "waiting", "waiter changed";
        /// Whether `Debug` hides a value.
        Sensitivity = "sensitivity", "hiding in logs changed";
        /// Whether an error is retried.
        Retryability = "retryability", "retries changed";
        /// Deprecation.
        Deprecation = "deprecation", "deprecation changed";
        /// The HTTP status of an error: users see it, and retries depend on it.
        ErrorStatus = "error-status", "status of an error changed";
        /// The client uses another protocol, but the service still supports the old one.
        ProtocolPreferred = "protocol-preferred", "preferred protocol changed";
        /// Authentication schemes were added.
        AuthenticationAdded = "authentication-added", "authentication schemes added";
        /// Another one of several authentication schemes is preferred.
        AuthenticationPreferred = "authentication-preferred", "preferred authentication scheme changed";
        /// Requests are now compressed.
        Compression = "compression", "compression of requests added";
        /// Whether the service is asked for the endpoint, and with which members.
        EndpointDiscovery = "endpoint-discovery", "discovery of the endpoint changed";
        /// Whether signatures cover the body.
        UnsignedPayload = "unsigned-payload", "signing of the body changed";
        /// Which checksums are sent, unless users choose, and which ones are checked.
        Checksums = "checksums", "checksums changed";
        /// Requests no longer have a checksum.
        ChecksumRemoved = "checksum-removed", "checksum of requests removed";
        /// What the client does for an operation because of customizations.
        Handling = "handling", "handling of calls changed";
        /// The member that contains the message of errors.
        ErrorText = "error-text", "member with the message of errors changed";
    }
    Addition {
        /// A new operation, with its input and output.
        OperationAdded = "operation-added", "operation added";
        /// A new structure, union, enum or error.
        TypeAdded = "type-added", "type added";
        /// A new field.
        FieldAdded = "field-added", "field added";
        /// A new variant of a union or enum.
        VariantAdded = "variant-added", "variant added";
        /// A new variant of an operation's error, which was `Unhandled` before.
        OperationErrorAdded = "operation-error-added", "error added to an operation";
        /// An operation got an `into_paginator`.
        PaginatorAdded = "paginator-added", "paginator added";
        /// A paginator got a method.
        PaginatorMethodAdded = "paginator-method-added", "method of a paginator added";
        /// Requests of an operation can be presigned.
        PresigningAdded = "presigning-added", "presigned requests added";
        /// The client got a waiter.
        WaiterAdded = "waiter-added", "waiter added";
        /// The client's configuration got a setting.
        SettingAdded = "setting-added", "setting of the client added";
        /// The endpoint rules got a parameter.
        EndpointParameterAdded = "endpoint-parameter-added", "parameter of endpoints added";
    }
    Constraint {
        /// Requests no longer require the member.
        MemberOptional = "member-optional", "no longer required";
        /// Bodies of unknown length may be sent.
        LengthOptional = "length-optional", "length of the body no longer required";
        /// `@length`, `@range`, `@pattern` or `@uniqueItems` exclude values that were accepted.
        Narrowed = "narrowed", "accepts less";
        /// They exclude fewer values.
        Widened = "widened", "accepts more";
        /// Another `@pattern`, which may accept more or less.
        Pattern = "pattern", "pattern changed";
        /// The value that the service uses if requests lack the member.
        ServiceDefault = "service-default", "default of the service changed";
        /// A new number that the service knows.
        NumberAdded = "number-added", "value of an integer enum added";
    }
    Documentation {
        /// Documentation.
        Documentation = "documentation", "documentation";
        /// The title of the service.
        Title = "title", "title of the service";
        /// The version of the service's API, which is part of links to its documentation.
        ServiceVersion = "service-version", "version of the service changed";
    }
    Model {
        /// The HTTP status of success: clients accept any status of success.
        Status = "status", "status of success changed";
        /// `@readonly`: whether an operation changes nothing.
        ReadOnly = "read-only", "effects changed";
        /// `@idempotent`: whether an operation may be repeated.
        Idempotent = "idempotent", "idempotence changed";
        /// A number that responses no longer contain.
        NumberUnused = "number-unused", "value of an integer enum no longer returned";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_in_the_order_of_their_severity_and_have_names_of_their_own() {
        assert!(Kind::ALL.is_sorted_by_key(|kind| kind.severity()));
        let mut names: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Kind::ALL.len());
    }
}
