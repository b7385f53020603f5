#include "policy/command/verb.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "policy/command/inside.hpp"

namespace huxin::command {

Verb::Verb(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Verb::~Verb() = default;

Verb* Verb::add_subcommand(const std::string& name, const std::string& about) {
  return &inside_->verbs.emplace_back(
      std::make_unique<Inside>(nullptr, inside_->app->add_subcommand(name, about)));
}

template <class Value>
Option* Verb::add_option(const std::string& name, Value& into, const std::string& about) {
  return inside_->keep(inside_->app->add_option(name, into, about));
}

Option* Verb::add_flag(const std::string& name, bool& into, const std::string& about) {
  return inside_->keep(inside_->app->add_flag(name, into, about));
}

void Verb::require_subcommand(int count) { inside_->app->require_subcommand(count); }
void Verb::callback(std::function<void()> act) { inside_->app->callback(std::move(act)); }

template Option* Verb::add_option(const std::string&, std::string&, const std::string&);
template Option* Verb::add_option(const std::string&, std::filesystem::path&, const std::string&);
template Option* Verb::add_option(const std::string&, std::vector<std::string>&,
                                  const std::string&);
template Option* Verb::add_option(const std::string&, std::vector<std::filesystem::path>&,
                                  const std::string&);
template Option* Verb::add_option(const std::string&, int&, const std::string&);
template Option* Verb::add_option(const std::string&, unsigned&, const std::string&);
template Option* Verb::add_option(const std::string&, std::size_t&, const std::string&);
template Option* Verb::add_option(const std::string&, double&, const std::string&);

}  // namespace huxin::command
