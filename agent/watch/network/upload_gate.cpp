#include "agent/watch/network/upload_gate.hpp"

namespace huxin::watch {
namespace {

constexpr std::string_view kBlockedZh = "本次发送包含受保护的客户信息，已被安全策略阻止。";
constexpr std::string_view kBlockedEn =
    "This upload holds protected customer information and was blocked by policy.";

std::string_view view(boost::core::string_view text) { return {text.data(), text.size()}; }

Refusal no_resources() {
  return {503, "资源不足，请稍后再试。", "Out of resources; please try again."};
}

Refusal not_inspectable() {
  return {403, "内容无法完整检查，已按策略阻止。",
          "The content could not be inspected whole and was blocked by policy."};
}

wire::VerdictRequest question(const RequestInfo& request) {
  wire::VerdictRequest asked;
  *asked.mutable_flow() = request.flow;
  asked.set_method(request.method);
  asked.set_path(request.target.path);
  return asked;
}

bool is_encoded(const RequestInfo& request) {
  return !request.content_encoding.empty() && request.content_encoding != "identity";
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  });
  return lower;
}

}  // namespace

RequestInfo describe(const wire::Flow& flow, const http::request_header<>& head) {
  return {.flow = flow,
          .method = printable(view(head.method_string()), 32),
          .content_type = printable(view(head[http::field::content_type]), 512),
          .content_encoding = to_lower(view(head[http::field::content_encoding])),
          .target = split_target(view(head.target())),
          .outside_body = spoken_outside_body(head)};
}

auto UploadGate::check(RequestInfo request, HeldBody& body, bool whole) -> asio::awaitable<Answer> {
  if (!request.outside_body.empty()) {
    if (auto refused = co_await check_outside_body(request)) co_return refused;
  }
  if (body.size() == 0 && whole) co_return std::nullopt;
  co_return co_await check_body(std::move(request), body, whole);
}

auto UploadGate::check_unread(RequestInfo request, std::string reason) -> asio::awaitable<Answer> {
  context_.link.report(request.flow, reason, request.target.path);
  wire::VerdictRequest asked = question(request);
  asked.set_coverage_reason(std::move(reason));
  co_return co_await ask(std::move(asked), -1);
}

/// Address and header fields are content too.
auto UploadGate::check_outside_body(RequestInfo request) -> asio::awaitable<Answer> {
  auto text = HeldBody::make(context_.held);
  if (!text || !text->append(as_bytes(request.outside_body)) || !text->seal())
    co_return no_resources();
  wire::VerdictRequest asked = question(request);
  asked.set_content_type("text/plain");
  co_return co_await ask(std::move(asked), text->fd());
}

/// A body in a known encoding is judged decoded; one that is not wholly there, or cannot be
/// decoded, is judged as far as it goes, with the reason. One too large to hold is offered in
/// parts.
auto UploadGate::check_body(RequestInfo request, HeldBody& body, bool whole)
    -> asio::awaitable<Answer> {
  if (!body.seal()) co_return no_resources();
  std::string reason = whole ? "" : "too_large";
  std::optional<HeldBody> decoded;
  if (whole && is_encoded(request)) {
    const DecodeLimits limits{.max_output = context_.config.hold_limit()};
    auto result = decode_body(body, request.content_encoding, limits, context_.held);
    if (result) {
      decoded.emplace(std::move(*result));
    } else {
      reason =
          result.error().code == Errc::kUnsupported ? "encoded" : to_string(result.error().code);
    }
    if (decoded && !decoded->seal()) co_return no_resources();
  }
  const bool in_parts = !whole && !is_encoded(request) && !context_.config.fail_closed();
  if (!reason.empty() && !in_parts) {
    context_.link.report(request.flow, reason, request.target.path);
    if (context_.config.fail_closed()) co_return not_inspectable();
  }
  wire::VerdictRequest asked = question(request);
  asked.set_content_type(request.content_type);
  asked.set_coverage_reason(std::move(reason));
  if (in_parts) {
    stream_ = ++context_.streams;
    part_ = 0;
    set_part(asked, true);
  }
  auto refused = co_await ask(std::move(asked), decoded ? decoded->fd() : body.fd());
  if (in_parts && !refused && !goes_on_)
    context_.link.report(request.flow, "too_large", request.target.path);
  co_return refused;
}

auto UploadGate::check_part(RequestInfo request, HeldBody& part, bool last, std::string reason)
    -> asio::awaitable<Answer> {
  if (!part.seal()) co_return no_resources();
  ++part_;
  wire::VerdictRequest asked = question(request);
  asked.set_content_type(request.content_type);
  asked.set_coverage_reason(std::move(reason));
  set_part(asked, !last);
  auto refused = co_await ask(std::move(asked), part.fd());
  if (!last && !refused && !goes_on_)
    context_.link.report(request.flow, "too_large", request.target.path);
  co_return refused;
}

void UploadGate::set_part(wire::VerdictRequest& asked, bool more) const {
  asked.set_stream(stream_);
  asked.set_part(part_);
  asked.set_more(more);
}

auto UploadGate::ask(wire::VerdictRequest request, int body) -> asio::awaitable<Answer> {
  Judgement judgement = co_await context_.link.judge(std::move(request), body);
  goes_on_ = judgement.goes_on && !judgement.block;
  if (!judgement.block) co_return std::nullopt;
  if (judgement.reason_zh.empty()) judgement.reason_zh = kBlockedZh;
  if (judgement.reason_en.empty()) judgement.reason_en = kBlockedEn;
  co_return Refusal{403, std::move(judgement.reason_zh), std::move(judgement.reason_en)};
}

}  // namespace huxin::watch
