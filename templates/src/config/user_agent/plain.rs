//! The user agent: the client, and the names that the program sets.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;

use crate::config::{AppName, ConfigBag, FrameworkMetadata, Intercept, RuntimeComponents};
use crate::meta;

const HEADER: &str = "user-agent";

/// Adds the header to requests without one.
#[derive(Debug, Default)]
pub(super) struct UserAgent {}

/// For example `weather/1.2.0 lib/some-framework/2.0 app/some-program`.
fn text(cfg: &ConfigBag) -> String {
    let mut text = format!("{}/{}", meta::SERVICE_MODULE, meta::PKG_VERSION);
    let frameworks: Vec<_> = cfg.load::<FrameworkMetadata>().collect();
    // The runtime keeps the last one first.
    for framework in frameworks.into_iter().rev() {
        text.push_str(" lib/");
        text.push_str(framework.name());
        if let Some(version) = framework.version() {
            text.push('/');
            text.push_str(version);
        }
    }
    if let Some(app) = cfg.load::<AppName>() {
        text.push_str(" app/");
        text.push_str(app.as_ref());
    }
    text
}

#[dyn_dispatch_hint]
impl Intercept for UserAgent {
    fn name(&self) -> &'static str {
        "UserAgentInterceptor"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        if !headers.contains_key(HEADER) {
            headers.insert(HEADER, text(cfg));
        }
        Ok(())
    }
}
