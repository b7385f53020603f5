#pragma once
#include "agent/watch/network/held_body.hpp"
#include "agent/watch/network/http_rules.hpp"
#include "agent/watch/network/worker_context.hpp"

namespace huxin::watch {

/// Why a request goes no further, for the page the user gets.
struct Refusal {
  unsigned status = 403;
  std::string zh, en;
};

/// One request as far as judging it needs.
struct RequestInfo {
  wire::Flow flow;
  std::string method, content_type, content_encoding;
  Target target;
  std::string outside_body;  ///< see spoken_outside_body
};
/// Method and content type as far as they are printable ASCII, 32 and 512 bytes of them.
RequestInfo describe(const wire::Flow& flow, const http::request_header<>& head);

/// Decides, with the guardian, whether a request may leave. Single thread.
///
/// A request without a body and with nothing to say outside it passes unasked. A body in an unknown
/// encoding, or broken in its own, is asked about with the reason, or refused under fail_closed.
class UploadGate {
 public:
  using Answer = std::optional<Refusal>;  ///< nullopt: it may

  explicit UploadGate(WorkerContext& context) : context_(context) {}

  /// Judges what is said outside the body, and the body. `body` is sealed here and stays with the
  /// caller; not `whole`: it is the beginning of one too large to hold, judged as far as it goes,
  /// or, if goes_on() says so afterwards, together with the parts to come.
  asio::awaitable<Answer> check(RequestInfo request, HeldBody& body, bool whole);
  /// Is the next part to be judged before it may leave? Else what is left of the body may.
  bool goes_on() const { return goes_on_; }
  /// Judges the next part of a body; `part` is sealed. `last`: nothing comes after it. `reason`:
  /// why something will be missing, or empty.
  asio::awaitable<Answer> check_part(RequestInfo request, HeldBody& part, bool last,
                                     std::string reason);
  /// Judges what will not be read at all, for `reason` ("websocket", "proxy_connect").
  asio::awaitable<Answer> check_unread(RequestInfo request, std::string reason);

 private:
  asio::awaitable<Answer> check_outside_body(RequestInfo request);
  asio::awaitable<Answer> check_body(RequestInfo request, HeldBody& body, bool whole);
  void set_part(wire::VerdictRequest& asked, bool more) const;
  asio::awaitable<Answer> ask(wire::VerdictRequest request, int body);

  WorkerContext& context_;
  std::uint64_t stream_ = 0;  ///< of the body that comes in parts
  std::uint64_t part_ = 0;    ///< the last one asked about
  bool goes_on_ = false;
};

}  // namespace huxin::watch
