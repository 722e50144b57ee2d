//! Paths, bodies and headers of requests.

use super::*;

pub async fn members_of_the_path_lose_a_prefix_and_are_filled() {
    let server = Server::start(&[EMPTY]);
    let get = || server.client().get_vault();
    get()
        .vault("/vaults/one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(server.uri(), "/-/vaults/one");
    get()
        .account("")
        .vault("vaults/one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(server.uri(), "/-/vaults/one");
    get()
        .account("7")
        .vault("one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(server.uri(), "/7/vaults/one");
    get()
        .account("7")
        .vault("/vaults/vaults/one")
        .send()
        .await
        .expect("it succeeds");
    assert_eq!(server.uri(), "/7/vaults/vaults%2Fone");
    get()
        .send()
        .await
        .expect_err("the other member has to be set");
}

pub async fn the_endpoint_has_members_of_the_path() {
    let server = Server::start(&[EMPTY]);
    let found = server.client().find_vault().bank("north").send().await;
    found.expect("it succeeds");
    assert_eq!(server.uri(), "/?find");
    // A path of the endpoint is kept.
    for (path, seen) in [
        ("/north", "/north?find"),
        ("/north/", "/north?find"),
        ("/", "/?find"),
    ] {
        let config = server.client().config().to_builder();
        let config = config.endpoint_url(format!("{}{path}", server.url));
        let found = Client::from_conf(config.build()).find_vault().bank("north");
        found.send().await.expect("it succeeds");
        assert_eq!(server.uri(), seen);
    }
}

pub async fn the_hash_of_the_body_is_a_header() {
    let server = Server::start(&[EMPTY]);
    let get = server.client().get_vault().vault("one");
    get.send().await.expect("it succeeds");
    let heads = server.heads();
    assert!(heads[0].contains("x-amz-content-sha256: "), "{heads:?}");
}

pub async fn a_body_has_a_tree_hash() {
    // Length of the body, tree hash, and hash.
    const KNOWN: [(usize, &str, &str); 5] = [
        (
            0,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            5,
            "08bb5e5d6eaac1049ede0893d30ed022b1a4d9b5b48db414871f51c9cb35283d",
            "08bb5e5d6eaac1049ede0893d30ed022b1a4d9b5b48db414871f51c9cb35283d",
        ),
        (
            1_048_576,
            "631b84027d6b9e52b539c4e8373622d23032dfadc64d60af87339c9037e4f769",
            "631b84027d6b9e52b539c4e8373622d23032dfadc64d60af87339c9037e4f769",
        ),
        (
            1_048_577,
            "a9c574ce937d2371daf87cdd0e75396b096d7f74a66c764e4c656bd12b2e7bf9",
            "5769f52bc3eef28afa39c6fc68cadb7d0bd69812ae3a3d71452f519ec3c7aa56",
        ),
        (
            5_242_883,
            "ec725b96e96241690153538ff1fb9ae4937d850be85d2cb2746bd379490f9613",
            "8c777ac1fb03e07e1bb1f050cbf6dc4d752063e272c95e76fca894c76a671b9a",
        ),
    ];
    let server = Server::start(&[EMPTY]);
    let head = || server.heads().last().cloned().expect("it was called");
    let file = std::env::temp_dir().join(format!("customizations-{}", std::process::id()));
    for (length, tree, whole) in KNOWN {
        let body: Vec<u8> = (0..251).cycle().take(length).collect();
        std::fs::write(&file, &body).expect("it can be written");
        let streamed = ByteStream::from_path(&file).await;
        for contents in [body.into(), streamed.expect("it can be read")] {
            let fill = server.client().fill_vault().vault("one").contents(contents);
            fill.send().await.expect("it succeeds");
            assert!(
                head().contains(&format!("x-tree-hash: {tree}")),
                "{}",
                head()
            );
            assert!(
                head().contains(&format!("x-amz-content-sha256: {whole}")),
                "{}",
                head()
            );
        }
    }
    std::fs::remove_file(&file).expect("it can be removed");
    // The user's value is kept.
    let fill = server.client().fill_vault().vault("one").checksum("mine");
    fill.send().await.expect("it succeeds");
    assert!(head().contains("x-tree-hash: mine"), "{}", head());
}

pub async fn a_body_may_be_left_out_of_the_signature() {
    let server = Server::start(&[EMPTY]);
    let fill = server.client().fill_vault().vault("one");
    let fill = fill.contents(ByteStream::from_static(b"gold"));
    let sent = fill.customize().disable_payload_signing().send().await;
    sent.expect("it succeeds");
    let heads = server.heads();
    assert!(
        heads[0].contains("x-amz-content-sha256: UNSIGNED-PAYLOAD"),
        "{heads:?}"
    );
}

pub async fn the_input_says_where_the_call_goes() {
    let (configured, door) = (Server::start(&[EMPTY]), Server::start(&[EMPTY]));
    let ask = configured.client().ask_vault().door(&door.url);
    ask.send().await.expect("it succeeds");
    assert_eq!((configured.heads().len(), door.uri().as_str()), (0, "/ask"));
}

pub async fn requests_have_headers() {
    let server = Server::start(&[EMPTY]);
    server
        .client()
        .wait_for_work()
        .send()
        .await
        .expect("it succeeds");
    let heads = server.heads();
    assert!(
        heads[0].contains("x-vaults-version: 2026-01-01"),
        "{heads:?}"
    );
    assert!(heads[0].contains("accept: application/json"), "{heads:?}");
    // They are signed.
    assert!(heads[0].contains(";x-vaults-version"), "{heads:?}");
}
