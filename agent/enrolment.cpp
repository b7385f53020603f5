#include "agent/enrolment.hpp"

#include <boost/json.hpp>

#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"

namespace huxin::agent {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxFile = std::size_t{1} << 20U;
constexpr std::string_view kDigestKey = "digest.key";

/// A key is named after its certificate, so that the old pair stays whole until the new one is in
/// use.
std::string key_name(ByteView certificate) {
  return "device-" + to_hex(ByteView(sha256(certificate)).first(8)) + ".key";
}

/// Reads members of one JSON object and remembers the first that is missing or malformed.
class Reader {
 public:
  explicit Reader(const json::object& object) : object_(object) {}

  std::string text(std::string_view name) {
    const json::value* const value = object_.if_contains(name);
    if (value && value->is_string()) return std::string(value->get_string());
    lacks(name);
    return {};
  }
  Bytes bytes(std::string_view name) {
    Result<Bytes> value = from_hex(text(name));
    if (value && !value->empty()) return *std::move(value);
    lacks(name);
    return {};
  }
  std::uint16_t port(std::string_view name) {
    const json::value* const value = object_.if_contains(name);
    if (value && value->is_int64() && value->get_int64() > 0 && value->get_int64() < 65536) {
      return static_cast<std::uint16_t>(value->get_int64());
    }
    lacks(name);
    return 0;
  }
  const std::string& missing() const { return missing_; }

 private:
  void lacks(std::string_view name) {
    if (missing_.empty()) missing_ = name;
  }
  const json::object& object_;
  std::string missing_;
};

}  // namespace

Status save_enrolment(const State& state, certs::KeyStore& keys, const Enrolment& enrolment) {
  const std::string name = key_name(enrolment.identity.certificate);
  if (Status saved = keys.save(name, enrolment.identity.private_key); !saved) return saved;
  if (Status saved = keys.save(kDigestKey, enrolment.digest_key); !saved) return saved;
  const json::object object{
      {"collector_host", enrolment.host},
      {"collector_port", enrolment.port},
      {"terminal", enrolment.terminal},
      {"certificate", to_hex(enrolment.identity.certificate)},
      {"chain", to_hex(enrolment.identity.chain)},
      {"root", to_hex(enrolment.root)},
      {"policy_key", to_hex(enrolment.policy_key)},
  };
  return write_file_atomically(state.enrolment(), as_bytes(json::serialize(object)), 0600);
}

Result<std::optional<Enrolment>> load_enrolment(const State& state, certs::KeyStore& keys) {
  const std::string file = state.enrolment().string();
  Result<std::string> content = read_file(state.enrolment(), kMaxFile);
  if (!content && content.error().code == Errc::kNotFound) return std::nullopt;
  if (!content) return std::unexpected(content.error());
  boost::system::error_code broken;
  const json::value value = json::parse(*content, broken);
  if (broken || !value.is_object())
    return fail(Errc::kCorrupt, "{} is no JSON object; enrol again", file);

  Reader reader(value.get_object());
  Enrolment enrolment;
  enrolment.host = reader.text("collector_host");
  enrolment.port = reader.port("collector_port");
  enrolment.terminal = reader.text("terminal");
  enrolment.identity.certificate = reader.bytes("certificate");
  enrolment.identity.chain = reader.bytes("chain");
  enrolment.root = reader.bytes("root");
  enrolment.policy_key = reader.bytes("policy_key");
  if (!reader.missing().empty()) {
    return fail(Errc::kCorrupt, "{} lacks '{}'; enrol again", file, reader.missing());
  }
  Result<Secret> key = keys.load(key_name(enrolment.identity.certificate));
  if (!key) return std::unexpected(key.error().within("the terminal's key"));
  Result<Secret> digest_key = keys.load(kDigestKey);
  if (!digest_key) return std::unexpected(digest_key.error().within("the digest key"));
  enrolment.identity.private_key = *std::move(key);
  enrolment.digest_key = *std::move(digest_key);
  return enrolment;
}

}  // namespace huxin::agent
