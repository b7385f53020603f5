#include "agent/session/agent_link.hpp"

namespace huxin::session {
namespace {

constexpr std::chrono::milliseconds kRetry{500};

}  // namespace

AgentLink::AgentLink(std::filesystem::path socket, Hello hello, Handlers handlers)
    : path_(std::move(socket)), hello_(std::move(hello)), handlers_(std::move(handlers)) {}

std::optional<AgentLink::Moment> AgentLink::tick(Moment now) {
  if (connected()) return std::nullopt;
  if (now < next_try_) return next_try_;
  next_try_ = now + kRetry;
  auto socket = connect_to(path_);
  if (!socket) return next_try_;
  ToAgent message;
  *message.mutable_hello() = hello_;
  if (!send_packet(socket->get(), message.SerializeAsString())) return next_try_;
  socket_ = std::move(*socket);
  handlers_.connected();
  return connected() ? std::nullopt : std::optional(next_try_);
}

void AgentLink::readable() {
  while (connected()) {
    auto packet = receive_packet(socket_.get());
    if (packet && !*packet) return;
    ToSession message;
    if (!packet || !message.ParseFromString((*packet)->bytes)) return disconnect();
    if (!message.has_verdict()) continue;  // of a newer guardian
    Verdict verdict{.message = message.verdict(), .replacement = {}};
    if ((*packet)->fd) {
      auto text = read_sealed((*packet)->fd.get());
      if (!text) return disconnect();
      verdict.replacement = std::move(*text);
    }
    handlers_.verdict(std::move(verdict));
  }
}

bool AgentLink::offer(const ClipboardOffer& offer, std::string_view text) {
  if (!connected()) return false;
  const auto content = seal_text(text);
  if (!content) return false;
  ToAgent message;
  *message.mutable_offer() = offer;
  if (send_packet(socket_.get(), message.SerializeAsString(), content->get())) return true;
  disconnect();
  return false;
}

void AgentLink::disconnect() {
  socket_.reset();
  handlers_.lost();
}

}  // namespace huxin::session
