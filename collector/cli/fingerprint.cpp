// fingerprint: the bank's own documents, as terminals know them.
#include <algorithm>
#include <functional>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "collector/cli/document_text.hpp"
#include "collector/cli/known_text.hpp"
#include "collector/cli/progress.hpp"
#include "collector/cli/text.hpp"
#include "policy/base/file.hpp"
#include "policy/known/prints_builder.hpp"

namespace huxin::collector::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 100'000;
constexpr std::size_t kMostNamed = 100;  // of what was left out; the rest is counted

struct Options {
  std::string folder, clean, out, agent;
  std::size_t most_shared = 0;
  bool json = false;
};

/// What could not be taken, with why.
struct LeftOut {
  std::vector<std::pair<std::string, std::string>> files;
  std::size_t more = 0;

  void add(std::string name, std::string why) {
    if (files.size() < kMostNamed) {
      files.emplace_back(std::move(name), std::move(why));
    } else {
      ++more;
    }
  }
  std::size_t count() const { return files.size() + more; }
};

struct Built {
  known::PrintsReport report;
  LeftOut left_out;
  std::size_t partial = 0;  ///< documents of which only a part could be read
  Bytes file;
};

/// The regular files below a folder, by name; links are not followed.
Result<std::vector<fs::path>> files_below(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    if (at->is_regular_file(error) && !at->is_symlink(error)) files.push_back(at->path());
    if (files.size() > kMostFiles)
      return fail(Errc::kTooLarge, "{} has more than {} files", folder.string(), kMostFiles);
  }
  if (error) return fail(Errc::kIo, "{}: {}", folder.string(), error.message());
  std::ranges::sort(files);
  return files;
}

/// Reads every document below a folder and hands over its name and text.
Status read_all(const fs::path& folder, const DocumentReader& reader, std::string_view what,
                Built& built,
                const std::function<Status(const std::string&, DocumentText&&)>& take) {
  const auto files = files_below(folder);
  if (!files) return std::unexpected(files.error());
  Progress progress(what, files->size());
  for (std::size_t i = 0; i < files->size(); ++i) {
    progress.show(i);
    const std::string name = (*files)[i].lexically_relative(folder);
    auto text = reader.read((*files)[i]);
    if (!text) {
      built.left_out.add(name,
                         fmt::format("{}: {}", to_string(text.error().code), text.error().context));
      continue;
    }
    if (!text->whole) ++built.partial;
    if (const Status taken = take(name, *std::move(text)); !taken) {
      if (taken.error().code != Errc::kInvalid) return taken;
      built.left_out.add(name, taken.error().context);
    }
  }
  return {};
}

Result<Built> build(const Options& options, const State& state) {
  const auto key = state.keys->load("digest.key");
  if (!key) return std::unexpected(key.error());
  Built built;
  known::PrintsBuilder builder(key->view());
  const DocumentReader reader(options.agent);
  Status read = read_all(
      options.folder, reader, "读取 reading", built,
      [&](const std::string& name, DocumentText&& text) { return builder.add(name, text.text); });
  if (!read) return std::unexpected(read.error());
  if (!options.clean.empty()) {
    read = read_all(options.clean, reader, "读取公开文本 reading clean texts", built,
                    [&](const std::string&, DocumentText&& text) -> Status {
                      builder.add_clean(text.text);
                      return {};
                    });
    if (!read) return std::unexpected(read.error());
  }
  auto file = builder.build(built.report, options.most_shared);
  if (!file) return std::unexpected(file.error());
  built.file = *std::move(file);
  for (const std::string& name : built.report.too_short)
    built.left_out.add(name, "文字太少 too little text");
  for (const std::string& name : built.report.nothing_own)
    built.left_out.add(name, "没有自己的文字 nothing of its own, all is common");
  return built;
}

boost::json::object to_json(const Built& built) {
  boost::json::array left_out;
  for (const auto& [name, why] : built.left_out.files)
    left_out.push_back({{"name", printable(name)}, {"reason", why}});
  return {{"documents", built.report.documents}, {"partial", built.partial},
          {"left_out", built.left_out.count()},  {"left_out_files", std::move(left_out)},
          {"prints", built.report.prints},       {"common_prints", built.report.common},
          {"bytes", built.file.size()}};
}

void print(const Built& built) {
  for (const auto& [name, why] : built.left_out.files)
    fmt::print(stderr, "略去 left out: {}: {}\n", printable(name), why);
  if (built.left_out.more > 0)
    fmt::print(stderr, "另略去 {} 个 left out besides\n", built.left_out.more);
  fmt::print(
      "文件 documents {}, 其中部分读取 read in part {}, 略去 left out {}, 指纹 prints {}, 因共有而"
      "舍弃 dropped as common {}, 字节 bytes {}\n",
      built.report.documents, built.partial, built.left_out.count(), built.report.prints,
      built.report.common, built.file.size());
}

void build_prints(const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto act = context.audit(*state, "fingerprint build", options.folder,
                                 options.out.empty() ? "publish" : "to a file");
  if (!act) return;
  const auto built = build(options, *state);
  if (!built) return context.fail(built.error());
  boost::json::object told = to_json(*built);
  if (!options.json) print(*built);
  if (built->report.documents == 0) {
    context.fail({Errc::kInvalid, "no document could be taken; nothing was kept"});
  } else if (!options.out.empty()) {
    if (const Status written = write_file_atomically(options.out, built->file, 0600); !written)
      return context.fail(written.error());
  } else {
    keep_and_ship(context, *state, store::KnownKind::kPrints, built->file, options.folder,
                  built->report.documents, options.json, told);
  }
  if (options.json) fmt::print("{}\n", boost::json::serialize(told));
}

}  // namespace

void add_fingerprint(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb =
      app.add_subcommand("fingerprint", "本行文件指纹 Know the bank's own documents on terminals");
  verb->require_subcommand(1);
  command::Verb* const building = verb->add_subcommand(
      "build", "由目录中的文件生成并下发 Build from a folder of documents, and ship it");
  building->add_option("DIR", options->folder, "文件目录 The folder")
      ->required()
      ->existing_folder();
  building
      ->add_option("--clean", options->clean,
                   "公开文本目录：信头、空白表单 Texts that are nobody's secret: letterheads, "
                   "empty forms")
      ->existing_folder();
  building->add_option("--most-shared", options->most_shared,
                       "多于这么多份文件共有的舍弃 What more documents have is dropped; else 4, or "
                       "a twentieth of them");
  building->add_option("--agent", options->agent,
                       "huxin-agent 程序，用于读取 DOCX、PDF 等 The program that reads DOCX, PDF "
                       "and the like");
  building->add_option("--out", options->out,
                       "写入文件而不下发 Write the prints to a file and ship nothing");
  building->add_flag("--json", options->json, "JSON");
  building->callback([=, &context] { build_prints(*options, context); });
  command::Verb* const show =
      verb->add_subcommand("show", "概况 What was built, by whom, and when");
  show->add_flag("--json", options->json, "JSON");
  show->callback([=, &context] { show_build(context, store::KnownKind::kPrints, options->json); });
  command::Verb* const drop =
      verb->add_subcommand("drop", "撤下 Have terminals know none any more");
  drop->callback([&context] { drop_build(context, store::KnownKind::kPrints); });
}

}  // namespace huxin::collector::cli
