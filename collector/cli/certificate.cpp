#include <boost/json/serialize.hpp>

#include "certs/destruction/certificate.hpp"
#include "collector/api/order_json.hpp"
#include "collector/cli/order_text.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"
#include "policy/base/file.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLargestPem = std::size_t{64} << 10U;
constexpr std::size_t kPage = 500;

struct Options {
  std::string file, root, bundle_key, order, out;
  bool json = false;
};

struct Trust {
  Bytes root;
  std::string key;
};

/// Reads the two things a check needs, from where they were named or from the state's folder. The
/// state itself stays closed: neither its database nor a key is needed.
Result<Trust> read_trust(const Options& options, const Context& context) {
  const std::filesystem::path root_file = options.root.empty()
                                              ? context.state / "authority" / "root.crt"
                                              : std::filesystem::path(options.root);
  const std::filesystem::path key_file = options.bundle_key.empty()
                                             ? context.state / "bundle.pub"
                                             : std::filesystem::path(options.bundle_key);
  const auto pem = read_file(root_file, kLargestPem);
  if (!pem) return std::unexpected(pem.error());
  auto root = certs::certificate_from_pem(*pem);
  if (!root) return std::unexpected(root.error().within(root_file.string()));
  auto key = read_file(key_file, kLargestPem);
  if (!key) return std::unexpected(key.error());
  return Trust{std::move(*root), std::move(*key)};
}

void say_refused(const Options& options, const Error& why, Context& context) {
  context.exit = Exit::kFound;
  if (options.json) {
    fmt::print("{}\n", boost::json::serialize(boost::json::value{
                           {"verified", false}, {"fault", printable(why.context)}}));
    return;
  }
  fmt::print("证书无效 REFUSED：{}\n", printable(why.context));
}

void verify(const Options& options, Context& context) {
  const auto trust = read_trust(options, context);
  if (!trust) return context.fail(trust.error());
  const auto file = read_file(options.file, destruction::kLargestCertificate);
  if (!file && file.error().code != Errc::kTooLarge) return context.fail(file.error());
  if (!file) return say_refused(options, file.error(), context);
  const auto verified = destruction::verify(*file, trust->root, as_bytes(trust->key));
  if (!verified) return say_refused(options, verified.error(), context);
  if (options.json) {
    fmt::print("{}\n",
               boost::json::serialize(boost::json::value{
                   {"verified", true}, {"statement", api::statement_json(verified->statement)}}));
    return;
  }
  fmt::print("证书有效 VERIFIED\n{}", certificate_text(*verified));
}

void list(const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  store::OrderFilter filter;
  filter.audience = store::Audience::everybody();
  filter.kind = store::OrderKind::kDestroy;
  filter.limit = kPage;
  std::vector<std::vector<std::string>> rows;
  for (;;) {
    const auto page = state->store->orders().list(filter);
    if (!page) return context.fail(page.error());
    for (const store::Order& order : page->orders) {
      if (order.certificate == store::CertificateVerdict::kNone) continue;
      if (options.json) {
        fmt::print("{}\n", boost::json::serialize(api::to_json(order)));
        continue;
      }
      rows.push_back({order.id, order.terminal + " " + order.hostname,
                      order.carried_out ? to_rfc3339(*order.carried_out) : "-", order.executor,
                      order.supervisor, shorten(printable(order.outcome), 30),
                      verdict_text(order.certificate),
                      shorten(printable(order.certificate_fault), 50)});
    }
    filter.offset += page->orders.size();
    if (page->orders.empty() || filter.offset >= page->total) break;
  }
  if (options.json) return;
  fmt::print("{}", table({"指令 order", "终端 terminal", "时间 time", "经办 executor",
                          "监销 supervisor", "结果 outcome", "证书 certificate", "原因 fault"},
                         rows));
}

void export_file(const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto file = state->store->orders().certificate(options.order);
  if (!file) return context.fail(file.error());
  if (!*file)
    return context.fail({Errc::kNotFound, "no certificate of order " + printable(options.order)});
  const auto act = context.audit(*state, "certificate export", options.order, options.out);
  if (!act) return;
  if (options.out.empty()) {
    fmt::print("{}", as_text(**file));
    return;
  }
  if (Status written = write_file_atomically(options.out, **file); !written)
    return context.fail(written.error());
  fmt::print("已导出 Exported {}\n", options.out);
}

}  // namespace

void add_certificate(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const certificate =
      app.add_subcommand("certificate", "销毁证书 Certificates of destruction");
  certificate->require_subcommand(1);
  command::Verb* const verifying = certificate->add_subcommand(
      "verify", "离线核验证书文件 Check a certificate's file, offline and whole");
  verifying->add_option("FILE", options->file, "证书文件 The certificate")->required();
  verifying->add_option("--root", options->root,
                        "银行根证书 The bank's root, PEM; otherwise STATE/authority/root.crt");
  verifying->add_option("--bundle-key", options->bundle_key,
                        "指令签名公钥 The key that signs orders; otherwise STATE/bundle.pub");
  verifying->add_flag("--json", options->json, "以 JSON 输出 Print JSON");
  verifying->callback([options, &context] { verify(*options, context); });
  command::Verb* const listing =
      certificate->add_subcommand("list", "列出收到的证书 List what terminals sent");
  listing->add_flag("--json", options->json, "每行一个 JSON One JSON object a line");
  listing->callback([options, &context] { list(*options, context); });
  command::Verb* const exporting =
      certificate->add_subcommand("export", "导出证书原文件 Write a certificate out as it came");
  exporting->add_option("ORDER", options->order, "指令编号 Order id")->required();
  exporting->add_option("--out", options->out, "写入文件 To a file; otherwise to standard output");
  exporting->callback([options, &context] { export_file(*options, context); });
}

}  // namespace huxin::collector::cli
