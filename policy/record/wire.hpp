#pragma once
#include <cstddef>
#include <string_view>

/// What terminals and the collector say to each other: HTTPS (HTTP/1.1, TLS 1.3, mutual except for
/// enrolment) with bodies of record.proto. A terminal is known by its certificate alone.
///
///   POST /v1/enrol      EnrolRequest → EnrolReply      without a client certificate
///   POST /v1/records    Batch → Ack
///   POST /v1/heartbeat  Heartbeat → HeartbeatReply
///   POST /v1/renew      RenewRequest → RenewReply
///   GET  /v1/policy     → the bundle, its SHA-256 in X-Huxin-Digest; 304 to a
///                                                      matching If-None-Match
///
/// A refusal is 4xx or 5xx with {"error":{"code":"…","message":"…"}}; Retry-After is in seconds.
namespace huxin::record::wire {

inline constexpr std::string_view kEnrol = "/v1/enrol";
inline constexpr std::string_view kRecords = "/v1/records";
inline constexpr std::string_view kHeartbeat = "/v1/heartbeat";
inline constexpr std::string_view kRenew = "/v1/renew";
inline constexpr std::string_view kPolicy = "/v1/policy";

inline constexpr std::string_view kProtobuf = "application/x-protobuf";
inline constexpr std::string_view kDigestHeader = "X-Huxin-Digest";

inline constexpr std::size_t kMostRecords = 500;                      ///< in a batch
inline constexpr std::size_t kLargestBatch = std::size_t{4} << 20U;   ///< bytes of its records
inline constexpr std::size_t kLargestReply = std::size_t{64} << 10U;  ///< of any body but a bundle
inline constexpr std::size_t kLargestBundle = std::size_t{32} << 20U;

}  // namespace huxin::record::wire
