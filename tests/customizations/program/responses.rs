//! Responses and errors.

use super::*;

pub async fn pages_end_by_a_flag() {
    const FIRST: Answer = (200, "", r#"{"next":"1","more":true}"#);
    const LAST: Answer = (200, "", r#"{"next":"2"}"#);
    let server = Server::start(&[FIRST, LAST]);
    let mut pages = server
        .client()
        .list_vaults()
        .limit(1)
        .into_paginator()
        .send();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        page.expect("it succeeds");
        count += 1;
    }
    assert_eq!((count, server.heads().len()), (2, 2));
}

pub async fn an_empty_404_has_a_code() {
    let server = Server::start(&[(404, "", ""), (404, "Lost", ""), (404, "", "{}")]);
    let client = server.client();
    let mut codes = Vec::new();
    for _ in 0..3 {
        let error = client.open_vault().send().await.expect_err("it fails");
        let error = error.into_service_error();
        codes.push(error.meta().code().unwrap_or_default().to_owned());
    }
    assert_eq!(codes, ["NotFound", "Lost", ""]);
}

pub async fn a_date_need_not_be_one() {
    let server = Server::start(&[
        (200, "x-closes: Thu, 01 Jan 1970 00:00:07 GMT", "{}"),
        (200, "x-closes: soon", "{}"),
        // Not UTF-8.
        (200, "x-closes: \u{e9}", "{}"),
        EMPTY,
        EMPTY,
    ]);
    let client = server.client();
    let mut seen = Vec::new();
    for _ in 0..4 {
        let vault = client.get_vault().vault("one").send().await;
        let vault = vault.expect("it is read");
        #[allow(deprecated, reason = "it is what is tested")]
        let date = vault.closes().map(|it| it.secs());
        seen.push((date, vault.closes_string().map(str::to_owned)));
    }
    let text = |it: &str| Some(it.to_owned());
    let date = "Thu, 01 Jan 1970 00:00:07 GMT";
    assert_eq!(seen[..2], [(Some(7), text(date)), (None, text("soon"))]);
    assert_eq!((seen[2].0, &seen[3]), (None, &(None, None)));
    let printed = client.get_vault().vault("one").send().await;
    let printed = format!("{:?}", printed.expect("it is read"));
    let last = "closes: None, closes_string: None, _response_metadata: ";
    assert!(printed.contains(last), "{printed}");
    let fill = client
        .fill_vault()
        .vault("one")
        .contents(ByteStream::from_static(b"1"));
    let fill = fill.closes(DateTime::from_secs(7)).send().await;
    fill.expect("it succeeds");
    let heads = server.heads();
    let sent = heads.last().expect("it was called");
    assert!(sent.contains(&format!("x-closes: {date}")), "{sent}");
}

pub async fn requests_have_a_second_id() {
    let server = Server::start(&[EMPTY, (409, "Busy", "{}")]);
    let client = server.client();
    let found = client.find_vault().bank("north").send().await;
    assert_eq!(found.extended_request_id(), Some("second"));
    let found = found.expect("it succeeds");
    assert_eq!(found.extended_request_id(), Some("second"));
    let config = client
        .config()
        .to_builder()
        .retry_config(RetryConfig::disabled());
    let error = Client::from_conf(config.build()).open_vault().send().await;
    let error = error.expect_err("it fails");
    assert_eq!(error.extended_request_id(), Some("second"));
    assert_eq!(error.meta().extended_request_id(), Some("second"));
    let response = error.raw_response().expect("there is one");
    assert_eq!(response.headers().extended_request_id(), Some("second"));
    let error = error.into_service_error();
    assert_eq!(error.extended_request_id(), Some("second"));
    let OpenVaultError::Busy(busy) = &error else {
        panic!("it is another error: {error:?}");
    };
    assert_eq!(busy.extended_request_id(), Some("second"));
    assert_eq!(
        customized::Error::from(error).extended_request_id(),
        Some("second")
    );
}

pub async fn values_are_hidden() {
    const BODY: &str = r#"{"id":"one","keys":{"secret":"s1"},"hint":"h1"}"#;
    let server = Server::start(&[(200, "", BODY)]);
    let vault = server
        .client()
        .get_vault()
        .vault("one")
        .send()
        .await
        .expect("it succeeds");
    let shown = format!("{vault:?}");
    assert!(shown.contains("one"), "{shown}");
    assert!(!shown.contains("s1") && !shown.contains("h1"), "{shown}");
}

pub async fn members_are_optional() {
    let server = Server::start(&[EMPTY]);
    let vault = server
        .client()
        .get_vault()
        .vault("one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!((vault.id(), vault.size(), vault.load()), (None, None, None));
    let vaults = server
        .client()
        .list_vaults()
        .limit(1)
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(vaults.count(), None);
}
