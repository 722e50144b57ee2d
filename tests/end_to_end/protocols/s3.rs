//! S3, which uses restXml, with checksums and presigned requests.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use s3::Client;
use s3::client::Waiters as _;
use s3::presigning::{PresignedRequest, PresigningConfig};
use s3::primitives::ByteStream;
use s3::types::ChecksumAlgorithm;

use crate::{Outcome, client};

const BUCKET: &str = "bucket";
const SIZE: usize = 64 << 20;
/// The memory that a call may use, in addition to that of the program.
const MEMORY: usize = 24 << 20;

pub async fn run(url: &str) -> Outcome {
    let config = client!(s3, url).config().to_builder();
    let client = Client::from_conf(config.force_path_style(true).build());
    client.create_bucket().bucket(BUCKET).send().await?;
    let waiting = client.wait_until_bucket_exists().bucket(BUCKET);
    waiting.wait(Duration::from_secs(10)).await?;
    small(&client).await?;
    large(&client).await?;
    presigned(&client).await?;
    special(&client).await
}

/// Deviations of the service from its model.
async fn special(client: &Client) -> Outcome {
    // A response to HEAD has no body, and so no error.
    let absent = client.head_object().bucket(BUCKET).key("absent");
    let absent = absent.send().await.expect_err("there is no such object");
    let error = absent.into_service_error();
    assert!(error.is_not_found(), "{error:?}");
    // The output has no element around it, and is empty for the first region.
    let location = client.get_bucket_location().bucket(BUCKET).send().await?;
    let location = location.location_constraint();
    assert_eq!(location.map(|it| it.as_str()), Some(""));
    let objects = client
        .list_objects_v2()
        .bucket(BUCKET)
        .prefix("a b/")
        .send()
        .await?;
    let keys: Vec<_> = objects.contents().iter().map(|it| it.key()).collect();
    assert_eq!(keys, [Some("a b/grün")]);
    Ok(())
}

async fn small(client: &Client) -> Outcome {
    let put = client.put_object().bucket(BUCKET).key("a b/grün");
    let put = put.checksum_algorithm(ChecksumAlgorithm::Sha256);
    put.body(ByteStream::from_static(b"123456789"))
        .send()
        .await?;
    let got = client
        .get_object()
        .bucket(BUCKET)
        .key("a b/grün")
        .send()
        .await?;
    let sum = "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=";
    assert_eq!(got.checksum_sha256(), Some(sum));
    assert_eq!(got.body.collect().await?.to_vec(), b"123456789");
    Ok(())
}

/// Uploads and downloads in chunks.
async fn large(client: &Client) -> Outcome {
    let path = std::env::temp_dir().join(format!("large-{}", std::process::id()));
    let piece: Vec<u8> = (0..1_u32 << 20).map(|it| (it % 251) as u8).collect();
    let mut file = std::fs::File::create(&path)?;
    for _ in 0..SIZE / piece.len() {
        file.write_all(&piece)?;
    }
    drop(file);
    let before = most_memory();
    let body = ByteStream::from_path(&path).await?;
    let put = client.put_object().bucket(BUCKET).key("large").body(body);
    put.send().await?;
    std::fs::remove_file(&path)?;
    let got = client
        .get_object()
        .bucket(BUCKET)
        .key("large")
        .send()
        .await?;
    assert_eq!(got.content_length(), Some(SIZE as i64));
    assert!(got.checksum_crc32().is_some(), "{got:?}");
    let (mut body, mut read) = (got.body, 0);
    while let Some(bytes) = body.try_next().await? {
        for byte in bytes {
            assert_eq!(byte, piece[read % piece.len()]);
            read += 1;
        }
    }
    assert_eq!(read, SIZE);
    if let (Some(before), Some(after)) = (before, most_memory()) {
        println!("{} KB more memory", (after - before) / 1024);
        assert!(after - before < MEMORY, "{} bytes", after - before);
    }
    Ok(())
}

/// The peak memory of the program, if the system reports it.
fn most_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

async fn presigned(client: &Client) -> Outcome {
    let minute = || PresigningConfig::expires_in(Duration::from_secs(60));
    let put = client.put_object().bucket(BUCKET).key("from elsewhere");
    let put = put.presigned(minute()?).await?;
    send(&put, "by somebody")?;
    let get = client.get_object().bucket(BUCKET).key("from elsewhere");
    let get = get.presigned(minute()?).await?;
    let answer = send(&get, "")?;
    assert!(answer.ends_with("by somebody"), "{answer}");
    Ok(())
}

/// Sends a request by hand, without credentials.
fn send(request: &PresignedRequest, body: &str) -> Result<String, Box<dyn std::error::Error>> {
    let rest = request.uri().strip_prefix("http://").ok_or("it is http")?;
    let (host, target) = rest.split_once('/').ok_or("there is a path")?;
    let mut text = format!(
        "{} /{target} HTTP/1.1\r\nhost: {host}\r\n",
        request.method()
    );
    for (name, value) in request.headers() {
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!(
        "connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(host)?;
    stream.write_all(text.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    Ok(answer)
}
