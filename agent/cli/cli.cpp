#include <cstdio>

#include "agent/cli/verb.hpp"
#include "agent/version.hpp"
#include "policy/base/standard_streams.hpp"
#include "policy/command/log.hpp"
#include "policy/command/program.hpp"

namespace huxin::agent::cli {
namespace {

constexpr std::string_view kAbout =
    "护信终端代理：守护网点终端上的客户信息。\n"
    "The terminal agent of Huxin: guards customer information on branch terminals.";
constexpr std::string_view kFooter =
    "退出码 Exit codes: 0 完成（scan、explain：未发现） done (scan, explain: nothing found); 1 "
    "有发现 something "
    "found; 2 出错 an error.";

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
    case Errc::kTimeout:
      return "超时";
    case Errc::kUnavailable:
      return "暂不可用";
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
}

int run(int argc, char** argv) {
  command::log_to_standard_error("huxin-agent");
  command::Program program("huxin-agent", std::string(kAbout), std::string(kFooter),
                           std::string(kVersion));
  Context context;
  program.add_option("--state", context.state, "数据目录 Folder of the agent")
      ->envname("HUXIN_STATE")
      ->capture_default_str();
  for (const auto add : {add_enrol, add_run, add_scan, add_explain, add_discover, add_inventory,
                         add_quarantine, add_status, add_text}) {
    add(program, context);
  }
  if (const auto ended = program.parse(argc, argv, static_cast<int>(Exit::kFailed))) return *ended;
  if (const Status written = flush_standard_output(); !written) context.fail(written.error());
  return static_cast<int>(context.exit);
}

}  // namespace huxin::agent::cli
