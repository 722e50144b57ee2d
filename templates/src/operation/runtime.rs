//! Calls operations.
//!
//! An operation is data: its types, its schemas and a few functions that know the types, erased
//! into an [`OperationSpec`]. The code that serializes, sends, parses and paginates is written here
//! once.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

//~ if aws
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
//~ end
use aws_smithy_runtime::client::orchestrator::invoke;
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::endpoint::EndpointPrefix;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef, Error,
    FinalizerInterceptorContextMut, Input, Output, OutputOrError,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::{
    HttpRequest, HttpResponse, Metadata, OrchestratorError, SensitiveOutput,
};
use aws_smithy_runtime_api::client::result::{CreateUnhandledError, SdkError};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, RuntimePlugins};
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_schema::protocol::ClientProtocol;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::retry::ProvideErrorKind;
use aws_types::request_id::RequestId;
use tracing::Instrument;

use super::call_span::CallSpan;
use super::typed::{self, ErrorResponse};
use crate::client::Handle;
use crate::client::customize::internal::{BoxFuture, SendResult};
use crate::config;
use crate::config::endpoint::ParamsBuilder;
use crate::config::kept_plugins::together;
//~ if aws
use crate::config::user_agent::OwnInterceptors;
//~ end
use crate::error::known::Known;
use crate::error::sealed_unhandled::Unhandled;
use crate::meta;
use crate::response_metadata::ResponseMetadata;
use crate::serde::Structure;

/// The service's protocol: how requests are written and responses read.
static PROTOCOL: LazyLock<meta::Protocol> = LazyLock::new(meta::protocol);

pub(super) fn protocol() -> &'static dyn ClientProtocol {
    &*PROTOCOL
}

/// A type that represents an operation.
pub(crate) trait Specified: Sized + 'static {
    /// The data of the operation.
    ///
    /// It is a constant and not a static, so that programs compile the functions of only those
    /// operations that they use.
    const SPEC: &'static OperationSpec;
}

/// An operation of the service.
pub(crate) trait Operation: Specified {
    /// The input.
    type Input: Structure + fmt::Debug + Send + Sync + 'static;

    /// The type of a successful response.
    type Output: OperationOutput;

    /// The type of a failed response.
    type Error: OperationError;

    /// Whether responses are sensitive: neither logged nor printed with errors.
    const SENSITIVE_OUTPUT: bool = false;

    /// The prefixes of headers of responses that are sensitive.
    const SENSITIVE_HEADERS: &'static [&'static str] = &[];

    /// Sets defaults of members, such as an idempotency token.
    fn prepare(_input: &mut Self::Input, _cfg: &ConfigBag) {}

    /// Checks the members that every request needs.
    fn check(_input: &Self::Input) -> Result<(), BuildError> {
        Ok(())
    }

    /// Returns the strings of the input that users may have recorded, by member name.
    fn recordable(_input: &Self::Input) -> Vec<(&'static str, Option<&str>)> {
        Vec::new()
    }

    /// Sets the parameters of endpoint rules that this operation knows.
    fn endpoint_params(params: ParamsBuilder, _input: &Self::Input) -> ParamsBuilder {
        params
    }

    /// Returns the prefix of the endpoint's host.
    fn host_prefix(_input: &Self::Input) -> Result<Option<EndpointPrefix>, BoxError> {
        Ok(None)
    }

    //~ if labeled-bodies
    /// The media type of a body that is a member of the input, if the protocol does not set it.
    const CONTENT_TYPE: &'static str = "";

    //~ end
    /// The body if its member of the input is not set.
    const UNSET_BODY: &'static str = "";

    /// Changes the request after it has been written, for example compresses its body.
    fn finish(_request: &mut HttpRequest, _cfg: &ConfigBag) -> Result<(), BoxError> {
        Ok(())
    }

    /// Removes members of the input that the request gets from elsewhere.
    fn leave_out(_input: &mut Self::Input) {}

    /// Takes the body of a request from the input, if it is a stream or a document.
    fn take_body(
        _input: &mut Self::Input,
        _cfg: &mut ConfigBag,
    ) -> Result<Option<SdkBody>, BoxError> {
        Ok(None)
    }

    /// Moves the body of a streamed response into the output's builder.
    const PUT_BODY: Option<PutBody<Self>> = None;
    //~ if initial-response

    /// Completes an output that is not entirely in the headers of a response.
    const COMPLETE: Option<super::initial_response::Complete<Self>> = None;
    //~ end

    /// Adds to the plugin what only this operation needs.
    const FEATURES: &'static [Feature] = &[];
}

