#include "policy/command/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "policy/text/printable.hpp"

namespace huxin::command {

namespace {

/// spdlog's own format, with the message in it made printable: contexts of errors name files.
class OneLine final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const std::string said = text::printable({message.payload.data(), message.payload.size()});
    spdlog::details::log_msg safe = message;
    safe.payload = said;
    inner_.format(safe, out);
  }
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<OneLine>(); }

 private:
  spdlog::pattern_formatter inner_;
};

}  // namespace

void log_to_standard_error(const std::string& program) {
  auto logger = spdlog::stderr_logger_mt(program);
  logger->set_formatter(std::make_unique<OneLine>());
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace huxin::command
