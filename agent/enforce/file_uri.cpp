#include "agent/enforce/file_uri.hpp"

#include <openssl/evp.h>

#include <array>

#include "policy/base/bytes.hpp"

namespace huxin::enforce {
namespace {

constexpr std::string_view kPlain =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!$&'()*+,/:=@";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_file_uri(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file://";
  for (const char c : path) {
    if (kPlain.contains(c)) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += kHex[byte >> 4U];
    uri += kHex[byte & 15U];
  }
  return uri;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]);
    const int low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    plain += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return plain;
}

std::optional<std::string> from_file_uri(std::string_view uri) {
  constexpr std::array<std::string_view, 2> kStarts{"file:///", "file://localhost/"};
  for (const std::string_view start : kStarts) {
    if (uri.starts_with(start)) return percent_decode(uri.substr(start.size() - 1));
  }
  return std::nullopt;
}

std::string thumbnail_name(std::string_view uri) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(uri.data(), uri.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) return {};
  return to_hex(ByteView(digest).first(size));
}

}  // namespace huxin::enforce
