//! Types for responses of AWS IAM, read by `quick-xml`.

use std::hint::black_box;

use serde::Deserialize;

pub const REFERENCES: &[timed::Reference] = &[timed::Reference {
    operation: "ListUsers",
    parse: |body| {
        let output: ListUsersResponse = quick_xml::de::from_reader(body).expect("it is XML");
        black_box(output);
    },
}];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct ListUsersResponse {
    list_users_result: ListUsersResult,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct ListUsersResult {
    users: Users,
    is_truncated: Option<bool>,
    marker: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct Users {
    #[serde(default)]
    member: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "nothing is done with what was read")]
struct User {
    path: String,
    user_name: String,
    user_id: String,
    arn: String,
    create_date: String,
    password_last_used: Option<String>,
}
