#include <pwd.h>
#include <unistd.h>

#include <array>

#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

/// Who runs the program, as the operating system has it.
std::string caller() {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  const uid_t uid = ::getuid();
  if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
    return found->pw_name;
  return fmt::format("uid {}", uid);
}

}  // namespace

Act::Act(Context& context, const State& state, std::string what, std::string target,
         std::string detail)
    : context_(context), store_(*state.store) {
  act_ = {.who = caller(),
          .origin = "cli",
          .what = std::move(what),
          .target = std::move(target),
          .result = "begun",
          .detail = std::move(detail)};
  const auto begun = store_.audit().append(act_, SystemClock().now());
  if (begun) begun_ = *begun;
  if (!begun) context_.fail(begun.error());
}

Act::~Act() {
  if (begun_ == 0) return;
  act_.begun = begun_;
  act_.detail.clear();
  act_.result = context_.exit == Exit::kDone ? "done" : fmt::format("failed: {}", context_.failed);
  const auto ended = store_.audit().append(act_, SystemClock().now());
  if (!ended) context_.fail(ended.error());
}

}  // namespace huxin::collector::cli
