#pragma once
#include <filesystem>

#include "policy/base/result.hpp"
#include "policy/command/verb.hpp"

namespace huxin::agent::cli {

/// How the program ends.
enum class Exit : int {
  kDone = 0,    ///< scan, explain: nothing was found
  kFound = 1,   ///< scan, explain: something was found; status --ready: not so
  kFailed = 2,  ///< wrong use, or an error
};

/// What the verbs share. Each verb is one file with one function that adds it to the program; the
/// callback it registers does the work and sets `exit`.
struct Context {
  std::filesystem::path state = "/var/lib/huxin";
  Exit exit = Exit::kDone;

  /// Says what went wrong on standard error, Chinese first, and sets kFailed. May be called more
  /// than once.
  void fail(const Error& error);
};

/// The verbs talk to a running agent over its control socket, but for enrol, explain, run, scan,
/// status and text.
void add_discover(command::Verb& app, Context& context);
void add_enrol(command::Verb& app, Context& context);
void add_explain(command::Verb& app, Context& context);
void add_inventory(command::Verb& app, Context& context);
void add_quarantine(command::Verb& app, Context& context);
void add_run(command::Verb& app, Context& context);
void add_scan(command::Verb& app, Context& context);
void add_status(command::Verb& app, Context& context);
void add_text(command::Verb& app, Context& context);

/// Runs the command line and returns the exit code.
int run(int argc, char** argv);

}  // namespace huxin::agent::cli
