#include "policy/detect/recognise/private_key.hpp"

#include <algorithm>
#include <string>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kDashes = "-----";
constexpr std::size_t kMaxBlock = std::size_t{32} << 10U;  // an RSA key of 16,384 bits has 13 KiB
constexpr std::ptrdiff_t kLeastBody = 32;

}  // namespace

std::optional<Span> recognise_private_key(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, kMaxBlock);
  const std::size_t label_end = rest.substr(0, 96).find(kDashes, kBegin.size());
  if (label_end == std::string_view::npos) return std::nullopt;
  const std::string_view label = rest.substr(kBegin.size(), label_end - kBegin.size());
  if (!label.ends_with("PRIVATE KEY")) return std::nullopt;
  const std::size_t body = label_end + kDashes.size();
  const std::string closing = std::string("-----END ").append(label).append(kDashes);
  // A block cut short is still a key: what there is of it is one finding.
  const std::size_t next = rest.find(kDashes, body);
  const bool closed = next != std::string_view::npos && rest.substr(next).starts_with(closing);
  const std::size_t end = closed ? next + closing.size() : std::min(next, rest.size());
  const std::string_view content = rest.substr(body, end - body);
  if (std::ranges::count_if(content, is_ascii_alnum) < kLeastBody) return std::nullopt;
  return Span{at, at + end};
}

}  // namespace huxin::detect
