#include "policy/order/order.hpp"

#include <algorithm>
#include <filesystem>

#include "policy/frame/signed_frame.hpp"
#include "policy/order/order.pb.h"

namespace huxin::order {
namespace {

constexpr frame::Kind kOrder{.name = "order",
                             .magic = "HUXORDR1",
                             .domain = std::string_view("huxin-order-1\0", 14),
                             .largest = kLargestOrder};
constexpr std::size_t kIdSize = 16;
constexpr std::size_t kMaxName = 128;     // terminal, executor, supervisor
constexpr std::size_t kMaxReason = 2000;  // bytes
constexpr std::size_t kMaxPath = 4096;
constexpr Time kEndOfTime = std::chrono::sys_days(std::chrono::year(9999) / 1 / 1);

Bytes bytes_of(std::string_view text) {
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}
std::string text_of(ByteView bytes) { return std::string(as_text(bytes)); }

Status check_text(std::string_view field, std::string_view text, std::size_t most, bool needed) {
  if (needed && text.empty()) return fail(Errc::kInvalid, "the order's {} is empty", field);
  if (text.size() > most)
    return fail(Errc::kTooLarge, "the order's {} has {} bytes, {} at most", field, text.size(),
                most);
  if (text.contains('\0')) return fail(Errc::kInvalid, "the order's {} has a zero byte", field);
  return {};
}

/// An absolute path that means the same however it is read.
Status check_path(std::string_view field, std::string_view text) {
  if (const Status fits = check_text(field, text, kMaxPath, true); !fits) return fits;
  const std::filesystem::path path(text);
  if (!path.is_absolute() || path.lexically_normal() != path || !path.has_filename())
    return fail(Errc::kInvalid,
                "the order's {} is not an absolute path of a file without \".\", \"..\" and \"//\"",
                field);
  return {};
}

Status check_what(const Release& release) {
  if (release.incident.size() != kIdSize)
    return fail(Errc::kInvalid, "the order's incident has {} bytes, not {}",
                release.incident.size(), kIdSize);
  return release.to.empty() ? Status{} : check_path("to", release.to);
}

Status check_what(const Destroy& destroy) {
  if (destroy.targets.empty()) return fail(Errc::kInvalid, "the order has no targets");
  if (destroy.targets.size() > kMostTargets)
    return fail(Errc::kTooLarge, "the order has {} targets, {} at most", destroy.targets.size(),
                kMostTargets);
  for (const Target& target : destroy.targets) {
    if (const Status fits = check_path("path", target.path); !fits) return fits;
    if (target.in_quarantine() && target.incident.size() != kIdSize)
      return fail(Errc::kInvalid, "a target's incident has {} bytes, not {}",
                  target.incident.size(), kIdSize);
    if (std::ranges::count(destroy.targets, target) > 1)
      return fail(Errc::kInvalid, "the order names a target twice");
  }
  return {};
}

Status check_what(const Cancel& cancel) {
  if (cancel.order.size() != kIdSize)
    return fail(Errc::kInvalid, "the order to cancel has an id of {} bytes, not {}",
                cancel.order.size(), kIdSize);
  return {};
}

wire::Order to_wire(const Order& order) {
  wire::Order message;
  message.set_id(text_of(order.id));
  message.set_terminal(order.terminal);
  message.set_issued_ms(order.issued.time_since_epoch().count());
  message.set_expires_ms(order.expires.time_since_epoch().count());
  message.set_reason(order.reason);
  message.set_executor(order.executor);
  message.set_supervisor(order.supervisor);
  if (const auto* const release = std::get_if<Release>(&order.what)) {
    message.mutable_release()->set_incident(text_of(release->incident));
    message.mutable_release()->set_to(release->to);
    return message;
  }
  if (const auto* const cancel = std::get_if<Cancel>(&order.what)) {
    message.mutable_cancel()->set_order(text_of(cancel->order));
    return message;
  }
  const Destroy& destroy = std::get<Destroy>(order.what);
  for (const Target& target : destroy.targets) {
    wire::Target& to = *message.mutable_destroy()->add_targets();
    to.set_path(target.path);
    to.set_incident(text_of(target.incident));
  }
  message.mutable_destroy()->set_method(std::string(to_string(destroy.method)));
  message.mutable_destroy()->set_residue(std::string(to_string(destroy.copies)));
  return message;
}

Result<Destroy> destroy_from(const wire::Destroy& message) {
  const auto method = method_from(message.method());
  if (!method) return std::unexpected(method.error());
  const auto copies = message.residue().empty() ? Copies::kReport : copies_from(message.residue());
  if (!copies) return std::unexpected(copies.error());
  Destroy destroy{.targets = {}, .method = *method, .copies = *copies};
  for (const wire::Target& target : message.targets())
    destroy.targets.push_back({target.path(), bytes_of(target.incident())});
  return destroy;
}

Result<Order> from_wire(const wire::Order& message) {
  Order order{.id = bytes_of(message.id()),
              .terminal = message.terminal(),
              .issued = Time(std::chrono::milliseconds(message.issued_ms())),
              .expires = Time(std::chrono::milliseconds(message.expires_ms())),
              .reason = message.reason(),
              .executor = message.executor(),
              .supervisor = message.supervisor(),
              .what = {}};
  switch (message.what_case()) {
    case wire::Order::kRelease:
      order.what = Release{bytes_of(message.release().incident()), message.release().to()};
      break;
    case wire::Order::kCancel:
      order.what = Cancel{bytes_of(message.cancel().order())};
      break;
    case wire::Order::kDestroy: {
      auto destroy = destroy_from(message.destroy());
      if (!destroy) return std::unexpected(destroy.error());
      order.what = *std::move(destroy);
      break;
    }
    default:
      return fail(Errc::kInvalid, "the order says neither release nor destroy nor cancel");
  }
  return order;
}

}  // namespace

std::string_view to_string(Method method) {
  return method == Method::kOverwrite ? "overwrite" : "unlink";
}
std::string_view to_string(Copies copies) {
  return copies == Copies::kDestroy ? "destroy" : "report";
}
Result<Method> method_from(std::string_view text) {
  for (const Method method : {Method::kOverwrite, Method::kUnlink}) {
    if (text == to_string(method)) return method;
  }
  return fail(Errc::kInvalid, "the order's method is neither \"overwrite\" nor \"unlink\"");
}
Result<Copies> copies_from(std::string_view text) {
  for (const Copies copies : {Copies::kReport, Copies::kDestroy}) {
    if (text == to_string(copies)) return copies;
  }
  return fail(Errc::kInvalid, "the order's residue is neither \"destroy\" nor \"report\"");
}

std::string_view Order::kind() const {
  if (std::holds_alternative<Destroy>(what)) return "destroy";
  return std::holds_alternative<Cancel>(what) ? "cancel" : "release";
}

Status check(const Order& order) {
  if (order.id.size() != kIdSize)
    return fail(Errc::kInvalid, "the order's id has {} bytes, not {}", order.id.size(), kIdSize);
  const bool destroys = std::holds_alternative<Destroy>(order.what);
  for (const Status& fits : {check_text("terminal", order.terminal, kMaxName, true),
                             check_text("executor", order.executor, kMaxName, true),
                             check_text("supervisor", order.supervisor, kMaxName, destroys),
                             check_text("reason", order.reason, kMaxReason, true)}) {
    if (!fits) return fits;
  }
  if (order.executor == order.supervisor)
    return fail(Errc::kInvalid, "the order's executor and supervisor are one person");
  if (order.issued.time_since_epoch().count() < 0 || order.expires <= order.issued)
    return fail(Errc::kInvalid, "the order expires before it is issued");
  if (order.issued >= kEndOfTime) return fail(Errc::kInvalid, "the order's issued is out of range");
  if (order.expires - kLongestValidity > order.issued)
    return fail(Errc::kTooLarge, "the order is valid for longer than {} days",
                kLongestValidity.count());
  return std::visit([](const auto& what) { return check_what(what); }, order.what);
}

Result<Bytes> sign(const Order& order, const Secret& private_key) {
  if (const Status fits = check(order); !fits) return std::unexpected(fits.error());
  std::string contents;
  wire::Order readable;
  if (!to_wire(order).SerializeToString(&contents) || !readable.ParseFromString(contents))
    return fail(Errc::kInvalid, "the order holds text that is not UTF-8");
  return frame::sign(kOrder, as_bytes(contents), private_key);
}

Result<Order> verify(ByteView framed, ByteView public_key) {
  const auto contents = frame::verify(kOrder, framed, public_key);
  if (!contents) return std::unexpected(contents.error());
  wire::Order message;
  if (!message.ParseFromArray(contents->data(), static_cast<int>(contents->size())))
    return fail(Errc::kCorrupt, "the order is signed, but its contents are malformed");
  Result<Order> order = from_wire(message);
  if (!order) return order;
  if (const Status fits = check(*order); !fits) return std::unexpected(fits.error());
  return order;
}

Status acceptable(const Order& order, std::string_view terminal, Time now) {
  if (order.terminal != terminal) return fail(Errc::kDenied, "the order is for another terminal");
  if (now >= order.expires)
    return fail(Errc::kDenied, "the order expired at {}", to_rfc3339(order.expires));
  if (now + kClockSkew < order.issued)
    return fail(Errc::kDenied, "the order is not valid before {}", to_rfc3339(order.issued));
  return {};
}

}  // namespace huxin::order
