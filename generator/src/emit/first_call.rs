//! The call in the first program on a crate's page.

use crate::ir::{Client, Type};

/// Maximum length of a chain of calls on one line, as in rustfmt.
const CHAIN: usize = 60;

/// The statements that make the call and print what it returns, or a comment if there is none.
pub(super) fn first_call(client: &Client) -> String {
    let Some(call) = &client.first_call else {
        return "    // Call a method of `client`, set the members of its input, and then `send().await`.\n    \
                let _ = client;\n"
            .to_owned();
    };
    let method = client.operation(call.operation).name.method();
    let mut calls = vec![format!(".{method}()")];
    calls.extend(call.required.iter().map(|(field, ty)| {
        let value = match ty {
            Type::Boolean => "true",
            Type::Integer(_) => "1",
            _ => "\"…\"",
        };
        format!(".{}({value})", field.setter())
    }));
    calls.extend([".send()".to_owned(), ".await?;".to_owned()]);
    let chain = calls.concat();
    let chain = match chain.len() + "client".len() <= CHAIN {
        true => chain,
        false => calls
            .iter()
            .map(|call| format!("\n        {call}"))
            .collect(),
    };
    format!("    let response = client{chain}\n    println!(\"{{response:?}}\");\n")
}

#[cfg(test)]
mod tests {
    use super::first_call;
    use crate::{Partitions, ServiceConfig, Source};

    /// The first call of a service with these operations.
    fn call(operations: &str, names: &str) -> String {
        let text = format!(
            "$version: \"2\"\nnamespace example\n@smithy.protocols#rpcv2Json\n\
             service Example {{ version: \"1\", operations: [{names}] }}\n{operations}"
        );
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let path = folder.path().join("model.smithy");
        std::fs::write(&path, text).expect("it can be written");
        let source = Source::read(&path).unwrap_or_else(|problems| panic!("{problems}"));
        let config = ServiceConfig::new("client-example");
        let rendered = crate::generate(&source, &config, &Partitions::aws());
        let rendered = rendered.unwrap_or_else(|problems| panic!("{problems}"));
        first_call(&rendered.client)
    }

    #[test]
    fn what_takes_least_is_called() {
        let operations = "\
            operation Erase {\n\
                input := { @required name: String, @required times: Integer, @required reason: String }\n\
            }\n\
            @deprecated\n\
            operation Ask {}\n\
            operation Count { input := { @required all: Boolean } output := { sum: Integer } }\n";
        assert_eq!(
            call(operations, "Erase, Ask, Count"),
            "    let response = client.count().all(true).send().await?;\n    \
                 println!(\"{response:?}\");\n"
        );
        assert_eq!(
            call(operations, "Erase"),
            "    let response = client\n        \
                     .erase()\n        .name(\"…\")\n        .times(1)\n        .reason(\"…\")\n        .send()\n        .await?;\n    \
                 println!(\"{response:?}\");\n"
        );
    }

    #[test]
    fn nothing_is_called_that_takes_more_than_literals() {
        let operation = "\
            operation Put { input := { @required thing: Thing } }\n\
            structure Thing {}\n";
        assert!(call(operation, "Put").contains("let _ = client;"));
    }
}
