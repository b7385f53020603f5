#include "agent/extract/markup/texts.hpp"

namespace huxin::extract {

void write_texts(Markup& markup, DocumentWriter& writer, Extraction& extraction) {
  Token token;
  std::string text;
  while (!extraction.stopped() && markup.next(token)) {
    if (token.kind != Token::Kind::kText) continue;
    text.clear();
    append_text(text, token);
    if (text.find_first_not_of(" \t\r\n") != std::string::npos) writer.paragraph(text);
  }
}

}  // namespace huxin::extract
