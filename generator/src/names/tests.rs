//! Tables of names and their official spellings.
//!
//! Rows marked `IVS` are names of the three services, from the public items of their official
//! crates. The other rows are names of other AWS services and hypothetical hazards.

use super::*;

#[test]
fn fields() {
    #[rustfmt::skip]
    let rows = [
        // IVS: plain camel case, acronyms and digits inside, a keyword.
        ("arn", "arn"), ("s3", "s3"), ("pip", "pip"),
        ("eventTime", "event_time"),
        ("playbackUrl", "playback_url"),
        ("recordingS3BucketName", "recording_s3_bucket_name"),
        ("recordingS3Prefix", "recording_s3_prefix"),
        ("filterByUserId", "filter_by_user_id"),
        ("accessControlAllowOrigin", "access_control_allow_origin"),
        ("xAmznErrorType", "x_amzn_error_type"),
        ("xFrameOptions", "x_frame_options"),
        ("viewerSessionVersionsLessThanOrEqualTo", "viewer_session_versions_less_than_or_equal_to"),
        ("type", "r#type"),
        // Acronyms, their plurals and following words.
        ("ACLs", "acls"), ("ACLsUpdateStatus", "acls_update_status"),
        ("NotificationARNs", "notification_arns"), ("AllowedAllVPCs", "allowed_all_vpcs"),
        ("CIDRs", "cidrs"), ("WriteIOs", "write_ios"),
        ("ARN", "arn"), ("AWSKMSKeyARN", "awskms_key_arn"), ("AccountID", "account_id"),
        ("CNAMEPrefix", "cname_prefix"), ("IAMUser", "iam_user"), ("ASName", "as_name"),
        ("BluePrimaryX", "blue_primary_x"), ("SupportsClassB", "supports_class_b"),
        ("signatureS", "signature_s"), ("UseFIPS", "use_fips"),
        // Digits and versions.
        ("S3Key", "s3_key"), ("s3key", "s3_key"), ("sha256sum", "sha256_sum"),
        ("M3u8Settings", "m3u8_settings"), ("Ac3Settings", "ac3_settings"),
        ("ASN1Subject", "asn1_subject"), ("Av1QvbrSettings", "av1_qvbr_settings"),
        ("DynamoDBv2Action", "dynamo_dbv2_action"), ("dynamoDBv2", "dynamo_dbv2"),
        ("SessionKeyEmv2000", "session_key_emv2000"), ("OtaaV1_0_x", "otaa_v1_0_x"),
        ("AwsElbv2LoadBalancer", "aws_elbv2_load_balancer"),
        // Words that stay whole in any case, and names that look like one.
        ("IPv4", "ipv4"), ("IpV4Addresses", "ipv4_addresses"), ("ipv4Address", "ipv4_address"),
        ("UnassignIpv6AddressesRequest", "unassign_ipv6_addresses_request"),
        ("SigV4Authorization", "sigv4_authorization"), ("sigv4", "sigv4"),
        ("TotalGpuMemoryInMiB", "total_gpu_memory_in_mib"),
        ("AcceleratorTotalMemoryMiBRequest", "accelerator_total_memory_mib_request"),
        ("AuthTtL", "auth_ttl"), ("GibsonGuitar", "gibsonguitar"),
        // Keywords, the four that are never raw, and names that generated methods have.
        ("match", "r#match"), ("Async", "r#async"), ("gen", "r#gen"), ("try", "r#try"),
        ("self", "self_"), ("super", "super_"), ("crate", "crate_"), ("Self", "self_"),
        ("send", "send_value"), ("build", "build_value"), ("builder", "builder_value"),
        ("meta", "meta_value"), ("customize", "customize_value"), ("default", "default_value"),
        ("makeOperation", "make_operation_value"), ("presigned", "presigned_value"),
        // Separators and characters that cannot begin an identifier.
        ("x-amz-meta", "x_amz_meta"), ("_leading", "leading"), ("_2d", "_2_d"),
    ];
    for (member, expected) in rows {
        assert_eq!(
            FieldName::new(member).field().to_string(),
            expected,
            "{member}"
        );
    }
}

