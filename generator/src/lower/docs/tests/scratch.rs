#[test]
fn explain() {
    let Ok(text) = std::env::var("INPUT") else {
        return;
    };
    let text: String = serde_json::from_str(&format!("\"{text}\"")).unwrap();
    println!(
        "IN {text:?}\nTREE {:?}\nOUT\n{}\nPROBLEMS {}",
        super::super::parse(&text),
        super::super::markdown(&text).lines().join("\n"),
        super::check::problems(&text).join("\n")
    );
}
