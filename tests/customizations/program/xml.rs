//! A service that speaks XML.

use super::*;

/// A client of the service that speaks XML.
pub fn shelves(server: &Server) -> customized_xml::Client {
    let config = customized_xml::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(&server.url);
    customized_xml::Client::from_conf(config.build())
}

pub async fn a_response_that_succeeds_may_be_an_error() {
    const BUSY: &str = "<Error><Code>Busy</Code><Message>later</Message></Error>";
    const COPIED: &str = "<CopyBookOutput><title>one</title></CopyBookOutput>";
    let server = Server::start(&[(200, "", BUSY), (200, "", COPIED)]);
    let copied = shelves(&server).copy_book().send().await;
    let error = copied.expect_err("it is an error").into_service_error();
    assert!(error.is_busy(), "{error:?}");
    assert_eq!(error.meta().message(), Some("later"));
    let copied = shelves(&server).copy_book().send().await;
    assert_eq!(copied.expect("it succeeds").title(), Some("one"));
}

pub async fn a_document_may_have_any_root() {
    const BOOK: &str = "<Anything><title>one</title></Anything>";
    let server = Server::start(&[(200, "", BOOK)]);
    let book = shelves(&server).get_book().send().await;
    assert_eq!(book.expect("it succeeds").title(), Some("one"));
    let copied = shelves(&server).copy_book().send().await;
    copied.expect_err("another root is not that of the output");
}

pub async fn an_output_may_be_its_only_member() {
    let server = Server::start(&[(200, "", "<Shelf>top</Shelf>"), (200, "", "<html/>")]);
    let client = shelves(&server);
    let shelf = client.get_shelf().send().await;
    assert_eq!(shelf.expect("it succeeds").shelf(), Some("top"));
    let shelf = client.get_shelf().send().await;
    shelf.expect_err("it is none");
}
