#pragma once
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace huxin::test {

/// How a run of the program ended, and what it wrote to standard output.
struct Ran {
  int exit = -1;
  std::string out;
  /// Standard output as one JSON object a line; throws where it is none.
  std::vector<boost::json::object> lines() const;
};

/// Runs the built huxin-agent by the shell.
Ran run(const std::string& arguments);

}  // namespace huxin::test
