#include "certs/seal.hpp"
#include "collector/cli/prompt.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"
#include "policy/base/file.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLargestPem = std::size_t{64} << 10U;
constexpr std::uint8_t kDerSequence = 0x30;  // an envelope; no Evidence message begins so

struct Options {
  std::string name, out, key, certificate, source;
  bool from_stdin = false;
};

void keygen(const Options& options, Context& context) {
  const auto passphrase = read_secret("口令 Passphrase: ", options.from_stdin);
  if (!passphrase) return context.fail(passphrase.error());
  const auto made = certs::make_reviewer_key(options.name, *passphrase);
  if (!made) return context.fail(made.error());
  const std::filesystem::path folder(options.out);
  const auto key = folder / (options.name + ".key");
  const auto certificate = folder / (options.name + ".crt");
  if (options.name.contains('/')) return context.fail({Errc::kInvalid, "a name has no '/'"});
  if (std::filesystem::exists(key)) return context.fail({Errc::kExists, key.string()});
  Status done = write_file_atomically(key, as_bytes(made->private_key_pem), 0600);
  if (done) done = write_file_atomically(certificate, as_bytes(made->certificate_pem));
  if (!done) return context.fail(done.error());
  fmt::print("私钥 Private key, for its owner only: {}\n证书 Certificate, for policy publish: {}\n",
             key.string(), certificate.string());
}

/// The envelope to open: a file, or the evidence of an incident in the store.
Result<Bytes> read_envelope(const Options& options, Context& context) {
  if (std::filesystem::exists(options.source)) {
    const auto content = read_file(options.source);
    if (!content) return std::unexpected(content.error());
    return Bytes(content->begin(), content->end());
  }
  const auto state = State::open(context.state);
  if (!state) return std::unexpected(state.error());
  const auto found = state->store->incident(options.source, store::Audience::everybody());
  if (!found) return std::unexpected(found.error());
  if (!*found) return fail(Errc::kNotFound, "{} is neither a file nor an incident", options.source);
  const auto act = context.audit(*state, "evidence open", options.source);
  if (!act) return fail(Errc::kUnavailable, "the audit log cannot be written");
  const std::string& evidence = (*found)->incident.evidence();
  if (evidence.empty()) return fail(Errc::kNotFound, "incident {} has no evidence", options.source);
  return Bytes(evidence.begin(), evidence.end());
}

Result<Secret> open_with_key(const Options& options, const Bytes& envelope) {
  const auto certificate_pem = read_file(options.certificate, kLargestPem);
  if (!certificate_pem) return std::unexpected(certificate_pem.error());
  const auto certificate = certs::certificate_from_pem(*certificate_pem);
  if (!certificate) return std::unexpected(certificate.error());
  const auto key_pem = read_file(options.key, kLargestPem);
  if (!key_pem) return std::unexpected(key_pem.error());
  const auto passphrase = read_secret("口令 Passphrase: ", options.from_stdin);
  if (!passphrase) return std::unexpected(passphrase.error());
  const auto key = certs::unlock_private_key(*key_pem, *passphrase);
  if (!key) return std::unexpected(key.error());
  return certs::open_envelope(envelope, *certificate, *key);
}

void print_evidence(const Secret& plain, Context& context) {
  record::Evidence evidence;
  if (!evidence.ParseFromArray(plain.view().data(), static_cast<int>(plain.size()))) {
    return context.fail({Errc::kCorrupt, "the envelope holds no evidence"});
  }
  std::vector<std::vector<std::string>> rows;
  for (const record::EvidenceFinding& finding : evidence.findings()) {
    rows.push_back({fmt::format("D{:02}", finding.element()), finding.value(), finding.where(),
                    finding.snippet()});
  }
  fmt::print("{}", table({"数据项", "值 value", "位置 where", "上下文 snippet"}, rows));
  if (evidence.truncated()) fmt::print("仅前若干条 Only the first ones were kept\n");
}

void open(const Options& options, Context& context) {
  const auto envelope = read_envelope(options, context);
  if (!envelope) return context.fail(envelope.error());
  const auto plain = open_with_key(options, *envelope);
  if (!plain) return context.fail(plain.error());
  const bool inner = !plain->empty() && plain->view().front() == kDerSequence;
  if (!inner) return print_evidence(*plain, context);
  if (options.out.empty()) {
    return context.fail(
        {Errc::kInvalid,
         "the outer envelope is off, an officer's key opens the rest: give --out FILE"});
  }
  if (const Status kept = write_file_atomically(options.out, plain->view(), 0600); !kept)
    return context.fail(kept.error());
  fmt::print(
      "外层已开启，请交安全员开启内层 The outer envelope is off; hand this to an officer: {}\n",
      options.out);
}

}  // namespace

void add_evidence(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const evidence = app.add_subcommand("evidence", "封存证据 Sealed evidence");
  evidence->require_subcommand(1);
  command::Verb* const making =
      evidence->add_subcommand("keygen", "生成审阅人密钥 Make a reviewer's key under a passphrase");
  making->add_option("NAME", options->name, "姓名 Name")->required();
  making->add_option("--out", options->out, "输出目录 Folder for NAME.key and NAME.crt")
      ->required()
      ->existing_folder();
  command::Verb* const opening = evidence->add_subcommand(
      "open", "开启证据 Take one envelope off; an officer sees the values");
  opening->add_option("--key", options->key, "私钥 PEM The private key")->required();
  opening->add_option("--cert", options->certificate, "证书 PEM Its certificate")->required();
  opening->add_option("--out", options->out,
                      "内层信封写入 Where a second reviewer puts the inner envelope");
  opening
      ->add_option("SOURCE", options->source,
                   "信封文件或事件编号 An envelope file or an incident id")
      ->required();
  for (command::Verb* const verb : {making, opening}) {
    verb->add_flag("--passphrase-stdin", options->from_stdin,
                   "从标准输入读取口令 Read the passphrase from standard input");
  }
  making->callback([options, &context] { keygen(*options, context); });
  opening->callback([options, &context] { open(*options, context); });
}

}  // namespace huxin::collector::cli
