#include "agent/watch/network/http_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>

#include "agent/watch/network/client_hello.hpp"

namespace huxin::watch {
namespace {

constexpr std::size_t kMaxPath = 2048;

std::string_view view(boost::core::string_view text) { return {text.data(), text.size()}; }

std::size_t count(const http::fields& fields, http::field name) {
  const auto [first, last] = fields.equal_range(name);
  return static_cast<std::size_t>(std::distance(first, last));
}

/// A Content-Length is digits and nothing else: no sign, no list, no blank inside.
bool is_plain_length(std::string_view value) {
  return !value.empty() && value.size() <= 18 &&
         std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
}

std::string percent_encode(std::string_view text, std::size_t limit) {
  std::string encoded;
  for (const char c : text) {
    if (encoded.size() >= limit) break;
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", byte);
    }
  }
  return encoded;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::optional<RequestFault> fault_of(const http::request_header<>& head) {
  const std::size_t lengths = count(head, http::field::content_length);
  const std::size_t codings = count(head, http::field::transfer_encoding);
  if (head.version() != 10 && head.version() != 11)
    return RequestFault{505, "unsupported HTTP version"};
  if (lengths > 1) return RequestFault{400, "Content-Length twice"};
  if (codings > 1) return RequestFault{400, "Transfer-Encoding twice"};
  if (lengths != 0 && codings != 0)
    return RequestFault{400, "Content-Length beside Transfer-Encoding"};
  if (lengths == 1 && !is_plain_length(view(head[http::field::content_length]))) {
    return RequestFault{400, "malformed Content-Length"};
  }
  if (codings == 1) {
    if (head.version() == 10) return RequestFault{400, "Transfer-Encoding in HTTP/1.0"};
    if (!boost::beast::iequals(head[http::field::transfer_encoding], "chunked")) {
      return RequestFault{501, "unsupported Transfer-Encoding"};
    }
  }
  const std::size_t hosts = count(head, http::field::host);
  if (hosts > 1 || (hosts == 0 && head.version() == 11))
    return RequestFault{400, "Host missing or twice"};
  return std::nullopt;
}

std::string host_of(const http::request_header<>& head) {
  std::string host(view(head[http::field::host]));
  if (const std::size_t colon = host.rfind(':');
      colon != std::string::npos && host.find(']', colon) == std::string::npos) {
    host.resize(colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  std::ranges::transform(host, host.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const bool address =
      host.contains(':') && host.find_first_not_of("0123456789abcdef:.") == std::string::npos;
  return is_host_name(host) || address ? host : std::string();
}

Target split_target(std::string_view target) {
  // The absolute form names the host once more; the path is what follows it.
  if (const std::size_t scheme = target.find("://");
      scheme != std::string_view::npos && !target.starts_with('/')) {
    const std::size_t slash = target.find_first_of("/?", scheme + 3);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  const std::size_t mark = target.find('?');
  Target split{.path = percent_encode(target.substr(0, mark), kMaxPath), .query = {}};
  if (!split.path.starts_with('/')) split.path.insert(0, "/");  // "*", the authority form of CONNECT
  if (mark != std::string_view::npos) split.query = target.substr(mark + 1);
  return split;
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string kept(text.substr(0, limit));
  std::ranges::replace_if(kept, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
  return kept;
}

std::string make_page(unsigned status, std::string_view zh, std::string_view en) {
  const std::string body = fmt::format(
      "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>{0}</title>"
      "<body style=\"font-family:sans-serif;max-width:40em;margin:4em auto\">"
      "<h1>护信 Huxin</h1><p>{1}</p><p lang=\"en\">{2}</p></body></html>\n",
      status, escape_html(zh), escape_html(en));
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n"
      "Cache-Control: no-store\r\nConnection: close\r\n\r\n{}",
      status, view(http::obsolete_reason(static_cast<http::status>(status))), body.size(), body);
}

}  // namespace huxin::watch
