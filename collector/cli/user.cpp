#include <sstream>

#include "collector/api/password.hpp"
#include "collector/cli/prompt.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLongestName = 64;

struct Options {
  std::string name;
  std::vector<std::string> roles;
  std::string ends;
  bool from_stdin = false;
};

Status check_name(const std::string& name) {
  if (name.empty() || name.size() > kLongestName || printable(name) != name || name.contains(' ')) {
    return fail(Errc::kInvalid, "a user name has 1 to {} bytes and no blanks or control characters",
                kLongestName);
  }
  return {};
}

Result<store::Roles> read_roles(const std::vector<std::string>& names) {
  store::Roles roles;
  for (const std::string& name : names) {
    const auto role = store::role_from(name);
    if (!role) return std::unexpected(role.error());
    roles.add(*role);
  }
  if (const auto fault = store::exclusion_fault(roles); !fault.empty())
    return fail(Errc::kInvalid, "{}", fault);
  return roles;
}

/// An external inspector's account ends with a day that must be given; others may have one.
Status set_end(store::User& user, const std::string& day) {
  if (day.empty()) {
    if (!user.roles.has(store::Role::kInspector)) return {};
    return fail(Errc::kInvalid, "--until YYYY-MM-DD is needed for an inspector");
  }
  std::istringstream text(day);
  int year = 0;
  unsigned month = 0;
  unsigned number = 0;
  char first = 0;
  char second = 0;
  text >> year >> first >> month >> second >> number;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(number)};
  if (!text || !text.eof() || first != '-' || second != '-' || !date.ok())
    return fail(Errc::kInvalid, "{}: a day is written YYYY-MM-DD", day);
  user.ends = Time(std::chrono::sys_days(date) + std::chrono::days(1));
  return {};
}

/// Sets a new password: one given on standard input, or a random one that must be changed and is
/// returned to be printed once.
Result<std::string> set_password(store::User& user, bool from_stdin) {
  std::string password = api::make_one_time_password();
  if (from_stdin) {
    const auto given = read_secret({}, true);
    if (!given) return std::unexpected(given.error());
    password = as_text(given->view());
  }
  if (const auto fault = api::password_fault(user.name, password); !fault.empty())
    return fail(Errc::kInvalid, "{}", fault);
  auto encoded = api::PasswordHasher().hash(password);
  if (!encoded) return std::unexpected(encoded.error());
  user.password = std::move(*encoded);
  user.must_change = !from_stdin;
  return from_stdin ? std::string{} : password;
}

void save(State& state, store::User& user, bool from_stdin, Context& context) {
  const auto shown = set_password(user, from_stdin);
  if (!shown) return context.fail(shown.error());
  if (const Status saved = state.store->save_user(user); !saved) return context.fail(saved.error());
  if (!shown->empty())
    fmt::print("一次性密码（首次登录须修改） One-time password, to be changed: {}\n", *shown);
}

void add(const Options& options, Context& context) {
  if (const Status named = check_name(options.name); !named) return context.fail(named.error());
  auto state = context.open();
  if (!state) return;
  const auto found = state->store->user(options.name);
  if (!found) return context.fail(found.error());
  if (*found) return context.fail({Errc::kExists, fmt::format("user {}", options.name)});
  const auto roles = read_roles(options.roles);
  if (!roles) return context.fail(roles.error());
  store::User user{.name = options.name, .roles = *roles};
  if (const Status dated = set_end(user, options.ends); !dated) return context.fail(dated.error());
  const auto act = context.audit(*state, "user add", user.name, to_string(user.roles));
  if (!act) return;
  save(*state, user, options.from_stdin, context);
}

/// Loads a user, lets `change` alter it and save it, and writes that to the audit log.
template <class Change>
void with_user(std::string_view verb, const Options& options, Context& context, Change change) {
  auto state = context.open();
  if (!state) return;
  auto found = state->store->user(options.name);
  if (!found) return context.fail(found.error());
  if (!*found) return context.fail({Errc::kNotFound, fmt::format("no user {}", options.name)});
  const auto act = context.audit(*state, std::string(verb), options.name);
  if (act) change(*state, **found);
}

void list(Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto users = state->store->users();
  if (!users) return context.fail(users.error());
  std::vector<std::vector<std::string>> rows;
  for (const store::User& user : *users) {
    rows.push_back({user.name, to_string(user.roles),
                    user.disabled      ? "停用 disabled"
                    : user.must_change ? "待改密码 must change password"
                                       : "正常 active"});
  }
  fmt::print("{}", table({"用户 name", "角色 role", "状态 state"}, rows));
}

}  // namespace

void add_user(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* const user = app.add_subcommand("user", "控制台用户 Users of the console");
  user->require_subcommand(1);

  CLI::App* const adding =
      user->add_subcommand("add", "新增用户 Add a user; prints a one-time password");
  adding->add_option("NAME", options->name, "用户名 Name")->required();
  adding
      ->add_option(
          "--role", options->roles,
          "角色，可多次 Role, may be repeated: system_admin security_admin auditor officer "
          "reviewer aml_reviewer compliance inspector")
      ->required();
  adding->add_option("--until", options->ends, "有效至 Last day, YYYY-MM-DD; for inspectors");
  adding->add_flag("--password-stdin", options->from_stdin,
                   "从标准输入读取密码 Read the password instead");
  adding->callback([options, &context] { add(*options, context); });

  user->add_subcommand("list", "列出用户 List users")->callback([&context] { list(context); });

  CLI::App* const disabling =
      user->add_subcommand("disable", "停用用户 Disable a user and end the sessions");
  disabling->add_option("NAME", options->name, "用户名 Name")->required();
  disabling->callback([options, &context] {
    with_user("user disable", *options, context, [&](State& state, store::User& found) {
      found.disabled = true;
      if (const Status saved = state.store->save_user(found); !saved) context.fail(saved.error());
    });
  });

  CLI::App* const renewing =
      user->add_subcommand("passwd", "重置密码并启用 Reset the password, and enable");
  renewing->add_option("NAME", options->name, "用户名 Name")->required();
  renewing->add_flag("--password-stdin", options->from_stdin,
                     "从标准输入读取密码 Read the password instead");
  renewing->callback([options, &context] {
    with_user("user passwd", *options, context, [&](State& state, store::User& found) {
      found.disabled = false;
      save(state, found, options->from_stdin, context);
    });
  });
}

}  // namespace huxin::collector::cli
