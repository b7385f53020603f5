#include "collector/cli/known_text.hpp"

#include <unistd.h>

#include <boost/json/serialize.hpp>

#include "collector/cli/text.hpp"

namespace huxin::collector::cli {
namespace {

void say_shipped(const Result<Shipping>& shipped, Context& context, bool quiet) {
  if (!shipped) {
    fmt::print(stderr,
               "已保存但未下发，将在下次发布时下发 Kept but not shipped; the next publication "
               "carries it\n");
    context.fail(shipped.error());
  } else if (quiet) {
    return;
  } else if (!shipped->serial) {
    fmt::print("尚无策略，首次发布时一并下发 No policy yet: the first publication carries it\n");
  } else {
    fmt::print("已随策略重新发布 Published with the policy again: 序号 serial {}\n",
               *shipped->serial);
  }
}

}  // namespace

void keep_and_ship(Context& context, const State& state, store::KnownKind kind, ByteView file,
                   const std::string& name, std::uint64_t entries, bool quiet,
                   boost::json::object& told) {
  const Time now = SystemClock().now();
  const Status saved =
      state.store->known_data().save(kind, file,
                                     {.time = now,
                                      .who = fmt::format("uid:{}", ::getuid()),
                                      .file = std::filesystem::path(name).filename().string(),
                                      .entries = entries});
  if (!saved) return context.fail(saved.error());
  const auto shipped = ship_lists(*state.store, *state.keys, state.bundle_public_key, now);
  if (shipped && shipped->serial) told["serial"] = *shipped->serial;
  say_shipped(shipped, context, quiet);
}

void show_build(Context& context, store::KnownKind kind, bool json) {
  const auto state = context.open();
  if (!state) return;
  const auto build = state->store->known_data().build(kind);
  if (!build) return context.fail(build.error());
  if (!*build) return context.fail({Errc::kNotFound, "nothing was built and kept yet"});
  const store::KnownBuild& how = **build;
  if (json) {
    fmt::print("{}\n", boost::json::serialize(boost::json::value{{"entries", how.entries},
                                                                 {"bytes", how.bytes},
                                                                 {"time", to_rfc3339(how.time)},
                                                                 {"who", how.who},
                                                                 {"file", how.file}}));
    return;
  }
  fmt::print("{}", table({"时间 time", "操作人 who", "来源 file", "条目 entries", "字节 bytes"},
                         {{to_rfc3339(how.time), printable(how.who), printable(how.file),
                           std::to_string(how.entries), std::to_string(how.bytes)}}));
}

void drop_build(Context& context, store::KnownKind kind) {
  const auto state = context.open();
  if (!state) return;
  const auto act = context.audit(
      *state, fmt::format("{} drop", kind == store::KnownKind::kExact ? "exact" : "fingerprint"),
      "");
  if (!act) return;
  if (const Status dropped = state->store->known_data().drop(kind); !dropped)
    return context.fail(dropped.error());
  say_shipped(
      ship_lists(*state->store, *state->keys, state->bundle_public_key, SystemClock().now()),
      context, false);
}

}  // namespace huxin::collector::cli
