#include "policy/bundle/bundle.hpp"

#include "policy/bundle/bundle.pb.h"

namespace huxin::bundle {
namespace {

constexpr frame::Kind kBundle{.name = "policy bundle",
                              .magic = "HUXBNDL1",
                              .domain = std::string_view("huxin-bundle-1\0", 15),
                              .largest = std::size_t{32} << 20U};
constexpr int kMaxCertificates = 64;
constexpr std::size_t kMaxCertificate = std::size_t{16} << 10U;
constexpr std::size_t kMaxVersion = 64;
constexpr std::size_t kMaxExact = std::size_t{12} << 20U;
constexpr std::size_t kMaxPrints = std::size_t{8} << 20U;

Status check_limits(const wire::Contents& message) {
  if (message.version().size() > kMaxVersion) {
    return fail(Errc::kTooLarge, "the bundle's version has {} bytes, {} at most",
                message.version().size(), kMaxVersion);
  }
  if (message.exact().size() > kMaxExact || message.prints().size() > kMaxPrints) {
    return fail(Errc::kTooLarge,
                "the bundle's filter of customers has {} bytes and its prints of documents {}, {} "
                "and {} at most",
                message.exact().size(), message.prints().size(), kMaxExact, kMaxPrints);
  }
  for (const auto* const list : {&message.officers(), &message.reviewers()}) {
    if (list->size() > kMaxCertificates) {
      return fail(Errc::kTooLarge, "the bundle has {} certificates in one list, {} at most",
                  list->size(), kMaxCertificates);
    }
    for (const std::string& certificate : *list) {
      if (certificate.size() > kMaxCertificate) {
        return fail(Errc::kTooLarge, "a certificate in the bundle has {} bytes, {} at most",
                    certificate.size(), kMaxCertificate);
      }
    }
  }
  return {};
}

wire::Contents to_wire(const Contents& contents) {
  wire::Contents message;
  message.set_policy(contents.policy);
  message.set_catalog(contents.catalog);
  for (const Bytes& each : contents.officers) message.add_officers(std::string(as_text(each)));
  for (const Bytes& each : contents.reviewers) message.add_reviewers(std::string(as_text(each)));
  message.set_authorisations(std::string(as_text(contents.authorisations)));
  message.set_holds(std::string(as_text(contents.holds)));
  message.set_exact(contents.exact);
  message.set_prints(contents.prints);
  message.set_version(contents.version);
  message.set_serial(contents.serial);
  message.set_created_ms(contents.created.time_since_epoch().count());
  return message;
}

Bytes bytes_of(std::string_view text) {
  const ByteView view = as_bytes(text);
  return Bytes(view.begin(), view.end());
}

Contents from_wire(wire::Contents&& message) {
  Contents contents;
  contents.policy = message.policy();
  contents.catalog = message.catalog();
  for (const std::string& each : message.officers()) contents.officers.push_back(bytes_of(each));
  for (const std::string& each : message.reviewers()) contents.reviewers.push_back(bytes_of(each));
  contents.authorisations = bytes_of(message.authorisations());
  contents.holds = bytes_of(message.holds());
  contents.exact = std::move(*message.mutable_exact());
  contents.prints = std::move(*message.mutable_prints());
  contents.version = message.version();
  contents.serial = message.serial();
  contents.created = Time(std::chrono::milliseconds(message.created_ms()));
  return contents;
}

}  // namespace

Result<Bytes> sign(const Contents& contents, const Secret& private_key) {
  const wire::Contents message = to_wire(contents);
  if (Status within = check_limits(message); !within) return std::unexpected(within.error());
  if (message.ByteSizeLong() > kBundle.largest) {
    return fail(Errc::kTooLarge, "the bundle would have {} bytes, {} at most",
                message.ByteSizeLong(), kBundle.largest);
  }
  std::string body;
  if (!message.SerializeToString(&body)) {
    return fail(Errc::kInternal, "cannot serialise a bundle");
  }
  return frame::sign(kBundle, as_bytes(body), private_key);
}

Result<Contents> verify(ByteView bundle, ByteView public_key, std::uint64_t least_serial) {
  const auto body = frame::verify(kBundle, bundle, public_key);
  if (!body) return std::unexpected(body.error());
  wire::Contents message;
  if (!message.ParseFromArray(body->data(), static_cast<int>(body->size()))) {
    return fail(Errc::kCorrupt, "the bundle is signed, but its contents are malformed");
  }
  if (Status within = check_limits(message); !within) return std::unexpected(within.error());
  if (message.serial() < least_serial) {
    return fail(Errc::kDenied,
                "the bundle's serial {} is below {}: an older policy is not taken back",
                message.serial(), least_serial);
  }
  return from_wire(std::move(message));
}

}  // namespace huxin::bundle
