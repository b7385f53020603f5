#include "agent/cli/scan_options.hpp"

namespace huxin::agent::cli {

void add_explain(command::Verb& app, Context& context) {
  command::Verb* explain =
      app.add_subcommand("explain",
                         "说明每个候选为何上报或未上报 Say of each candidate why it was reported "
                         "or was not; exit codes as of scan");
  auto options = std::make_shared<ScanOptions>();
  options->explain = true;
  add_scan_options(*explain, options, context);
}

}  // namespace huxin::agent::cli