/// Adds what not all operations need to an operation's plugin while that is built.
pub(crate) type Feature = fn(&mut Layer, &mut RuntimeComponentsBuilder);

/// Moves the body of a response into the builder of an operation's output.
pub(crate) type PutBody<O> = fn(&mut <<O as Operation>::Output as Structure>::Builder, SdkBody);

/// The output of an operation.
pub(crate) trait OperationOutput: Structure + fmt::Debug + Send + Sync + 'static {
    /// Stores the metadata of the response.
    fn set_response_metadata(&mut self, metadata: ResponseMetadata);
}

/// The errors of an operation.
pub(crate) trait OperationError:
    Sized
    + std::error::Error
    + ProvideErrorMetadata
    + ProvideErrorKind
    + CreateUnhandledError
    + Send
    + Sync
    + 'static
{
    /// Reads the error with this code.
    fn read(
        code: &str,
        meta: ErrorMetadata,
        response: &ErrorResponse<'_>,
    ) -> Result<Self, Unhandled>;

    /// Wraps an error that is not in the model, or cannot be read.
    fn of_unhandled(error: Unhandled) -> Self;

    /// Converts the error to that of the service.
    fn known(&self) -> Known<'_>;
}

/// An operation with its types erased, so that the code that uses it is compiled once.
pub(crate) struct OperationSpec {
    pub(super) name: &'static str,
    sensitive_output: bool,
    sensitive_headers: &'static [&'static str],
    functions: Functions,
    features: &'static [Feature],
    kept: &'static Kept,
}

/// The functions that know an operation's types.
struct Functions {
    prepare: fn(&mut Input, &ConfigBag) -> Result<(), BoxError>,
    observe: fn(&Input, &mut ConfigBag) -> Result<(), BoxError>,
    serialize: fn(Input, &mut ConfigBag) -> Result<HttpRequest, BoxError>,
    read_output: fn(&HttpResponse, &ConfigBag) -> Result<Output, Error>,
    read_error: fn(&HttpResponse, &ConfigBag) -> Error,
    read_stream: Option<fn(&mut HttpResponse, &ConfigBag) -> OutputOrError>,
    classifiers: fn(RuntimeComponentsBuilder) -> RuntimeComponentsBuilder,
}

/// The parts of an operation that are kept from one call to the next.
pub(crate) struct Kept {
    plugin: OnceLock<Plugin>,
    span: CallSpan,
}

impl Kept {
    /// Returns the value of the static `place`. Spans have this name and this module.
    pub(crate) const fn new(
        place: &'static Self,
        name: &'static str,
        module: &'static str,
    ) -> Self {
        Self {
            plugin: OnceLock::new(),
            span: CallSpan::new(&place.span, name, module),
        }
    }
}

/// The configuration that an operation adds to a client: the same for every call.
pub(crate) struct Plugin {
    config: FrozenLayer,
    components: RuntimeComponentsBuilder,
}

impl OperationSpec {
    /// Returns the data of the operation `O`.
    pub(crate) const fn new<O: Operation>(name: &'static str, kept: &'static Kept) -> Self {
        Self {
            name,
            sensitive_output: O::SENSITIVE_OUTPUT,
            sensitive_headers: O::SENSITIVE_HEADERS,
            functions: Functions {
                prepare: typed::prepare::<O>,
                observe: typed::observe::<O>,
                serialize: typed::serialize::<O>,
                read_output: typed::read_output::<O>,
                read_error: typed::read_error::<O>,
                read_stream: match O::PUT_BODY {
                    Some(_) => Some(typed::read_stream::<O>),
                    None => None,
                },
                classifiers: typed::classifiers::<O::Error>,
            },
            features: O::FEATURES,
            kept,
        }
    }

