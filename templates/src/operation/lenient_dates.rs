//! Dates in headers of responses that users have stored, and that may be invalid.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::date_time::Format;

use crate::meta;

/// Accepts responses with invalid dates.
pub(crate) fn join(_: &mut Layer, components: &mut RuntimeComponentsBuilder) {
    components.push_interceptor(SharedInterceptor::permanent(LenientDates));
}

/// Copies the text of each date to the header of its string member, and removes invalid dates.
#[derive(Debug)]
struct LenientDates;

#[dyn_dispatch_hint]
impl Intercept for LenientDates {
    fn name(&self) -> &'static str {
        "LenientDates"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.response_mut().headers_mut();
        for (date, text) in meta::LENIENT_DATES {
            let Some(sent) = headers.get(date).map(str::to_owned) else {
                // The header is missing, or not text.
                headers.remove(date);
                continue;
            };
            if DateTime::from_str(&sent, Format::HttpDate).is_err() {
                headers.remove(date);
            }
            headers.try_insert(*text, sent)?;
        }
        Ok(())
    }
}
