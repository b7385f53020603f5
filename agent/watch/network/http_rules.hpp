#pragma once
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <optional>
#include <string>

namespace huxin::watch {

namespace http = boost::beast::http;

/// What is wrong with a request, by RFC 9112: its status and a word for the page and the logs.
struct RequestFault {
  unsigned status = 400;
  std::string reason;
};

/// Looks for what two readers of one request could understand differently (request smuggling): a
/// length said twice, a length beside chunks, a transfer coding other than chunked alone, two
/// hosts. What it passes has one meaning. Takes a head that Beast's parser took. The
/// status is 400, 501 for another transfer coding, 505 for another version than 1.0 and 1.1.
std::optional<RequestFault> fault_of(const http::request_header<>& head);

/// The host name a request names, without port, in lower case; empty: none that is one. An IPv6
/// address comes without its brackets.
std::string host_of(const http::request_header<>& head);

/// A request target in two, both fit for a record: other than printable ASCII is percent-encoded,
/// and the path is cut at 2,048 characters. The query is as sent.
struct Target {
  std::string path;
  std::string query;  ///< without '?'
};
/// The absolute form loses scheme and host; "*" and a CONNECT's authority get a "/" before them.
Target split_target(std::string_view target);

/// What a request says outside its body, for judging: the path and the query, percent-decoded, and
/// the values of all header fields that do not belong to the protocol itself, a line each. Not
/// longer than the head. Empty: too little to hold anything about a customer.
/// Cookies, authorisation and the fields that every browser sends are left out, as are values of
/// fewer than 6 bytes. Decoded bytes need not be UTF-8.
std::string spoken_outside_body(const http::request_header<>& head);

/// A header value fit for a record: other than printable ASCII becomes '?', cut at `limit`.
std::string printable(std::string_view text, std::size_t limit);

/// The page the user gets, in Chinese and English, as a whole response that closes the connection:
/// what became of the request (by the status), why, and what to do. `zh` and `en` say why; they
/// are escaped, UTF-8.
std::string make_page(unsigned status, std::string_view zh, std::string_view en);

}  // namespace huxin::watch