    /// Returns the configuration of the operation's runtime plugin.
    pub(crate) fn config(&'static self) -> FrozenLayer {
        self.plugin().config.clone()
    }

    /// Returns the components of the operation's runtime plugin.
    pub(crate) fn components(&'static self) -> Cow<'static, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.plugin().components)
    }

    fn plugin(&'static self) -> &'static Plugin {
        self.kept.plugin.get_or_init(|| {
            let (mut layer, mut components) = (self.layer(), self.build_components());
            for join in self.features {
                join(&mut layer, &mut components);
            }
            together(&mut components);
            //~ if aws
            layer.store_append(OwnInterceptors::of(&components));
            //~ end
            let config = layer.freeze();
            Plugin { config, components }
        })
    }

    fn layer(&'static self) -> Layer {
        let mut layer = Layer::new(self.name);
        layer.store_put(SharedRequestSerializer::new(Serializer(self)));
        layer.store_put(SharedResponseDeserializer::new(Deserializer(self)));
        layer.store_put(AuthSchemeOptionResolverParams::new(
            config::auth::Params::for_operation(self.name),
        ));
        layer.store_put(Metadata::new(self.name, meta::SDK_ID));
        if self.sensitive_output {
            layer.store_put(SensitiveOutput);
        }
        //~ if aws
        let mut signing_options = SigningOptions::default();
        //~ end
        //~ if own-signing
        meta::set_signing(&mut signing_options);
        //~ end
        //~ if usual-signing
        signing_options.double_uri_encode = true;
        signing_options.normalize_uri_path = true;
        signing_options.content_sha256_header = false;
        //~ end
        //~ if aws
        layer.store_put(SigV4OperationSigningConfig {
            signing_options,
            ..Default::default()
        });
        //~ end
        layer
    }

    /// Hides the body and the sensitive headers when an error prints its response. The bytes of the
    /// body remain.
    fn hide(&self, response: &mut HttpResponse) {
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        *response.body_mut() = body.map_preserve_contents(|_| SdkBody::taken());
        let is_hidden = |name: &&str| self.sensitive_headers.iter().any(|it| name.starts_with(it));
        let names = response.headers().iter().map(|(name, _)| name);
        let hidden: Vec<_> = names.filter(is_hidden).map(str::to_owned).collect();
        for name in hidden {
            response
                .headers_mut()
                .insert(name, "*** Sensitive Data Redacted ***");
        }
    }

    fn build_components(&'static self) -> RuntimeComponentsBuilder {
        let components = RuntimeComponentsBuilder::new(self.name)
            .with_interceptor(SharedInterceptor::permanent(InputInterceptor(self)))
            .with_interceptor(SharedInterceptor::permanent(
                StalledStreamProtectionInterceptor::default(),
            ));
        (self.functions.classifiers)(components)
    }
}

/// Processes an operation's input before it is serialized.
#[derive(Debug)]
struct InputInterceptor(&'static OperationSpec);

#[dyn_dispatch_hint]
impl Intercept for InputInterceptor {
    fn name(&self) -> &'static str {
        "InputInterceptor"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        (self.0.functions.observe)(context.input(), cfg)
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _runtime_components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        (self.0.functions.prepare)(context.input_mut(), cfg)
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _runtime_components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // For every call: even a successful one may fail in an interceptor after this.
        match context.response_mut() {
            Some(response) if self.0.sensitive_output => self.0.hide(response),
            _ => {}
        }
        Ok(())
    }
}

