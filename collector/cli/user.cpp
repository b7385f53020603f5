#include <sstream>

#include "collector/api/account_routes.hpp"
#include "collector/api/password.hpp"
#include "collector/api/totp.hpp"
#include "collector/cli/prompt.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

struct Options {
  std::string name;
  std::vector<std::string> roles;
  std::string ends;
  bool from_stdin = false, totp = false;
};

Status check_name(const std::string& name) {
  if (!api::is_user_name(name) || printable(name) != name) {
    return fail(Errc::kInvalid,
                "a user name has 1 to 64 bytes: Chinese characters and visible ASCII but for /?#%");
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

void show(const std::string& one_time_password) {
  if (!one_time_password.empty())
    fmt::print("一次性密码（首次登录须修改） One-time password, to be changed: {}\n",
               one_time_password);
}

void show_totp(const store::User& user) {
  if (user.must_enrol_totp()) return;
  fmt::print("动态口令密钥（仅显示一次） TOTP secret, shown once: {}\n{}\n", api::base32(user.totp),
             api::totp_uri(user.name, user.totp));
}

void add(const Options& options, Context& context) {
  if (const Status named = check_name(options.name); !named) return context.fail(named.error());
  auto state = context.open();
  if (!state) return;
  const auto roles = read_roles(options.roles);
  if (!roles) return context.fail(roles.error());
  store::User user{.name = options.name, .roles = *roles};
  if (const Status dated = set_end(user, options.ends); !dated) return context.fail(dated.error());
  if (options.totp) user.totp = api::make_totp_secret();
  const auto shown = set_password(user, options.from_stdin);
  if (!shown) return context.fail(shown.error());
  const auto act = context.audit(*state, "user add", user.name, to_string(user.roles));
  if (!act) return;
  const Status added = state->store->add_user(user);
  if (!added && added.error().code == Errc::kExists)
    return context.fail({Errc::kExists, fmt::format("user {}", user.name)});
  if (!added) return context.fail(added.error());
  show(*shown);
  show_totp(user);
}

/// Lets `change` alter an account, and writes that to the audit log. False: it was not done, and
/// that is said already.
bool change(std::string_view verb, const Options& options, Context& context,
            const std::function<Status(store::User&)>& change, std::string detail = {}) {
  auto state = context.open();
  if (!state) return false;
  const auto act = context.audit(*state, std::string(verb), options.name, std::move(detail));
  if (!act) return false;
  const auto changed = state->store->change_user(options.name, change);
  if (!changed) context.fail(changed.error());
  return changed.has_value();
}

void reset_password(const Options& options, Context& context) {
  store::User fresh{.name = options.name};
  const auto shown = set_password(fresh, options.from_stdin);
  if (!shown) return context.fail(shown.error());
  const bool done = change("user passwd", options, context, [&](store::User& user) -> Status {
    user.disabled = false;
    user.password = fresh.password;
    user.must_change = fresh.must_change;
    return {};
  });
  if (done) show(*shown);
}

void reset_totp(const Options& options, Context& context) {
  store::User fresh{.name = options.name};
  if (options.totp) fresh.totp = api::make_totp_secret();
  const bool done = change("user totp-reset", options, context, [&](store::User& user) -> Status {
    user.totp = fresh.totp;
    user.totp_step = 0;
    return {};
  });
  if (done) show_totp(fresh);
}

void set_roles(const Options& options, Context& context) {
  const auto roles = read_roles(options.roles);
  if (!roles) return context.fail(roles.error());
  change(
      "user roles", options, context,
      [&](store::User& user) -> Status {
        user.roles = *roles;
        user.ends.reset();
        return set_end(user, options.ends);
      },
      to_string(*roles));
}

void list(Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto users = state->store->users();
  if (!users) return context.fail(users.error());
  const Time now = SystemClock().now();
  std::vector<std::vector<std::string>> rows;
  for (const store::User& user : *users) {
    rows.push_back({user.name, to_string(user.roles), user.ends ? to_rfc3339(*user.ends) : "-",
                    user.disabled            ? "停用 disabled"
                    : user.has_ended(now)    ? "已到期 ended"
                    : user.must_change       ? "待改密码 must change password"
                    : user.must_enrol_totp() ? "待绑定动态口令 must enrol TOTP"
                                             : "正常 active"});
  }
  fmt::print("{}", table({"用户 name", "角色 roles", "截止 ends", "状态 state"}, rows));
}

constexpr std::string_view kRoles =
    "角色，可多次 Role, may be repeated: system_admin security_admin auditor officer reviewer "
    "aml_reviewer compliance inspector";
constexpr std::string_view kUntil = "有效至 Last day, YYYY-MM-DD; for inspectors";

/// A verb of `user` that names an account.
command::Verb* verb_of(command::Verb* user, Options& options, const char* name, const char* about) {
  command::Verb* const verb = user->add_subcommand(name, about);
  verb->add_option("NAME", options.name, "用户名 Name")->required();
  return verb;
}

void add_password_flag(command::Verb* verb, Options& options) {
  verb->add_flag("--password-stdin", options.from_stdin,
                 "从标准输入读取密码 Read the password instead");
}

void add_totp_flag(command::Verb* verb, Options& options) {
  verb->add_flag("--totp", options.totp,
                 "生成并显示动态口令密钥 Make the secret of one-time codes and print it, once");
}

void add_role_options(command::Verb* verb, Options& options) {
  verb->add_option("--role", options.roles, std::string(kRoles))->required();
  verb->add_option("--until", options.ends, std::string(kUntil));
}

}  // namespace

void add_user(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const user = app.add_subcommand("user", "控制台用户 Users of the console");
  user->require_subcommand(1);

  auto* verb = verb_of(user, *options, "add", "新增用户 Add a user; prints a one-time password");
  add_role_options(verb, *options);
  add_password_flag(verb, *options);
  add_totp_flag(verb, *options);
  verb->callback([options, &context] { add(*options, context); });

  user->add_subcommand("list", "列出用户 List users")->callback([&context] { list(context); });

  verb = verb_of(user, *options, "roles", "设定角色 Say which roles a user holds, and no others");
  add_role_options(verb, *options);
  verb->callback([options, &context] { set_roles(*options, context); });

  verb = verb_of(user, *options, "disable", "停用用户 Disable a user and end the sessions");
  verb->callback([options, &context] {
    change("user disable", *options, context, [](store::User& found) -> Status {
      found.disabled = true;
      return {};
    });
  });

  verb = verb_of(user, *options, "passwd", "重置密码并启用 Reset the password, and enable");
  add_password_flag(verb, *options);
  verb->callback([options, &context] { reset_password(*options, context); });

  verb =
      verb_of(user, *options, "totp-reset",
              "重置动态口令 Forget the authenticator; a new one is enrolled at the next sign-in");
  add_totp_flag(verb, *options);
  verb->callback([options, &context] { reset_totp(*options, context); });
}

}  // namespace huxin::collector::cli
