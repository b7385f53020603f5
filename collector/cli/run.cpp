#include <cstdio>

#include <fmt/format.h>

#include "collector/cli/verb.hpp"
#include "policy/base/standard_streams.hpp"
#include "policy/command/log.hpp"
#include "policy/command/program.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::string_view kAbout =
    "护信采集中心：接收终端事件，供安全员审阅。\n"
    "The collector of Huxin: takes in what terminals report, for officers to review.";
constexpr std::string_view kFooter =
    "退出码 Exit codes: 0 完成 done; 1 发现问题 something was found wrong; 2 出错 an error.\n"
    "除 init 外，各命令可在 serve 运行时使用。 Every verb but init works while serve is running.";

std::string_view in_chinese(Errc code) {
  switch (code) {
    case Errc::kInvalid:
      return "输入不正确";
    case Errc::kNotFound:
      return "不存在";
    case Errc::kExists:
      return "已存在";
    case Errc::kCorrupt:
      return "数据损坏";
    case Errc::kDenied:
    case Errc::kUnauthenticated:
      return "被拒绝";
    case Errc::kTooLarge:
      return "超出上限";
    case Errc::kNoSpace:
      return "磁盘已满";
    case Errc::kIo:
      return "读写失败";
    default:
      return "出错";
  }
}

}  // namespace

void Context::fail(const Error& error) {
  const std::string said =
      fmt::format("{} {}: {}\n", in_chinese(error.code), to_string(error.code), error.context);
  std::fputs(said.c_str(), stderr);  // which may be full or gone; the exit code still tells
  exit = Exit::kFailed;
  failed = to_string(error.code);
}

std::optional<State> Context::open() {
  Result<State> opened = State::open(state);
  if (opened) return std::move(*opened);
  fail(opened.error());
  return std::nullopt;
}

int run(int argc, char** argv) {
  command::log_to_standard_error("huxin-collector");
  command::Program program("huxin-collector", std::string(kAbout), std::string(kFooter), "0.1.0");
  Context context;
  program.add_option("--state", context.state, "数据目录 Folder of the collector")
      ->envname("HUXIN_COLLECTOR_STATE")
      ->capture_default_str();
  for (const auto add :
       {add_init,   add_serve,       add_token,       add_user,     add_terminal,
        add_policy, add_incidents,   add_verify,      add_evidence, add_authorisation,
        add_hold,   add_exact,       add_fingerprint, add_counters, add_audit,
        add_order,  add_certificate, add_assess,      add_model,    add_roles}) {
    add(program, context);
  }
  if (const auto ended = program.parse(argc, argv, static_cast<int>(Exit::kFailed))) return *ended;
  if (const Status written = flush_standard_output(); !written) context.fail(written.error());
  return static_cast<int>(context.exit);
}

}  // namespace huxin::collector::cli
