#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/helper_program.hpp"
#include "agent/extract/page/pdf_objects.hpp"
#include "agent/extract/page/scanned_pages.hpp"
#include "agent/extract/windows.hpp"

namespace huxin::extract {

namespace {

/// Poppler is run, not linked: it is under the GPL. Quiet, for a broken file makes it complain a
/// million times.
const std::vector<std::string> kCommand = {kPdfToText, "-q",   "-layout",    "-enc", "UTF-8",
                                           "-eol",     "unix", kHelperInput, "-"};
constexpr int kNotAllowed = 3;  // to copy text, by pdftotext(1)

/// Cuts pdftotext's output into pages at form feeds, and pages into lines.
class PageReader {
 public:
  PageReader(const std::string& where, Extraction& extraction) : writer_(where, extraction) {
    name_page();
  }

  void take(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find_first_of("\n\f");
      line_ += text.substr(0, end);
      if (end == std::string_view::npos) break;
      end_line();
      if (text[end] == '\f') end_page();
      text.remove_prefix(end + 1);
    }
    if (line_.size() >= kWindow) end_line();
  }

  void finish() {
    end_line();
    writer_.flush();
  }
  bool any() const { return any_; }
  /// Those without text, counted from 1.
  const std::vector<unsigned>& blank() const { return blank_; }

 private:
  void name_page() { writer_.group(fmt::format("p{}", page_)); }
  void end_page() {
    if (!any_here_) blank_.push_back(page_);
    any_here_ = false;
    ++page_;
    name_page();
  }
  void end_line() {
    any_here_ = any_here_ || line_.find_first_not_of(' ') != std::string::npos;
    any_ = any_ || any_here_;
    writer_.paragraph(line_);
    line_.clear();
  }

  DocumentWriter writer_;
  std::string line_;
  unsigned page_ = 1;
  bool any_ = false;
  bool any_here_ = false;  ///< on this page
  std::vector<unsigned> blank_;
};

/// What pages without text show. Where text is not recognised, codes are looked for on those of a
/// document that has none, if there is time for a page: other blank pages are mostly blank.
void read_pictures(ByteView content, const std::string& where, const PageReader& pages,
                   Extraction& extraction) {
  constexpr std::chrono::seconds kPage{1};  // to draw one and look at it, on a slow machine
  const PictureBudget& budget = extraction.budget().pictures;
  const bool for_codes = budget.codes && Extraction::Look::share(extraction.budget()) >= kPage;
  if (budget.text || (for_codes && !pages.any()))
    read_scanned_pages(content, pages.blank(), where, extraction);
  if (pages.any()) return;
  extraction.emit_name(where);
  if (!budget.text) extraction.lose("no_text");
}

}  // namespace

void read_pdf(ByteView content, const std::string& where, Extraction& extraction) {
  PageReader pages(where, extraction);
  const HelperExit exit =
      run_helper(kCommand, content, extraction, [&](std::string_view text) { pages.take(text); });
  pages.finish();
  if (!extraction.stopped()) read_pdf_objects(content, where, extraction);
  if (!exit.started) {
    extraction.lose("no_worker");
  } else if (exit.code == kChildFailed) {
    extraction.lose("no_pdftotext");
  } else if (exit.code == kNotAllowed) {
    extraction.lose("encrypted");
  } else if (extraction.stopped()) {
    return;  // it was ended; that says nothing about the document
  } else if (exit.code != 0) {
    extraction.lose("corrupt");  // "encrypted", which is graver, where its objects said so
  } else {
    read_pictures(content, where, pages, extraction);
  }
}

}  // namespace huxin::extract