impl fmt::Debug for OperationSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationSpec")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Writes requests.
#[derive(Debug)]
struct Serializer(&'static OperationSpec);

impl SerializeRequest for Serializer {
    fn serialize_input(&self, input: Input, cfg: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        (self.0.functions.serialize)(input, cfg)
    }
}

/// Reads responses.
#[derive(Debug)]
struct Deserializer(&'static OperationSpec);

impl DeserializeResponse for Deserializer {
    fn deserialize_streaming_with_config(
        &self,
        response: &mut HttpResponse,
        cfg: &ConfigBag,
    ) -> Option<OutputOrError> {
        let read_stream = self.0.functions.read_stream?;
        // The body of an error is small. It is read completely.
        response
            .status()
            .is_success()
            .then(|| read_stream(response, cfg))
    }

    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        cfg: &ConfigBag,
    ) -> OutputOrError {
        let status = response.status();
        tracing::debug!(request_id = ?response.request_id());
        //~ if errors-in-success
        if status.is_success() && crate::protocol::is_error(response) {
            let error = (self.0.functions.read_error)(response, cfg);
            return Err(OrchestratorError::operation(error));
        }
        //~ end
        if status.is_success() {
            (self.0.functions.read_output)(response, cfg).map_err(OrchestratorError::operation)
        } else {
            Err(OrchestratorError::operation((self.0.functions.read_error)(
                response, cfg,
            )))
        }
    }
}

/// Calls the operation `O`.
pub(crate) async fn call<O>(
    operation: O,
    handle: Arc<Handle>,
    input: Result<O::Input, BuildError>,
    config_override: Option<config::Builder>,
) -> SendResult<O::Output, O::Error>
where
    O: Operation + RuntimePlugin,
{
    let input = input.map_err(SdkError::construction_failure)?;
    let plugins = handle
        .runtime_plugins
        .clone()
        .with_operation_plugin(operation);
    let plugins = with_override(plugins, config_override);
    //~ if initial-response
    if let Some(complete) = O::COMPLETE {
        let output = orchestrate(O::SPEC, &plugins, Input::erase(input)).await;
        return complete(typed_result::<O>(output)?).await;
    }
    //~ end
    typed_result::<O>(orchestrate(O::SPEC, &plugins, Input::erase(input)).await)
}

/// Calls the operation `O`. The future is `Send`.
///
/// The compiler checks that here once, and not for each operation.
pub(crate) fn boxed_call<O>(
    operation: O,
    handle: Arc<Handle>,
    input: Result<O::Input, BuildError>,
    config_override: config::Builder,
) -> BoxFuture<SendResult<O::Output, O::Error>>
where
    O: Operation + RuntimePlugin,
{
    Box::pin(call(operation, handle, input, Some(config_override)))
}

pub(super) fn with_override(
    mut plugins: RuntimePlugins,
    config_override: Option<config::Builder>,
) -> RuntimePlugins {
    let Some(config_override) = config_override else {
        return plugins;
    };
    for plugin in config_override.runtime_plugins.iter().cloned() {
        plugins = plugins.with_operation_plugin(plugin);
    }
    //~ if discovery | sessions
    let plugins = super::of_call::keep(plugins, &config_override);
    //~ end
    plugins.with_operation_plugin(config::ConfigOverrideRuntimePlugin::new(config_override))
}

/// Makes a call with its types erased.
pub(crate) async fn orchestrate(
    spec: &'static OperationSpec,
    plugins: &RuntimePlugins,
    input: Input,
) -> Result<Output, SdkError<Error, HttpResponse>> {
    invoke(meta::SDK_ID, spec.name, input, plugins)
        .instrument(spec.kept.span.of_call(spec.name))
        .await
}

/// Restores the types of the result of a call.
pub(crate) fn typed_result<O: Operation>(
    result: Result<Output, SdkError<Error, HttpResponse>>,
) -> Result<O::Output, SdkError<O::Error, HttpResponse>> {
    match result {
        Ok(output) => Ok(output
            .downcast()
            .expect("the deserializer is the operation's own")),
        Err(error) => Err(error.map_service_error(|error| {
            error
                .downcast()
                .expect("the deserializer is the operation's own")
        })),
    }
}
