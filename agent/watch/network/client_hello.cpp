#include "agent/watch/network/client_hello.hpp"

#include <algorithm>
#include <optional>

namespace huxin::watch {
namespace {

/// Takes big-endian fields off the front of a view; after the first field that is not there, all
/// are empty and `ok` is false.
class FieldReader {
 public:
  explicit FieldReader(ByteView bytes) : rest_(bytes) {}

  ByteView take(std::size_t count) {
    if (count > rest_.size()) ok_ = false;
    if (!ok_) return {};
    const ByteView field = rest_.first(count);
    rest_ = rest_.subspan(count);
    return field;
  }
  std::size_t number(std::size_t width) {
    std::size_t value = 0;
    for (const std::uint8_t byte : take(width)) value = value << 8U | byte;
    return value;
  }
  /// A vector with its length before it.
  ByteView vector(std::size_t length_width) { return take(number(length_width)); }

  bool ok() const { return ok_; }
  bool empty() const { return rest_.empty(); }

 private:
  ByteView rest_;
  bool ok_ = true;
};

constexpr std::uint8_t kHandshakeRecord = 22;
constexpr std::uint8_t kClientHelloType = 1;
constexpr std::size_t kMaxRecord = 16384 + 2048;

/// Whether the handshake message of the first records is whole, and its body.
struct Handshake {
  Opening state = Opening::kNeedMore;
  Bytes body;
};

Handshake gather(ByteView bytes) {
  Bytes message;
  while (bytes.size() >= 5) {
    const std::size_t length = static_cast<std::size_t>(bytes[3]) << 8U | bytes[4];
    if (bytes[0] != kHandshakeRecord || bytes[1] != 3 || length == 0 || length > kMaxRecord) {
      return {Opening::kUnknown, {}};
    }
    const ByteView fragment = bytes.subspan(5, std::min(length, bytes.size() - 5));
    message.insert(message.end(), fragment.begin(), fragment.end());
    if (!message.empty() && message[0] != kClientHelloType) return {Opening::kUnknown, {}};
    if (message.size() >= 4) {
      const std::size_t wanted = static_cast<std::size_t>(message[1]) << 16U |
                                 static_cast<std::size_t>(message[2]) << 8U | message[3];
      if (wanted > kMaxClientHello) return {Opening::kUnknown, {}};
      if (message.size() - 4 >= wanted) {
        return {Opening::kTls, Bytes(message.begin() + 4,
                                     message.begin() + 4 + static_cast<std::ptrdiff_t>(wanted))};
      }
    }
    if (fragment.size() < length) break;
    bytes = bytes.subspan(5 + length);
  }
  return {};
}

std::string read_server_name(ByteView extension) {
  FieldReader names(FieldReader(extension).vector(2));
  while (names.ok() && !names.empty()) {
    const std::size_t type = names.number(1);
    const ByteView name = names.vector(2);
    if (!names.ok() || type != 0) continue;
    std::string lower(as_text(name));
    std::ranges::transform(lower, lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return is_host_name(lower) ? lower : std::string();
  }
  return {};
}

std::vector<std::string> read_protocols(ByteView extension) {
  std::vector<std::string> protocols;
  FieldReader list(FieldReader(extension).vector(2));
  while (list.ok() && !list.empty() && protocols.size() < 32) {
    const ByteView name = list.vector(1);
    if (list.ok()) protocols.emplace_back(as_text(name));
  }
  return protocols;
}

std::optional<ClientHello> read_hello(ByteView body) {
  constexpr std::size_t kServerName = 0, kApplicationProtocols = 16;
  FieldReader reader(body);
  reader.take(2 + 32);  // version, random
  reader.vector(1);     // session id
  reader.vector(2);     // cipher suites
  reader.vector(1);     // compression methods
  if (!reader.ok()) return std::nullopt;
  ClientHello hello;
  if (reader.empty()) return hello;  // TLS 1.0 and 1.1 knew hellos without extensions
  FieldReader extensions(reader.vector(2));
  while (extensions.ok() && !extensions.empty()) {
    const std::size_t type = extensions.number(2);
    const ByteView content = extensions.vector(2);
    if (type == kServerName && hello.server_name.empty())
      hello.server_name = read_server_name(content);
    if (type == kApplicationProtocols) hello.protocols = read_protocols(content);
  }
  if (!extensions.ok() || !reader.ok()) return std::nullopt;
  return hello;
}

/// Does a request line start here: a method of capital letters, a space, a target?
Opening sniff_http(std::string_view text) {
  constexpr std::size_t kLongestMethod = 20;  // "VERSION-CONTROL" is 15
  std::size_t length = 0;
  while (length < text.size() &&
         ((text[length] >= 'A' && text[length] <= 'Z') || text[length] == '-'))
    ++length;
  if (length > kLongestMethod) return Opening::kUnknown;
  if (length == text.size()) return Opening::kNeedMore;
  if (length < 3 || text[length] != ' ') return Opening::kUnknown;
  if (length + 1 == text.size()) return Opening::kNeedMore;
  const char target = text[length + 1];
  const bool target_like = target == '/' || target == '*' || (target >= '0' && target <= '9') ||
                           target == '[' || ((target | 0x20) >= 'a' && (target | 0x20) <= 'z');
  return target_like ? Opening::kHttp : Opening::kUnknown;
}

}  // namespace

bool is_host_name(std::string_view name) {
  if (name.empty() || name.size() > 253 || name.front() == '.' || name.contains("..")) return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  });
}

Sniffed sniff(ByteView first_bytes) {
  if (first_bytes.empty()) return {};
  if (first_bytes[0] != kHandshakeRecord) return {sniff_http(as_text(first_bytes)), {}};
  if (first_bytes.size() > 1 && first_bytes[1] != 3) return {Opening::kUnknown, {}};
  const Handshake handshake = gather(first_bytes);
  if (handshake.state != Opening::kTls) {
    return {first_bytes.size() > kMaxClientHello ? Opening::kUnknown : handshake.state, {}};
  }
  auto hello = read_hello(handshake.body);
  if (!hello) return {Opening::kUnknown, {}};
  return {Opening::kTls, std::move(*hello)};
}

}  // namespace huxin::watch
