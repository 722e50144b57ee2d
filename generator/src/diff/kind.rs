//! The kinds of changes, and who notices them.

/// Who notices a change, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Code that uses the client may not compile any more.
    Compile,
    /// Code compiles, and calls that were right may fail or go elsewhere.
    Runtime,
    /// Calls succeed as before, and something about them is different.
    Behaviour,
    /// There is more than before.
    Addition,
    /// The service accepts more or fewer values, which the client does not check.
    Constraint,
    /// Only words have changed.
    Documentation,
    /// The model says it, and neither the client nor what it is answered has anything of it.
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
        /// The client has no such operation any more.
        OperationRemoved = "operation-removed", "operation removed";
        /// Another operation has the same method and URI.
        OperationRenamed = "operation-renamed", "operation renamed";
        /// There is no such structure, union, enum or error any more.
        TypeRemoved = "type-removed", "type removed";
        /// Another type has the same content.
        TypeRenamed = "type-renamed", "type renamed";
        /// A structure has no such field any more, and its builder no such method.
        FieldRemoved = "field-removed", "field removed";
        /// Another field means the same member on the wire.
        FieldRenamed = "field-renamed", "field renamed";
        /// A field has another type, which includes `Option<T>` in place of `T`.
        FieldType = "field-type", "type of a field changed";
        /// A union or enum has no such variant any more.
        VariantRemoved = "variant-removed", "variant removed";
        /// Another variant means the same value.
        VariantRenamed = "variant-renamed", "variant renamed";
        /// What a variant of a union carries has another type.
        VariantType = "variant-type", "type of a variant changed";
        /// An operation's error has no such variant any more.
        OperationErrorRemoved = "operation-error-removed", "error removed from an operation";
        /// What a builder's `build` returns.
        BuildResult = "build-result", "result of `build()` changed";
        /// An operation has no `into_paginator` any more.
        PaginatorRemoved = "paginator-removed", "paginator removed";
        /// A paginator has no such method any more.
        PaginatorMethodRemoved = "paginator-method-removed", "method of a paginator removed";
        /// A paginator's method has another type.
        PaginatorType = "paginator-type", "type of a paginator's method changed";
        /// Requests of an operation cannot be signed for others any more.
        PresigningRemoved = "presigning-removed", "presigned requests removed";
        /// The client has no such method any more.
        WaiterRemoved = "waiter-removed", "waiter removed";
        /// The client's configuration has no such setting any more.
        SettingRemoved = "setting-removed", "setting of the client removed";
        /// A parameter of the endpoint rules is gone.
        EndpointParameterRemoved = "endpoint-parameter-removed", "parameter of endpoints removed";
        /// A parameter of the endpoint rules has another type.
        EndpointParameterType = "endpoint-parameter-type", "type of a parameter of endpoints changed";
    }
    Runtime {
        /// A request is not complete any more without this member.
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
        /// The string that an enum's variant stands for.
        VariantValue = "variant-value", "value of a variant changed";
        /// A number that requests may have and the service does not know any more.
        NumberRemoved = "number-removed", "value of an integer enum removed";
        /// What a response calls an error.
        ErrorCode = "error-code", "code of an error changed";
        /// How elements of XML, or what stands for them in a form, are named and put into each other.
        Form = "form", "form in the message changed";
        /// The name or version that requests have for the service.
        Target = "target", "name or version of the service in requests changed";
        /// The service does not speak the protocol any more.
        Protocol = "protocol", "protocol changed";
        /// A way to authenticate calls is gone.
        Authentication = "authentication", "authentication changed";
        /// The name that requests are signed with.
        SigningName = "signing-name", "signing name changed";
        /// The id that names settings in the environment and in profiles.
        SdkId = "sdk-id", "id in settings changed";
        /// The rules for endpoints, and nobody knows what they lead to.
        EndpointRules = "endpoint-rules", "endpoint rules changed";
        /// The endpoint that the model expects in one of its test cases.
        EndpointCase = "endpoint-case", "another endpoint in the case";
        /// The rules need the parameter.
        EndpointParameterRequired = "endpoint-parameter-required", "parameter of endpoints newly required";
        /// The default of a parameter of the rules.
        EndpointParameterDefault = "endpoint-parameter-default", "default of a parameter of endpoints changed";
        /// What an operation tells the endpoint rules is another value, or nothing any more.
        EndpointBinding = "endpoint-binding", "what it tells the endpoint rules changed";
        /// Bodies of which nobody knows the length are not sent any more.
        LengthRequired = "length-required", "length of the body newly required";
        /// What is put before the host.
        HostPrefix = "host-prefix", "prefix of the host changed";
        /// Requests need a checksum from now on.
        ChecksumRequired = "checksum-required", "checksum of requests newly required";
        /// The service does not say any more that it reads compressed requests.
        CompressionRemoved = "compression-removed", "compression of requests removed";
        /// The service does not name the endpoint any more.
        EndpointDiscoveryRemoved = "endpoint-discovery-removed", "discovery of the endpoint removed";
    }
    Behaviour {
        /// The rules for endpoints, which lead to the same in all cases that both models have.
        EndpointRulesTested = "endpoint-rules-tested", "endpoint rules changed, and no endpoint in their cases";
        /// What the model expects in a test case that was an error.
        EndpointCaseOfError = "endpoint-case-of-error", "another outcome of the case that was an error";
        /// An operation tells the endpoint rules something that it did not.
        EndpointBindingAdded = "endpoint-binding-added", "told to the endpoint rules from now on";
        /// The value of a member that is not set.
        Default = "default", "default changed";
        /// Whether a value that equals its default is sent.
        DefaultSent = "default-sent", "sending of the default changed";
        /// What is put in place of a required member that a response leaves out.
        FilledIn = "filled-in", "filling in of a missing member changed";
        /// The member that gets a random token.
        IdempotencyToken = "idempotency-token", "idempotency token changed";
        /// The members that pages go by.
        Pagination = "pagination", "pagination changed";
        /// What a waiter waits for, and how often it asks.
        Waiting = "waiting", "waiter changed";
        /// Whether `Debug` hides a value.
        Sensitivity = "sensitivity", "hiding in logs changed";
        /// Whether an error is retried.
        Retryability = "retryability", "retries changed";
        /// Whether users are told to move away.
        Deprecation = "deprecation", "deprecation changed";
        /// The HTTP status of an error: users see it, and retries go by it.
        ErrorStatus = "error-status", "status of an error changed";
        /// Calls are made by another protocol, and the service goes on to speak the one that it was.
        ProtocolPreferred = "protocol-preferred", "another protocol preferred";
        /// There are other ways to authenticate beside those that there were.
        AuthenticationAdded = "authentication-added", "ways to authenticate added";
        /// Calls are authenticated in another one of the ways that there were, if several would do.
        AuthenticationPreferred = "authentication-preferred", "another way to authenticate preferred";
        /// Requests are compressed from now on.
        Compression = "compression", "compression of requests added";
        /// Whether the service is asked for the endpoint, and what it is told.
        EndpointDiscovery = "endpoint-discovery", "discovery of the endpoint changed";
        /// Whether signatures cover the body.
        UnsignedPayload = "unsigned-payload", "signing of the body changed";
        /// Which checksums are sent, unless users choose, and which ones are checked.
        Checksums = "checksums", "checksums changed";
        /// Requests have no checksum any more.
        ChecksumRemoved = "checksum-removed", "checksum of requests removed";
        /// What the client does for an operation because the service is known to want it.
        Handling = "handling", "handling of calls changed";
        /// The member that has the text of errors.
        ErrorText = "error-text", "member with the text of errors changed";
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
        /// Requests of an operation can be signed for others to send.
        PresigningAdded = "presigning-added", "presigned requests added";
        /// The client got a method that waits.
        WaiterAdded = "waiter-added", "waiter added";
        /// The client's configuration got a setting.
        SettingAdded = "setting-added", "setting of the client added";
        /// The endpoint rules got a parameter.
        EndpointParameterAdded = "endpoint-parameter-added", "parameter of endpoints added";
    }
    Constraint {
        /// A request may leave the member out.
        MemberOptional = "member-optional", "no longer required";
        /// Bodies may be sent whose length nobody knows.
        LengthOptional = "length-optional", "length of the body no longer required";
        /// `@length`, `@range`, `@pattern` or `@uniqueItems` leave out what was accepted.
        Narrowed = "narrowed", "accepts less";
        /// They leave out less.
        Widened = "widened", "accepts more";
        /// Nobody knows whether another `@pattern` accepts more or less.
        Pattern = "pattern", "pattern changed";
        /// What the service takes for a member that requests leave out.
        ServiceDefault = "service-default", "default of the service changed";
        /// A number that the service knows from now on.
        NumberAdded = "number-added", "value of an integer enum added";
    }
    Documentation {
        /// The words about it.
        Documentation = "documentation", "documentation";
        /// What people call the service.
        Title = "title", "title of the service";
        /// The version of the service's interface, which links to its documentation have.
        ServiceVersion = "service-version", "version of the service changed";
    }
    Model {
        /// The HTTP status of success: any status of success is one for clients.
        Status = "status", "status of success changed";
        /// Whether the model says that an operation changes nothing.
        ReadOnly = "read-only", "effects changed";
        /// Whether an operation may be repeated.
        Idempotent = "idempotent", "idempotence changed";
        /// A number that responses do not have any more.
        NumberUnused = "number-unused", "value of an integer enum not returned any more";
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
