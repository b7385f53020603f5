#include "agent/cli/scan_options.hpp"

namespace huxin::agent::cli {

void add_scan(command::Verb& app, Context& context) {
  command::Verb* scan =
      app.add_subcommand("scan",
                         "在文件中查找客户信息 Find customer data in files; exit 0 "
                         "none, 1 found, 2 an error (wins over 1)");
  add_scan_options(*scan, std::make_shared<ScanOptions>(), context);
}

}  // namespace huxin::agent::cli
