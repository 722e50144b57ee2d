//! Calls the clients of all protocols, and checks what they send and receive.

mod collected;
mod counted;
mod edges;
mod flow;
mod frame;
mod http2;
/// The examples of a client's page, to check that they compile.
#[expect(dead_code, reason = "nobody calls them")]
mod page;
mod received;
mod recorded;
mod sent;
mod server;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match std::env::args().nth(1).as_deref() {
        None => {
            received::check().await;
            sent::check().await;
            flow::check().await;
            edges::check().await;
            collected::check().await;
        }
        Some("receive") => recorded::receive().await,
        Some("send") => return recorded::send().await,
        Some(other) => panic!("`{other}` is nothing to do"),
    }
    println!("all is well");
}
