//! The metadata of a response.

use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_types::error::metadata::{Builder as ErrorMetadataBuilder, ErrorMetadata};
use aws_types::request_id::{RequestId, apply_request_id};

use crate::config::ConfigBag;
use crate::config::http::HttpResponse;
use crate::error::SdkError;

const EXTENDED_REQUEST_ID: &str = "aws_extended_request_id";
const CLOUD_FRONT_ID: &str = "aws_cloud_front_id";
const HTTP_STATUS: &str = "http_status";
const ATTEMPTS: &str = "attempts";

/// Details of a response, and the number of attempts.
///
//~ if aws
/// This is what AWS support asks for, and what the AWS SDK for JavaScript calls `$metadata`.
//~ end
//~ if not aws
/// Use it to find a request in the logs of the service.
//~ end
/// Two values are equal if their request ids are: otherwise outputs with the same content would
/// differ.
#[derive(Clone, Debug, Default)]
pub struct ResponseMetadata {
    request_id: Option<String>,
    extended_request_id: Option<String>,
    cloud_front_id: Option<String>,
    http_status: Option<u16>,
    attempts: Option<u32>,
}

impl ResponseMetadata {
    /// Returns the id that the service gave the request, in a header or in the body of an error.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the second id that some services give a request (`x-amz-id-2`).
    pub fn extended_request_id(&self) -> Option<&str> {
        self.extended_request_id.as_deref()
    }

    /// Returns the id of the request in CloudFront, if it went through that (`x-amz-cf-id`).
    pub fn cloud_front_id(&self) -> Option<&str> {
        self.cloud_front_id.as_deref()
    }

    /// Returns the status code of the HTTP response.
    pub fn http_status(&self) -> Option<u16> {
        self.http_status
    }

    /// Returns the number of requests that were sent for the call: 1 if it was not retried.
    pub fn attempts(&self) -> Option<u32> {
        self.attempts
    }

    /// Reads a response as it arrives; `cfg` knows which attempt it answers.
    pub(crate) fn from_response(response: &HttpResponse, cfg: &ConfigBag) -> Self {
        Self {
            attempts: cfg.load::<RequestAttempts>().map(RequestAttempts::attempts),
            ..Self::of_response(response)
        }
    }

    fn of_response(response: &HttpResponse) -> Self {
        let header = |name: &str| response.headers().get(name).map(str::to_owned);
        Self {
            request_id: response.request_id().map(str::to_owned),
            extended_request_id: header("x-amz-id-2"),
            cloud_front_id: header("x-amz-cf-id"),
            http_status: Some(response.status().as_u16()),
            attempts: None,
        }
    }

    /// Adds everything except the request id to the metadata of an error.
    fn put(self, builder: ErrorMetadataBuilder) -> ErrorMetadataBuilder {
        let extras = [
            (EXTENDED_REQUEST_ID, self.extended_request_id),
            (CLOUD_FRONT_ID, self.cloud_front_id),
            (HTTP_STATUS, self.http_status.map(|it| it.to_string())),
            (ATTEMPTS, self.attempts.map(|it| it.to_string())),
        ];
        extras
            .into_iter()
            .fold(builder, |builder, (key, value)| match value {
                Some(value) => builder.custom(key, value),
                None => builder,
            })
    }

    /// Fills in missing values from `other`.
    fn or(self, other: Self) -> Self {
        Self {
            request_id: self.request_id.or(other.request_id),
            extended_request_id: self.extended_request_id.or(other.extended_request_id),
            cloud_front_id: self.cloud_front_id.or(other.cloud_front_id),
            http_status: self.http_status.or(other.http_status),
            attempts: self.attempts.or(other.attempts),
        }
    }
}

impl PartialEq for ResponseMetadata {
    fn eq(&self, other: &Self) -> bool {
        self.request_id == other.request_id
    }
}

impl Eq for ResponseMetadata {}

