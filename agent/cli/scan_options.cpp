#include "agent/cli/scan_options.hpp"

namespace huxin::agent::cli {

void add_scan_options(command::Verb& verb, const std::shared_ptr<ScanOptions>& options,
                      Context& context) {
  verb.add_option("PATH", options->paths,
                  "文件或目录，- 为标准输入 Files or folders, - for standard input")
      ->required();
  verb.add_flag("--json", options->json, "每个文件一行 JSON One JSON object a file and line");
  verb.add_flag("--reveal", options->reveal, "显示原值 Show values, not masks");
  verb.add_option("--min-confidence", options->min_confidence, "最低置信度 Least confidence shown")
      ->within(0.0, 1.0);
  verb.add_option("--jobs", options->jobs, "并行进程数 Worker processes")->within(1U, 64U);
  verb.add_option("--policy", options->policy, "按策略文件检查 Inspect as this policy file says")
      ->existing_file();
  verb.add_flag("--stats", options->stats, "统计写入标准错误 Figures on standard error");
  verb.callback([options, &context] {
    options->state = context.state;
    const Result<ScanAnswer> answer = run_scan(*options);
    if (!answer) return context.fail(answer.error());
    context.exit = answer->errors > 0 ? Exit::kFailed : answer->found ? Exit::kFound : Exit::kDone;
  });
}

}  // namespace huxin::agent::cli
