#pragma once
#include <CLI/CLI.hpp>

#include <deque>

#include "policy/command/verb.hpp"

namespace huxin::command {

struct Option::Inside {
  CLI::Option* option;
};

struct Verb::Inside {
  std::unique_ptr<CLI::App> own;  ///< of the program; null for a verb, which its parent owns
  CLI::App* app;
  std::deque<Option::Inside> insides{};
  std::deque<Option> options{};
  std::deque<Verb> verbs{};

  Option* keep(CLI::Option* option) {
    return &options.emplace_back(insides.emplace_back(Option::Inside{option}));
  }
};

}  // namespace huxin::command
