#include "policy/rule/yaml_tree.hpp"

#include <sstream>

#include <yaml-cpp/yaml.h>

#include <yaml-cpp/eventhandler.h>

#include "policy/rule/diagnostics.hpp"

namespace huxin::rule {
namespace {

constexpr std::size_t kMaxDepth = 16;

Place place_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1};
}

/// Builds the tree out of the parser's events. After the first fault the rest is let pass unseen.
class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1)
      fault(Code::kNotOneDocument, place_of(mark), "a second document begins here");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    leaf(mark, anchor, "", nullptr);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    leaf(mark, anchor, "", nullptr);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    leaf(mark, anchor, tag, &value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

  std::optional<YamlNode> take() {
    if (failed_) return std::nullopt;
    if (!root_) fault(Code::kNotOneDocument, {1, 1}, "the source is empty");
    return std::move(root_);
  }

 private:
  void fault(Code code, Place place, std::string message) {
    if (!failed_) diagnostics_.add(code, place, std::move(message));
    failed_ = true;
  }

  bool plain(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0)
      fault(Code::kAliasOrTag, place_of(mark),
            "anchors and aliases are not taken; write the value out");
    if (!tag.empty() && tag != "?" && tag != "!") {
      fault(Code::kAliasOrTag, place_of(mark),
            "tags are not taken; leave " + in_quotes(tag) + " out");
    }
    return !failed_;
  }

  void leaf(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag,
            const std::string* value) {
    if (!plain(mark, tag, anchor)) return;
    YamlNode node;
    node.place = place_of(mark);
    if (value != nullptr) {
      node.kind = YamlNode::Kind::kScalar;
      node.text = *value;
    }
    attach(std::move(node));
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    if (!plain(mark, tag, anchor)) return;
    if (stack_.size() >= kMaxDepth) {
      fault(Code::kTooDeep, place_of(mark), fmt::format("nested more than {} deep", kMaxDepth));
      return;
    }
    YamlNode node;
    node.kind = kind;
    node.place = place_of(mark);
    stack_.push_back(std::move(node));
  }

  void close() {
    if (failed_ || stack_.empty()) return;
    YamlNode node = std::move(stack_.back());
    stack_.pop_back();
    attach(std::move(node));
  }

  void attach(YamlNode node) {
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    YamlNode& parent = stack_.back();
    const bool key =
        parent.kind == YamlNode::Kind::kMap && parent.keys.size() == parent.items.size();
    (key ? parent.keys : parent.items).push_back(std::move(node));
  }

  Diagnostics& diagnostics_;
  std::vector<YamlNode> stack_;
  std::optional<YamlNode> root_;
  std::size_t documents_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<YamlNode> parse_yaml(std::string_view source, Diagnostics& diagnostics) {
  Builder builder(diagnostics);
  try {
    std::istringstream stream{std::string(source)};
    YAML::Parser parser(stream);
    // Two at most: a second one is a fault already, and yaml-cpp 0.7 never ends on some malformed
    // documents that it hands over as empty ones.
    for (int documents = 0; documents < 2 && parser.HandleNextDocument(builder); ++documents) {
    }
  } catch (const YAML::Exception& error) {
    diagnostics.add(Code::kSyntax, place_of(error.mark), error.msg);
    return std::nullopt;
  }
  return builder.take();
}

}  // namespace huxin::rule