impl RequestId for ResponseMetadata {
    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

/// An output or error with the metadata of its response.
pub trait ProvideResponseMetadata {
    /// Returns what is known about the response. It is empty if there was none, for example
    /// because the service could not be reached.
    fn response_metadata(&self) -> ResponseMetadata;
}

impl<E: ProvideResponseMetadata> ProvideResponseMetadata for SdkError<E> {
    fn response_metadata(&self) -> ResponseMetadata {
        match self {
            Self::ServiceError(context) => {
                let of_response = ResponseMetadata::of_response(context.raw());
                context.err().response_metadata().or(of_response)
            }
            Self::ResponseError(context) => ResponseMetadata::of_response(context.raw()),
            _ => ResponseMetadata::default(),
        }
    }
}

impl<O, E> ProvideResponseMetadata for Result<O, E>
where
    O: ProvideResponseMetadata,
    E: ProvideResponseMetadata,
{
    fn response_metadata(&self) -> ResponseMetadata {
        match self {
            Ok(output) => output.response_metadata(),
            Err(error) => error.response_metadata(),
        }
    }
}

impl ProvideResponseMetadata for ErrorMetadata {
    fn response_metadata(&self) -> ResponseMetadata {
        of_error(self)
    }
}

/// Adds the details of the response, including the request id, to the metadata of an error.
pub(crate) fn apply(
    builder: ErrorMetadataBuilder,
    response: &HttpResponse,
    cfg: &ConfigBag,
) -> ErrorMetadataBuilder {
    let builder = apply_request_id(builder, response.headers());
    ResponseMetadata::from_response(response, cfg).put(builder)
}

//~ if extended-request-id
/// The second id of the failed request.
pub(crate) fn extended_request_id(metadata: &ErrorMetadata) -> Option<&str> {
    metadata.extra(EXTENDED_REQUEST_ID)
}

//~ end
/// Reads back what [`apply`] put into the metadata of an error.
pub(crate) fn of_error(metadata: &ErrorMetadata) -> ResponseMetadata {
    ResponseMetadata {
        request_id: metadata.request_id().map(str::to_owned),
        extended_request_id: metadata.extra(EXTENDED_REQUEST_ID).map(str::to_owned),
        cloud_front_id: metadata.extra(CLOUD_FRONT_ID).map(str::to_owned),
        http_status: metadata
            .extra(HTTP_STATUS)
            .and_then(|status| status.parse().ok()),
        attempts: metadata
            .extra(ATTEMPTS)
            .and_then(|attempts| attempts.parse().ok()),
    }
}

#[cfg(feature = "serde")]
pub(crate) mod saved {
    //! Serializes the metadata of a response.

    use std::collections::HashMap;

    use aws_smithy_types::Document;

    use super::*;

    /// The keys of the metadata of an error besides code and message.
    const EXTRAS: [&str; 5] = [
        "aws_request_id",
        EXTENDED_REQUEST_ID,
        CLOUD_FRONT_ID,
        HTTP_STATUS,
        ATTEMPTS,
    ];

    /// The metadata of the response that a value has besides its members.
    #[derive(Default)]
    pub(crate) struct Response {
        pub(crate) meta: ErrorMetadata,
        /// The message of an error, if it is not a member.
        pub(crate) text: Option<String>,
    }

    impl From<ErrorMetadata> for Response {
        fn from(meta: ErrorMetadata) -> Self {
            Self { meta, text: None }
        }
    }

    impl From<ResponseMetadata> for Response {
        fn from(metadata: ResponseMetadata) -> Self {
            let mut builder = ErrorMetadata::builder();
            if let Some(id) = metadata.request_id() {
                builder = builder.custom(EXTRAS[0], id);
            }
            metadata.put(builder).build().into()
        }
    }

    impl Response {
        /// An object of strings, if anything is known.
        pub(crate) fn save(&self) -> Option<Document> {
            let (meta, text) = (&self.meta, self.text.as_deref());
            let own = [
                ("code", meta.code()),
                ("message", meta.message()),
                ("text", text),
            ];
            let texts = own
                .into_iter()
                .chain(EXTRAS.map(|name| (name, meta.extra(name))));
            let texts = texts.filter_map(|(name, text)| Some((name.to_owned(), text?.into())));
            let texts: HashMap<_, _> = texts.collect();
            (!texts.is_empty()).then(|| texts.into())
        }

        /// Reads the saved metadata.
        pub(crate) fn load(saved: &Document) -> Self {
            let text = |name: &str| saved.as_object()?.get(name)?.as_string();
            let mut meta = ErrorMetadata::builder();
            if let Some(code) = text("code") {
                meta = meta.code(code);
            }
            if let Some(message) = text("message") {
                meta = meta.message(message);
            }
            for name in EXTRAS {
                if let Some(value) = text(name) {
                    meta = meta.custom(name, value);
                }
            }
            Self {
                meta: meta.build(),
                text: text("text").map(str::to_owned),
            }
        }
    }
}
