//! [Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).

/// A parsed ARN.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arn<'a> {
    /// The partition, which is never empty.
    pub(super) partition: &'a str,
    /// The service, which is never empty.
    pub(super) service: &'a str,
    /// The region, or nothing.
    pub(super) region: &'a str,
    /// The account, or nothing.
    pub(super) account_id: &'a str,
    /// The rest, split at colons and slashes.
    pub(super) resource_id: Vec<&'a str>,
}

/// Parses an ARN; `None` if it is not one.
pub(super) fn parse_arn(value: &str) -> Option<Arn<'_>> {
    let mut parts = value.splitn(6, ':');
    let mut next = || parts.next();
    let (scheme, partition, service) = (next()?, next()?, next()?);
    let (region, account_id, resource) = (next()?, next()?, next()?);
    if scheme != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Arn {
        partition,
        service,
        region,
        account_id,
        resource_id: resource.split([':', '/']).collect(),
    })
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns() {
        assert_eq!(
            parse_arn("arn:aws:ec2:us-east-1:012345678910:vpc/vpc-1:a:"),
            Some(Arn {
                partition: "aws",
                service: "ec2",
                region: "us-east-1",
                account_id: "012345678910",
                resource_id: vec!["vpc", "vpc-1", "a", ""],
            })
        );
        let global = parse_arn("arn:aws:s3:::bucket").unwrap();
        assert_eq!((global.region, global.account_id), ("", ""));
        for invalid in [
            "",
            "11111111-2222-3333-4444-555555555555",
            "arn:aws:s3:us-east-1:1",
            "arn:aws:s3:us-east-1:1:",
            "arn::s3:us-east-1:1:a",
            "arn:aws::us-east-1:1:a",
            "urn:aws:s3:us-east-1:1:a",
        ] {
            assert_eq!(parse_arn(invalid), None, "{invalid}");
        }
    }
}
//~ end
