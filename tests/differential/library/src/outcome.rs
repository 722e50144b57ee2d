//! The result of a call.

use std::error::Error;
use std::fmt;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::retry::ProvideErrorKind;
use aws_types::request_id::RequestId;

use crate::debug::Node;
use crate::show::{Lines, Show};
use crate::value::Value;

/// Makes a call with the client of a crate.
pub type Function<C> = fn(&C, &Value) -> Result<Call, BuildError>;

/// A client of either crate.
pub trait Client {
    /// Prepares a call of an operation, by its place in the model.
    ///
    /// # Errors
    ///
    /// Fails if the input cannot be built.
    fn call(&self, operation: usize, input: &Value) -> Result<Call, BuildError>;
}

impl<C> Client for (C, &'static [Function<C>]) {
    fn call(&self, operation: usize, input: &Value) -> Result<Call, BuildError> {
        self.1[operation](&self.0, input)
    }
}

/// A prepared call.
pub struct Call {
    /// The input as `Debug` prints it.
    pub input: Node,
    future: Pin<Box<dyn Future<Output = Outcome>>>,
}

impl Call {
    /// A call of a fluent builder that resolves to `O` or `E`. `C` is the error of the whole crate,
    /// `L` the parameter of `Show`.
    pub fn new<L, O, E, C>(
        input: String,
        sent: impl Future<Output = Result<O, SdkError<E, HttpResponse>>> + 'static,
    ) -> Self
    where
        O: Show<L> + fmt::Debug + RequestId,
        E: Error + ProvideErrorMetadata + ProvideErrorKind + RequestId + 'static,
        C: From<SdkError<E, HttpResponse>> + Show<L> + Error + ProvideErrorMetadata + RequestId,
    {
        let future = async { Outcome::of::<L, O, E, C>(sent.await) };
        Self::of(&input, future)
    }

    /// The same for a call whose output has a stream of events, which are received, too.
    pub fn receiving<L, O, E, C, R>(
        input: String,
        sent: impl Future<Output = Result<O, SdkError<E, HttpResponse>>> + 'static,
        receiver: fn(&mut O) -> &mut R,
    ) -> Self
    where
        O: Show<L> + fmt::Debug + RequestId + 'static,
        E: Error + ProvideErrorMetadata + ProvideErrorKind + RequestId + 'static,
        C: From<SdkError<E, HttpResponse>> + Show<L> + Error + ProvideErrorMetadata + RequestId,
        R: Receive<L> + 'static,
    {
        let future = async move {
            let mut sent = sent.await;
            let events = match &mut sent {
                Ok(output) => received(receiver(output)).await,
                Err(_) => String::new(),
            };
            let mut outcome = Outcome::of::<L, O, E, C>(sent);
            outcome.value += &events;
            outcome
        };
        Self::of(&input, future)
    }

    fn of(input: &str, future: impl Future<Output = Outcome> + 'static) -> Self {
        Self {
            input: Node::parse(&without_parameters(input)),
            future: Box::pin(future),
        }
    }

    /// Makes the call.
    pub fn make(self) -> Outcome {
        ready(self.future)
    }
}

/// The output of a future. Everything is in memory, so the first poll is the last.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("a call in memory was not ready at once"),
    }
}

/// A stream of events of either crate. `L` is the parameter of `Show`.
pub trait Receive<L> {
    /// The next event as text, or the messages of an error and its sources.
    fn receive(&mut self) -> impl Future<Output = Option<Result<String, Vec<String>>>>;
}

/// All events until the end or the first error.
async fn received<L>(receiver: &mut impl Receive<L>) -> String {
    let mut text = String::new();
    while let Some(event) = receiver.receive().await {
        match event {
            Ok(event) => text += &format!("event\n{event}"),
            Err(chain) => {
                text += &format!("error {chain:#?}\n");
                break;
            }
        }
    }
    text
}

