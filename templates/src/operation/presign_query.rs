//! Presigns requests without a body, whose members are in the query.

use std::fmt::{Debug, Display};
use std::marker::PhantomData;
use std::sync::Arc;

use aws_smithy_http::query::fmt_string;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::traits::TimestampFormat;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::primitive::Encoder;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, base64};

use super::presign;
use super::runtime::Operation;
use crate::client::Handle;
use crate::client::customize::internal::SendResult;
use crate::config;
use crate::presigning::{PresignedRequest, PresigningConfig};
use crate::serde::Members;

type Outcome = Result<(), SerdeError>;

/// Builds and signs a `GET` request of the operation `O`, without sending it.
pub(crate) async fn presign<O>(
    operation: O,
    handle: &Arc<Handle>,
    input: Result<O::Input, BuildError>,
    config_override: Option<config::Builder>,
    presigning_config: PresigningConfig,
) -> SendResult<PresignedRequest, O::Error>
where
    O: Operation + RuntimePlugin + Debug + Send + Sync,
{
    let mut config_override = config_override.unwrap_or_default();
    let in_query = SharedInterceptor::permanent(InQuery::<O>(PhantomData));
    config_override.push_interceptor(in_query);
    let signing = (presigning_config, true);
    presign::presign(operation, handle, input, Some(config_override), signing).await
}

/// Puts the members of the body into the query.
#[derive(Debug)]
struct InQuery<O>(PhantomData<O>);

/// The query, beginning with `&`.
#[derive(Debug)]
struct Query(String);

impl Storable for Query {
    type Storer = StoreReplace<Self>;
}

#[dyn_dispatch_hint]
impl<O: Operation + Debug + Send + Sync> Intercept for InQuery<O> {
    fn name(&self) -> &'static str {
        "InQuery"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input().downcast_ref::<O::Input>();
        let input = input.ok_or("the input is of another operation")?;
        let mut pairs = Pairs::default();
        Members(input).serialize_members(&mut pairs)?;
        cfg.interceptor_state().store_put(Query(pairs.text));
        Ok(())
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if let Some(Query(pairs)) = cfg.load::<Query>().filter(|it| !it.0.is_empty()) {
            let mut uri = request.uri().to_owned();
            match uri.contains('?') {
                true => uri.push_str(pairs),
                false => uri.extend(["?", &pairs[1..]]),
            }
            request.set_uri(uri)?;
        }
        request.set_method("GET")?;
        *request.body_mut() = SdkBody::empty();
        request.headers_mut().remove("content-type");
        request.headers_mut().remove("content-length");
        Ok(())
    }
}

/// Writes members as `&name=value`, and each element of a list like that.
#[derive(Debug, Default)]
struct Pairs {
    text: String,
    /// The name of the current list.
    list: Option<String>,
}

impl Pairs {
    fn pair(&mut self, schema: &Schema<'_>, value: &str) -> Outcome {
        if is_elsewhere(schema) {
            return Ok(());
        }
        let name = self.list.as_deref().or(schema.member_name());
        let (name, value) = (fmt_string(name.unwrap_or_default()), fmt_string(value));
        self.text.extend(["&", &name, "=", &value]);
        Ok(())
    }

    fn display(&mut self, schema: &Schema<'_>, value: impl Display) -> Outcome {
        self.pair(schema, &value.to_string())
    }
}

/// Whether the protocol puts a member into the path, the query or a header.
fn is_elsewhere(schema: &Schema<'_>) -> bool {
    schema.http_label().is_some()
        || schema.http_header().is_some()
        || schema.http_prefix_headers().is_some()
        || schema.http_query().is_some()
        || schema.http_query_params().is_some()
}

/// Operations that use this module have no such members in their bodies.
fn unsupported(schema: &Schema<'_>, what: &str) -> Outcome {
    match is_elsewhere(schema) {
        true => Ok(()),
        false => Err(SerdeError::unsupported(format!("queries have no {what}"))),
    }
}

impl ShapeSerializer for Pairs {
    fn write_struct(&mut self, schema: &Schema<'_>, _: &dyn SerializableStruct) -> Outcome {
        unsupported(schema, "structures")
    }

    fn write_list(
        &mut self,
        schema: &Schema<'_>,
        write_elements: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome {
        if is_elsewhere(schema) {
            return Ok(());
        }
        self.list = schema.member_name().map(str::to_owned);
        write_elements(self)?;
        self.list = None;
        Ok(())
    }

    fn write_map(
        &mut self,
        schema: &Schema<'_>,
        _: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome {
        unsupported(schema, "maps")
    }

    fn write_boolean(&mut self, schema: &Schema<'_>, value: bool) -> Outcome {
        self.display(schema, value)
    }

    fn write_byte(&mut self, schema: &Schema<'_>, value: i8) -> Outcome {
        self.display(schema, value)
    }

    fn write_short(&mut self, schema: &Schema<'_>, value: i16) -> Outcome {
        self.display(schema, value)
    }

    fn write_integer(&mut self, schema: &Schema<'_>, value: i32) -> Outcome {
        self.display(schema, value)
    }

    fn write_long(&mut self, schema: &Schema<'_>, value: i64) -> Outcome {
        self.display(schema, value)
    }

    fn write_float(&mut self, schema: &Schema<'_>, value: f32) -> Outcome {
        self.pair(schema, Encoder::from(value).encode())
    }

    fn write_double(&mut self, schema: &Schema<'_>, value: f64) -> Outcome {
        self.pair(schema, Encoder::from(value).encode())
    }

    fn write_big_integer(&mut self, schema: &Schema<'_>, value: &BigInteger) -> Outcome {
        self.pair(schema, value.as_ref())
    }

    fn write_big_decimal(&mut self, schema: &Schema<'_>, value: &BigDecimal) -> Outcome {
        self.pair(schema, value.as_ref())
    }

    fn write_string(&mut self, schema: &Schema<'_>, value: &str) -> Outcome {
        self.pair(schema, value)
    }

    fn write_blob(&mut self, schema: &Schema<'_>, value: Blob) -> Outcome {
        self.pair(schema, &base64::encode(value))
    }

    fn write_timestamp(&mut self, schema: &Schema<'_>, value: &DateTime) -> Outcome {
        let format = match schema.timestamp_format().map(|it| it.format()) {
            Some(TimestampFormat::EpochSeconds) => Format::EpochSeconds,
            Some(TimestampFormat::HttpDate) => Format::HttpDate,
            _ => Format::DateTime,
        };
        let text = value
            .fmt(format)
            .map_err(|error| SerdeError::custom(format!("the time cannot be written: {error}")))?;
        self.pair(schema, &text)
    }

    fn write_document(&mut self, schema: &Schema<'_>, _: &Document) -> Outcome {
        unsupported(schema, "documents")
    }

    fn write_null(&mut self, _: &Schema<'_>) -> Outcome {
        Ok(())
    }
}
