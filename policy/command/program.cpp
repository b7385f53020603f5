#include "policy/command/program.hpp"

#include <fmt/format.h>

#include "policy/command/inside.hpp"

namespace huxin::command {
namespace {

/// What is said of wrong use, with a word of Chinese before it.
std::string told(const CLI::App* /*app*/, const CLI::Error& error) {
  return fmt::format(
      "用法错误 wrong use: {}\n用 --help 查看选项 Run with --help for the options.\n",
      error.what());
}

}  // namespace

Program::Program(const std::string& name, const std::string& about, const std::string& footer,
                 const std::string& version)
    : Verb(std::make_unique<Inside>(std::make_unique<CLI::App>(about, name), nullptr)) {
  CLI::App& app = *inside_->own;
  inside_->app = &app;
  app.footer(footer);
  app.set_version_flag("--version", version);
  app.require_subcommand(1);
  app.failure_message(told);
  app.fallthrough();
}

std::optional<int> Program::parse(int argc, const char* const* argv, int wrong_use) {
  CLI::App& app = *inside_->app;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : wrong_use;
  }
  return std::nullopt;
}

}  // namespace huxin::command