#[test]
fn methods_of_fields_are_called_after_the_member() {
    #[rustfmt::skip]
    let rows = [
        ("arn", ["arn", "arn", "set_arn", "get_arn", "is_arn"]),
        ("type", ["type", "r#type", "set_type", "get_type", "is_type"]),
        ("self", ["self_", "self_", "set_self", "get_self", "is_self"]),
        ("build", ["build_value", "build_value", "set_build", "get_build", "is_build"]),
    ];
    for (member, expected) in rows {
        let name = FieldName::new(member);
        let methods = [name.setter(), name.set(), name.get(), name.is()].map(|m| m.to_string());
        assert_eq!(name.to_string(), expected[0], "{member}");
        assert_eq!(methods, expected[1..], "{member}");
    }
}

#[test]
fn types() {
    #[rustfmt::skip]
    let rows = [
        // IVS
        ("StreamKeySummary", "StreamKeySummary", "is_stream_key_summary"),
        ("S3DestinationConfiguration", "S3DestinationConfiguration", "is_s3_destination_configuration"),
        ("AccessDeniedException", "AccessDeniedException", "is_access_denied_exception"),
        ("PendingVerification", "PendingVerification", "is_pending_verification"),
        // Types do not keep acronyms and their plurals whole.
        ("IPSet", "IpSet", "is_ip_set"), ("ACLs", "AcLs", "is_ac_ls"), ("DBInstance", "DbInstance", "is_db_instance"),
        ("XAmzContentSHA256Mismatch", "XAmzContentSha256Mismatch", "is_x_amz_content_sha256_mismatch"),
        ("DynamoDBv2Action", "DynamoDBv2Action", "is_dynamo_dbv2_action"),
        ("kms_key", "KmsKey", "is_kms_key"), ("aws-region", "AwsRegion", "is_aws_region"),
        ("Self", "SelfValue", "is_self_value"), ("SelfValue", "SelfValue_", "is_self_value"),
        // Names of the prelude do not change: files qualify the shadowed name instead.
        ("Option", "Option", "is_option"), ("String", "String", "is_string"), ("Result", "Result", "is_result"),
    ];
    for (shape, expected, is) in rows {
        let name = TypeName::new(shape);
        assert_eq!(name.ident().to_string(), expected, "{shape}");
        assert_eq!(
            name.builder().to_string(),
            format!("{expected}Builder"),
            "{shape}"
        );
        assert_eq!(name.is().to_string(), is, "{shape}");
    }
}

#[test]
fn operations() {
    #[rustfmt::skip]
    let rows = [
        // IVS
        ("CreateChannel", "create_channel", "create_channel", "CreateChannelInput", "CreateChannelPaginator"),
        ("ListRooms", "list_rooms", "list_rooms", "ListRoomsInput", "ListRoomsPaginator"),
        // The operation keeps its case, but types and paginators do not.
        ("DescribeACLs", "describe_acls", "describe_acls", "DescribeAcLsInput", "DescribeAcLsPaginator"),
        ("AssumeRoleWithSAML", "assume_role_with_saml", "assume_role_with_saml",
            "AssumeRoleWithSamlInput", "AssumeRoleWithSamlPaginator"),
        ("GetIPSet", "get_ip_set", "get_ip_set", "GetIpSetInput", "GetIpSetPaginator"),
        // A keyword is a raw method and an underscored module.
        ("Yield", "r#yield", "yield_", "YieldInput", "YieldPaginator"),
        ("Self", "self_value", "self_value", "SelfInput", "SelfPaginator"),
    ];
    for (shape, method, module, input, paginator) in rows {
        let name = OperationName::new(shape);
        assert_eq!(name.method().to_string(), method, "{shape}");
        assert_eq!(name.module().as_str(), module, "{shape}");
        assert_eq!(name.input().as_str(), input, "{shape}");
        assert_eq!(
            name.output().as_str(),
            input.replace("Input", "Output"),
            "{shape}"
        );
        assert_eq!(name.paginator().to_string(), paginator, "{shape}");
        assert_eq!(
            name.paginator_items().to_string(),
            format!("{paginator}Items"),
            "{shape}"
        );
    }
    let describe = OperationName::new("DescribeACLs");
    assert_eq!(describe.to_string(), "DescribeACLs");
    assert_eq!(describe.error().to_string(), "DescribeACLsError");
    assert_eq!(
        describe.fluent_builder().to_string(),
        "DescribeACLsFluentBuilder"
    );
    assert_eq!(describe.kebab(), "describe-acls");
    assert_eq!(OperationName::new("invoke").ident().to_string(), "Invoke");
}

