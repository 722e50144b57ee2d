//! Calls the clients of all protocols, and looks at what they send and receive.

mod frame;
mod received;
mod sent;
mod server;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    received::check().await;
    sent::check().await;
    println!("all is well");
}
