$version: "2"

// The protocol of the official crate, which the older model does not have.
namespace timed

use smithy.protocols#rpcv2Cbor

apply com.amazonaws.cloudwatch#GraniteServiceVersion20100801 @rpcv2Cbor