#[test]
fn variants() {
    #[rustfmt::skip]
    let rows = [
        // IVS
        ("LowLatency", "LowLatency"), ("CREATE_FAILED", "CreateFailed"), ("TS", "Ts"),
        ("FragmentedMP4", "FragmentedMp4"), ("AdvancedHDChannelType", "AdvancedHdChannelType"),
        ("B_FRAME_PRESENT", "BFramePresent"), ("FULL_HD", "FullHd"), ("NONE", "None"),
        ("UNKNOWN", "UnknownValue"), ("UNKNOWN_OPERATION", "UnknownOperation"),
        ("s3", "S3"), ("cloudWatchLogs", "CloudWatchLogs"),
        // Other services and hazards
        ("CODING_MODE_1_0", "CodingMode10"), ("x86_64", "X8664"), ("R4_2XLARGE", "R42Xlarge"),
        ("HlsM3U8", "HlsM3U8"), ("unknown", "UnknownValue"), ("UnknownValue", "UnknownValue_"),
        ("SELF", "SelfValue"), ("SelfValue", "SelfValue_"), ("_2DBarcode", "_2DBarcode"),
    ];
    for (member, expected) in rows {
        assert_eq!(
            VariantName::new(member).ident().to_string(),
            expected,
            "{member}"
        );
    }
    let union = VariantName::new("cloudWatchLogs");
    assert_eq!(union.r#as().to_string(), "as_cloud_watch_logs");
    assert_eq!(union.is().to_string(), "is_cloud_watch_logs");
}

#[test]
fn variants_of_values_without_a_name() {
    #[rustfmt::skip]
    let rows = [
        ("LOW_LATENCY", Some("LowLatency")), ("us-east-1", Some("UsEast1")), ("a.b-c", Some("ABC")),
        ("t2.micro", Some("T2Micro")), ("text/plain", Some("TextPlain")), ("s3:ObjectCreated:*", Some("S3ObjectCreated")),
        ("1080p", Some("_1080p")), ("Unknown", Some("UnknownValue")), ("", None), ("*", None),
    ];
    for (value, expected) in rows {
        let name = VariantName::from_value(value);
        assert_eq!(name.as_ref().map(VariantName::as_str), expected, "{value}");
    }
}

#[test]
fn constants_and_features() {
    let name = ConstName::new("StreamKeySummary");
    assert_eq!(name.as_str(), "STREAM_KEY_SUMMARY");
    assert_eq!(ConstName::new("ACLs").ident().to_string(), "ACLS");
    assert_eq!(
        ConstName::new("S3DestinationConfiguration").as_str(),
        "S3_DESTINATION_CONFIGURATION"
    );
    assert_eq!(kebab("CreateChannel"), "create-channel");
    assert_eq!(kebab("UpdateIPv4Pool"), "update-ipv4-pool");
}

/// `heck` joins words without splitting them: tested with all names of up to six of these
/// characters, which form every kind of word.
#[test]
fn words_stay_as_they_are_split() {
    const CHARACTERS: [char; 6] = ['A', 'b', 's', 'V', '4', '_'];
    let mut names = vec![String::new()];
    for _ in 0..6 {
        let longer = names.iter().flat_map(|name| {
            let name = name.as_str();
            CHARACTERS.map(|c| format!("{name}{c}"))
        });
        names = longer.collect();
        for name in &names {
            let words = words::snake_words(name);
            assert_eq!(kebab(name), words.join("-"), "{name}");
            assert_eq!(snake(name), words.join("_"), "{name}");
            let shouted = leading_digit(words.join("_").to_uppercase());
            assert_eq!(ConstName::new(name).as_str(), shouted, "{name}");
            let words = words::pascal_words(name).into_iter();
            let capitalized = words.map(|word| {
                let (first, rest) = word.split_at(1);
                first.to_uppercase() + &rest.to_lowercase()
            });
            assert_eq!(pascal(name), leading_digit(capitalized.collect()), "{name}");
        }
    }
}
