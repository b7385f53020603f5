// text: what of a file is read, as text. Extraction runs in the workers' cage.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "agent/cli/display.hpp"
#include "agent/cli/verb.hpp"
#include "agent/extract/extract.hpp"
#include "agent/guard/sandbox.hpp"
#include "agent/guard/sliding_file.hpp"
#include "policy/text/decode.hpp"

namespace huxin::agent::cli {
namespace {

struct Options {
  std::string file;
  bool json = false;
};

constexpr std::chrono::seconds kPatience{120};
constexpr unsigned kGraceSeconds = 5;  // for what does not look at its deadline
constexpr std::size_t kAddressSpace = std::size_t{1536} << 20U;

bool write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(STDOUT_FILENO, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

bool print(const text::Document& document, bool json) {
  if (!json) return write_all(document.text) && write_all("\n");
  return write_all(fmt::format("{{\"where\":{},\"text\":{}}}\n", json_string(document.where),
                               json_string(document.text)));
}

/// Opens the file, shuts this process into the cage for good, and reads. From the cage on, nothing
/// but the standard descriptors and the file is there.
Result<extract::Outcome> extract_caged(const Options& options) {
  const Fd file(::open(options.file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file) return fail_errno("open " + options.file);
  const extract::Budget budget{.max_bytes = std::size_t{256} << 20U, .deadline = kPatience};
  text::prepare_decoding();
  const auto protections = guard::enter_sandbox(
      {.address_space = kAddressSpace, .file_size = 2 * budget.max_output, .keep = {file.get()}});
  if (!protections) return std::unexpected(protections.error());
  ::alarm(static_cast<unsigned>(kPatience.count()) + kGraceSeconds);
  auto source = guard::SlidingFile::open(file, budget.max_bytes);
  if (!source) return std::unexpected(source.error());
  const std::string name = std::filesystem::path(options.file).filename();
  auto outcome =
      extract::extract(*source, source->size(), printable(name), budget,
                       [&](text::Document&& document) { return print(document, options.json); });
  if (source->failed()) outcome = {outcome.format, extract::Coverage::kPartial, "unreadable", 0};
  if (source->changed()) outcome = {outcome.format, extract::Coverage::kPartial, "changed", 0};
  return outcome;
}

void print_text(const Options& options, Context& context) {
  const auto outcome = extract_caged(options);
  if (!outcome) return context.fail(outcome.error());
  if (options.json) {
    write_all(fmt::format(
        "{{\"format\":{},\"coverage\":{},\"reason\":{}}}\n", json_string(outcome->format),
        json_string(extract::to_string(outcome->coverage)), json_string(outcome->reason)));
  }
  if (outcome->coverage == extract::Coverage::kInspected) return;
  const bool partial = outcome->coverage == extract::Coverage::kPartial;
  fmt::print(stderr, "{} {}: {}\n", partial ? "部分读取" : "未能读取",
             extract::to_string(outcome->coverage), outcome->reason);
  context.exit = partial ? Exit::kFound : Exit::kFailed;
}

}  // namespace

void add_text(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const text = app.add_subcommand(
      "text",
      "显示从文件中读出的文字 Print the text that is read of a file; exit 0 all of it, 1 a part, 2 "
      "nothing");
  text->add_option("FILE", options->file, "文件 The file")->required();
  text->add_flag("--json", options->json,
                 "每段一行 JSON One JSON object a document, and one of what came of it");
  text->callback([options, &context] { print_text(*options, context); });
}

}  // namespace huxin::agent::cli
