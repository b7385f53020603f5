#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "collector/state.hpp"
#include "policy/command/verb.hpp"

namespace huxin::collector::cli {

/// How the program ends. Anything that stopped it from doing what was asked is kFailed.
enum class Exit : int {
  kDone = 0,
  kFound = 1,   ///< verify: a fault; policy check: an error
  kFailed = 2,  ///< wrong use, or an error
};

struct Context;

/// What a verb is about to change, in the audit log: its beginning is there once it is made, its
/// result, as Context::exit and the last failure have it, when it goes out of scope. Make it after
/// the state and before the change.
/// who is the operating-system user, origin "cli". What ends the process before the scope does
/// leaves a beginning without a result, which is what happened.
class Act {
 public:
  Act(Context& context, const State& state, std::string what, std::string target,
      std::string detail);
  Act(const Act&) = delete;
  Act& operator=(const Act&) = delete;
  ~Act();

  /// False: it cannot be written down; that is said already, and the change must not be made.
  explicit operator bool() const { return begun_ != 0; }

 private:
  Context& context_;
  store::Store& store_;
  store::AuditAct act_;
  std::uint64_t begun_ = 0;
};

/// What the verbs share. Each verb is one file with one function that adds it to the program; the
/// callback it registers does the work and sets `exit`.
struct Context {
  std::filesystem::path state = "/var/lib/huxin-collector";
  Exit exit = Exit::kDone;
  std::string failed;  ///< the code of the last failure; empty: none

  /// Says what went wrong on standard error, Chinese first, and sets kFailed. May be called more
  /// than once; the exit code stays kFailed.
  void fail(const Error& error);
  /// Opens the state; a failure is said already. From `state`, which --state sets.
  std::optional<State> open();
  /// Begins a change of the verb `what` ("user disable"); never with a secret in `detail`:
  ///
  ///   const auto act = context.audit(*state, "user disable", name);
  ///   if (!act) return;
  Act audit(const State& opened, std::string what, std::string target, std::string detail = {}) {
    return {*this, opened, std::move(what), std::move(target), std::move(detail)};
  }
};

/// Each adds one verb; they are called once, before parsing. The context outlives the program's
/// App.
void add_init(command::Verb& app, Context& context);
void add_serve(command::Verb& app, Context& context);
void add_token(command::Verb& app, Context& context);
void add_user(command::Verb& app, Context& context);
void add_terminal(command::Verb& app, Context& context);
void add_policy(command::Verb& app, Context& context);
void add_authorisation(command::Verb& app, Context& context);
void add_hold(command::Verb& app, Context& context);
void add_exact(command::Verb& app, Context& context);
void add_fingerprint(command::Verb& app, Context& context);
void add_incidents(command::Verb& app, Context& context);
void add_verify(command::Verb& app, Context& context);
void add_evidence(command::Verb& app, Context& context);
void add_counters(command::Verb& app, Context& context);
void add_order(command::Verb& app, Context& context);
void add_certificate(command::Verb& app, Context& context);
void add_audit(command::Verb& app, Context& context);
void add_assess(command::Verb& app, Context& context);
void add_model(command::Verb& app, Context& context);
void add_roles(command::Verb& app, Context& context);

/// Runs the command line and returns the exit code.
int run(int argc, char** argv);

}  // namespace huxin::collector::cli
