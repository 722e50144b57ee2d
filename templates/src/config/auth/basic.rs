//! User and password in HTTP basic authentication.

use aws_smithy_runtime_api::client::auth::http::HTTP_BASIC_AUTH_SCHEME_ID;

use crate::config::{Builder, Login, ResolveIdentity};

/// User and password.
impl Builder {
    /// Sets the user and the password that requests are sent with.
    ///
    /// ```ignore
    /// let config = Config::builder().basic_auth_login(Login::new(user, password, None)).build();
    /// ```
    #[inline]
    pub fn basic_auth_login(self, basic_auth_login: Login) -> Self {
        self.basic_auth_login_resolver(basic_auth_login)
    }

    /// Sets [user and password](Self::basic_auth_login). `None` changes nothing.
    #[inline]
    pub fn set_basic_auth_login(&mut self, basic_auth_login: Option<Login>) -> &mut Self {
        if let Some(basic_auth_login) = basic_auth_login {
            self.runtime_components
                .set_identity_resolver(HTTP_BASIC_AUTH_SCHEME_ID, basic_auth_login);
        }
        self
    }

    /// Sets what finds the user and the password of a request, which are an identity with a
    /// [`Login`].
    pub fn basic_auth_login_resolver(
        mut self,
        basic_auth_login_resolver: impl ResolveIdentity + 'static,
    ) -> Self {
        self.runtime_components
            .set_identity_resolver(HTTP_BASIC_AUTH_SCHEME_ID, basic_auth_login_resolver);
        self
    }
}
