#pragma once
#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>
#include <string_view>

#include "collector/state.hpp"

namespace huxin::collector::cli {

/// How the program ends. Anything that stopped it from doing what was asked is kFailed.
enum class Exit : int {
  kDone = 0,
  kFound = 1,   ///< verify: a fault; policy check: an error
  kFailed = 2,  ///< wrong use, or an error
};

/// What the verbs share. Each verb is one file with one function that adds it to the program; the
/// callback it registers does the work and sets `exit`.
struct Context {
  std::filesystem::path state = "/var/lib/huxin-collector";
  Exit exit = Exit::kDone;

  /// Says what went wrong on standard error, Chinese first, and sets kFailed.
  void fail(const Error& error);
  /// Opens the state; a failure is said already.
  std::optional<State> open();
};

void add_init(CLI::App& app, Context& context);
void add_serve(CLI::App& app, Context& context);
void add_token(CLI::App& app, Context& context);
void add_user(CLI::App& app, Context& context);
void add_terminal(CLI::App& app, Context& context);
void add_policy(CLI::App& app, Context& context);
void add_incidents(CLI::App& app, Context& context);
void add_verify(CLI::App& app, Context& context);
void add_evidence(CLI::App& app, Context& context);
void add_counters(CLI::App& app, Context& context);

/// Runs the command line and returns the exit code.
int run(int argc, char** argv);

}  // namespace huxin::collector::cli
