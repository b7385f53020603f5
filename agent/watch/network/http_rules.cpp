#include "agent/watch/network/http_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <iterator>

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

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Undoes percent-encoding; what is not properly encoded stays as it is. `space`: what stands for a
/// blank in this part (a form's '+').
std::string percent_decode(std::string_view text, char space) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool whole = text[at] == '%' && at + 2 < text.size();
    const int high = whole ? hex_digit(text[at + 1]) : -1;
    const int low = whole ? hex_digit(text[at + 2]) : -1;
    if (high >= 0 && low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      decoded += text[at] == space ? ' ' : text[at];
    }
  }
  return decoded;
}

/// Fields of the protocol and those every browser sends with every request. Cookie and
/// Authorization carry what the server itself gave out.
bool is_ordinary_field(std::string_view name) {
  static constexpr auto kNames = std::to_array<std::string_view>({"host",
                                                                  "user-agent",
                                                                  "connection",
                                                                  "content-length",
                                                                  "content-type",
                                                                  "content-encoding",
                                                                  "transfer-encoding",
                                                                  "trailer",
                                                                  "te",
                                                                  "expect",
                                                                  "cache-control",
                                                                  "pragma",
                                                                  "range",
                                                                  "origin",
                                                                  "upgrade",
                                                                  "upgrade-insecure-requests",
                                                                  "http2-settings",
                                                                  "dnt",
                                                                  "cookie",
                                                                  "authorization",
                                                                  "proxy-authorization",
                                                                  "proxy-connection",
                                                                  "keep-alive",
                                                                  "priority",
                                                                  "date"});
  static constexpr auto kFamilies = std::to_array<std::string_view>({"accept", "if-", "sec-"});
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a | 0x20 : a) == b; };
  return std::ranges::any_of(
             kNames, [&](std::string_view own) { return std::ranges::equal(name, own, same); }) ||
         std::ranges::any_of(kFamilies, [&](std::string_view family) {
           return std::ranges::equal(name.substr(0, family.size()), family, same);
         });
}

/// What became of a request and what its sender can do, by the status of the answer.
struct Outcome {
  std::string_view zh, en, advice_zh, advice_en;
};

const Outcome& outcome_of(unsigned status) {
  static constexpr Outcome kBlocked{
      "本次发送已被阻止", "Sending was blocked",
      "发送没有完成。如确属业务需要，请联系本网点安全员。",
      "It was not completed. If your work needs it, ask your branch's security officer."};
  static constexpr Outcome kNoConnection{"无法安全地连接", "No safe connection",
                                         "如需访问该网站，请联系科技人员。",
                                         "If you need this site, ask your IT department."};
  static constexpr Outcome kNotSent{"请求没有发送", "The request was not sent",
                                    "请重试；如仍不成功，请联系科技人员。",
                                    "Try again; if it still fails, ask your IT department."};
  switch (status) {
    case 403:
      return kBlocked;
    case 502:
      return kNoConnection;
    default:
      return kNotSent;
  }
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
  if (!split.path.starts_with('/'))
    split.path.insert(0, "/");  // "*", the authority form of CONNECT
  if (mark != std::string_view::npos) split.query = target.substr(mark + 1);
  return split;
}

std::string spoken_outside_body(const http::request_header<>& head) {
  constexpr std::size_t kLeast = 6;  // a name of two characters in UTF-8; no number is shorter
  std::string spoken;
  const auto say = [&](std::string_view name, std::string_view text) {
    fmt::format_to(std::back_inserter(spoken), "{}{}{}", spoken.empty() ? "" : "\n", name, text);
  };
  const std::string_view target = view(head.target());
  const std::size_t mark = std::min(target.find('?'), target.size());
  const std::string path = percent_decode(target.substr(0, mark), '\0');
  if (path.size() > kLeast) say({}, path);
  if (mark + 1 < target.size()) say({}, percent_decode(target.substr(mark + 1), '+'));
  for (const auto& field : head) {
    const std::string_view name = view(field.name_string()), value = view(field.value());
    if (value.size() < kLeast || is_ordinary_field(name)) continue;
    say(fmt::format("{}: ", name), percent_decode(value, '\0'));
  }
  return spoken;
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string kept(text.substr(0, limit));
  std::ranges::replace_if(kept, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
  return kept;
}

std::string make_page(unsigned status, std::string_view zh, std::string_view en) {
  const Outcome& outcome = outcome_of(status);
  const std::string body = fmt::format(
      "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>{0} - 护信 Huxin</title>"
      "<body style=\"font-family:sans-serif;line-height:1.6;max-width:40em;margin:4em auto\">"
      "<h1>{0}<br><small lang=\"en\">{1}</small></h1>"
      "<p><strong>原因 Reason</strong><br>{2}<br><span lang=\"en\">{3}</span></p>"
      "<p>{4}<br><span lang=\"en\">{5}</span></p>"
      "<p style=\"color:#666\">护信 Huxin · {6}</p></body></html>\n",
      outcome.zh, outcome.en, escape_html(zh), escape_html(en), outcome.advice_zh,
      outcome.advice_en, status);
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n"
      "Cache-Control: no-store\r\nConnection: close\r\n\r\n{}",
      status, view(http::obsolete_reason(static_cast<http::status>(status))), body.size(), body);
}

}  // namespace huxin::watch