/// The `Debug` output of an input. Streams print the paths of their types, which differ.
fn without_parameters(text: &str) -> String {
    const STREAM: &str = "EventStreamSender<";
    match text.split_once(STREAM) {
        Some((before, rest)) => {
            let (_, after) = rest.split_once('>').unwrap_or(("", rest));
            format!("{before}EventStreamSender{after}")
        }
        None => text.to_owned(),
    }
}

/// The result of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// `output`, or the variant of `SdkError`.
    pub kind: &'static str,
    /// The content of the output or of the crate's error.
    pub value: String,
    /// The output or the service's error as `Debug` prints it.
    pub debug: Node,
    /// The id of the request.
    pub request_id: Option<String>,
    /// Further details of an error.
    pub error: Option<ErrorFacts>,
}

/// The details of errors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorFacts {
    /// The error's code.
    pub code: Option<String>,
    /// The service's message.
    pub message: Option<String>,
    /// Whether and how the error may be retried.
    pub retry: String,
    /// `Display` of the error and of its sources.
    pub chain: Vec<String>,
    /// The metadata of the crate's error.
    pub converted_meta: Node,
    /// `Display` of the crate's error and of its sources.
    pub converted_chain: Vec<String>,
}

impl fmt::Display for ErrorFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "code {:?}, message {:?}, retry {}",
            self.code, self.message, self.retry
        )?;
        writeln!(f, "chain {:#?}", self.chain)?;
        write!(f, "the crate's error\n{}", self.converted_meta)?;
        writeln!(f, "chain {:#?}", self.converted_chain)
    }
}

impl Outcome {
    fn of<L, O, E, C>(result: Result<O, SdkError<E, HttpResponse>>) -> Self
    where
        O: Show<L> + fmt::Debug + RequestId,
        E: Error + ProvideErrorMetadata + ProvideErrorKind + RequestId + 'static,
        C: From<SdkError<E, HttpResponse>> + Show<L> + Error + ProvideErrorMetadata + RequestId,
    {
        match result {
            Ok(output) => Self::output(&output, &output, output.request_id()),
            Err(error) => Self::error(&error).converted(&C::from(error)),
        }
    }

    fn output<L>(value: &dyn Show<L>, debug: &dyn fmt::Debug, request_id: Option<&str>) -> Self {
        Self {
            kind: "output",
            value: Lines::of(value),
            debug: Node::parse(&format!("{debug:?}")),
            request_id: request_id.map(str::to_owned),
            error: None,
        }
    }

    fn error<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: Error + ProvideErrorMetadata + ProvideErrorKind + RequestId + 'static,
    {
        let kind = match error {
            SdkError::ConstructionFailure(_) => "construction failure",
            SdkError::TimeoutError(_) => "timeout",
            SdkError::DispatchFailure(_) => "dispatch failure",
            SdkError::ResponseError(_) => "response error",
            SdkError::ServiceError(_) => "service error",
            _ => "another error",
        };
        let service = error.as_service_error();
        let retry =
            service.map(|error| (error.retryable_error_kind(), ProvideErrorKind::code(error)));
        Self {
            kind,
            value: String::new(),
            debug: service.map_or_else(Node::default, |error| Node::parse(&format!("{error:?}"))),
            request_id: error.request_id().map(str::to_owned),
            error: Some(ErrorFacts {
                code: error.code().map(str::to_owned),
                message: error.message().map(str::to_owned),
                retry: format!("{retry:?}"),
                chain: chain(error),
                ..ErrorFacts::default()
            }),
        }
    }

    /// Adds the details of an error that remain after its conversion to the crate's error.
    fn converted<L, C: Show<L> + Error + ProvideErrorMetadata>(mut self, error: &C) -> Self {
        self.value = Lines::of(error);
        if let Some(facts) = &mut self.error {
            facts.converted_meta = Node::parse(&format!("{:?}", error.meta()));
            facts.converted_chain = chain(error);
        }
        self
    }
}

/// The messages of an error and its sources.
pub fn chain(error: &dyn Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    texts
}
