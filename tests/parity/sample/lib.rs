//! A crate with one item of every kind that the lists of public items tell apart.
//!
//! A test of `cargo xtask parity` runs rustdoc on it. items.txt has the expected list.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;

pub use client::Client;
pub use std::time::Duration as Period;

pub mod client {
    /// Reachable by two paths: signatures use the shorter one.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Client {
        private: u8,
    }

    impl Client {
        pub const RETRIES: u32 = 3;

        pub fn new(input: impl Into<String> + Send) -> Self {
            Self {
                private: input.into().len() as u8,
            }
        }

        pub const fn size(&self) -> u8 {
            self.private
        }

        pub fn by_value(self) {}

        pub fn by_box(self: Box<Self>, other: &mut Client) -> &mut Client {
            other
        }

        pub async fn send<'a, T: Send + Clone>(&'a mut self, it: T) -> crate::Reply<(&'a u8, T)>
        where
            T: 'static,
        {
            Ok((&self.private, it))
        }

        /// As an `async fn` to callers.
        pub fn later(self) -> impl Future<Output = Vec<u8>> {
            async { Vec::new() }
        }

        #[doc(hidden)]
        pub fn hidden(&self) {}

        #[allow(dead_code)]
        fn unreachable(&self) {}
    }

    pub(crate) mod internal {
        pub trait Sealed {}
    }

    impl internal::Sealed for Client {}
}

/// An alias that users can name, with parameters and a default: signatures do without it.
pub type Reply<T, E = Failure> = Result<T, E>;

type Headers<'a> = HashMap<&'a str, Vec<Option<String>>>;

pub mod types {
    mod structures {
        /// Defined in a private module, known by a public path.
        #[non_exhaustive]
        pub struct Summary {
            pub arn: Option<String>,
            pub r#type: super::Kind,
            pub(crate) meta: (),
            #[doc(hidden)]
            pub secret: u8,
        }

        impl Summary {
            pub fn arn(&self) -> Option<&str> {
                self.arn.as_deref()
            }
        }

        pub struct Unit;
        pub struct Tuple(pub u8);
        pub(crate) struct Internal;
    }

    pub use self::enums::Kind;
    pub use self::structures::Unit as Renamed;
    pub use self::structures::*;

    mod enums {
        pub enum Kind {
            Plain,
            Tuple(Vec<super::Summary>, #[doc(hidden)] u8),
            Struct {
                field: u8,
            },
            #[doc(hidden)]
            Hidden,
        }

        impl From<super::Unit> for Kind {
            fn from(_: super::Unit) -> Self {
                Self::Plain
            }
        }
    }

    pub mod prelude {
        pub use super::Kind::*;
    }
}

#[derive(Debug)]
pub struct Failure;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failure")
    }
}

impl StdError for Failure {}

impl<E: StdError + Send + Sync + 'static> From<Box<E>> for types::Summary {
    fn from(_: Box<E>) -> Self {
        Self {
            arn: None,
            r#type: types::Kind::Plain,
            meta: (),
            secret: 0,
        }
    }
}

pub trait Resolve: Send {
    type Output;

    fn resolve<'a>(&'a self, name: &'a str) -> Result<Self::Output, Failure>;

    fn boxed(self) -> Box<dyn Resolve<Output = Self::Output> + Send + 'static>
    where
        Self: Sized + 'static,
    {
        Box::new(self)
    }
}

impl Resolve for Failure {
    type Output = [u8; 4];

    fn resolve(&self, _name: &str) -> Result<[u8; 4], Failure> {
        Ok([0; 4])
    }
}

pub fn aliases(headers: Headers<'_>) -> Reply<Reply<u8>, fmt::Error> {
    Ok(Ok(headers.len() as u8))
}

pub fn shapes<F, I: ?Sized, const N: usize>(
    call: F,
    _: (&[u8], *const I, fn(u8) -> u8, [u8; N], &I),
) -> impl Iterator<Item = u8> + use<F, I, N>
where
    F: FnOnce(&str, u8) -> Result<(), Failure> + Copy,
    for<'b> &'b I: IntoIterator<Item: Clone>,
{
    call("", 0).into_iter().map(|()| 0)
}

pub const LIMIT: usize = 1;
pub static NAME: &str = "sample";

#[macro_export]
macro_rules! sample {
    () => {};
}
