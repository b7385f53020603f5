"""Rows of cells in the forms that programs export. A cell is a text or a value; headers may be None."""
import io
import zipfile

from .document import Document, Value, escape_html, escape_json

Cell = str | Value
Rows = list[list[Cell]]


def separated(separator: str, extension: str):
    def write(document: Document, headers: list[str] | None, rows: Rows) -> None:
        document.extension = extension
        quote = separator == "," and document.rng.random() < 0.3
        for row in ([headers] if headers else []) + rows:
            for place, cell in enumerate(row):
                document.add(separator if place else "", '"' if quote else "", cell, '"' if quote else "")
            document.add("\n")
    return write


def markdown(document: Document, headers: list[str] | None, rows: Rows) -> None:
    document.extension = "md"
    for row in [headers or [f"c{i}" for i in range(len(rows[0]))], ["---"] * len(rows[0])] + rows:
        for cell in row:
            document.add("| ", cell, " ")
        document.line("|")


def fixed_width(document: Document, headers: list[str] | None, rows: Rows) -> None:
    every = ([headers] if headers else []) + rows
    wide = lambda cell: sum(2 if ord(c) > 0x2E80 else 1 for c in _text(cell))
    widths = [max(wide(row[i]) for row in every) + 2 for i in range(len(every[0]))]
    for row in every:
        for cell, width in zip(row, widths):
            document.add(cell, " " * (width - wide(cell)))
        document.add("\n")


def sql(many: bool):
    def write(document: Document, headers: list[str] | None, rows: Rows) -> None:
        document.extension = "sql"
        table = document.rng.choice(["t_customer", "cust_info", "tb_user", "app_member"])
        columns = f" ({', '.join(headers)})" if headers else ""
        document.line("-- dump ", "2026-02-11 03:00:01").line("SET NAMES utf8mb4;")
        for index, row in enumerate(rows):
            if not many or index == 0:
                document.add(f"INSERT INTO {table}{columns} VALUES ")
            document.add("(")
            for place, cell in enumerate(row):
                document.add(", " if place else "", "'", cell, "'")
            document.add(")", "," if many and index + 1 < len(rows) else ";", " " if many else "\n")
        document.add("\n")
    return write


def json_array(document: Document, headers: list[str] | None, rows: Rows) -> None:
    document.extension, document.escape = "json", escape_json
    document.line('{"code": 0, "total": ', str(len(rows)), ', "data": [')
    for index, row in enumerate(rows):
        document.add("  ")
        _object(document, headers or [f"f{i}" for i in range(len(row))], row)
        document.line("," if index + 1 < len(rows) else "")
    document.line("]}")


def json_lines(document: Document, headers: list[str] | None, rows: Rows) -> None:
    document.extension, document.escape = "jsonl", escape_json
    for row in rows:
        _object(document, headers or [f"f{i}" for i in range(len(row))], row)
        document.add("\n")


def _object(document: Document, headers: list[str], row: list[Cell]) -> None:
    for place, (header, cell) in enumerate(zip(headers, row)):
        document.add(", " if place else "{", f'"{header}": "', cell, '"')
    document.add("}")


def html(document: Document, headers: list[str] | None, rows: Rows) -> None:
    document.extension, document.escape, document.encoding = "html", escape_html, "utf-8"
    document.line('<!DOCTYPE html><html><head><meta charset="utf-8"><title>导出</title></head><body><table border="1">')
    for index, row in enumerate(([headers] if headers else []) + rows):
        mark = "th" if headers and index == 0 else "td"
        document.add("<tr>")
        for cell in row:
            document.add(f"<{mark}>", cell, f"</{mark}>")
        document.line("</tr>")
    document.line("</table></body></html>")


def xml(document: Document, headers: list[str] | None, rows: Rows) -> None:
    document.extension, document.escape, document.encoding = "xml", escape_html, "utf-8"
    document.line('<?xml version="1.0" encoding="UTF-8"?>').line("<records>")
    for row in rows:
        document.line("  <record>")
        for header, cell in zip(headers or [f"f{i}" for i in range(len(row))], row):
            tag = header.replace(" ", "_").replace(".", "")
            document.line(f"    <{tag}>", cell, f"</{tag}>")
        document.line("  </record>")
    document.line("</records>")


def workbook(document: Document, headers: list[str] | None, rows: Rows) -> None:
    document.extension = "xlsx"
    every = ([headers] if headers else []) + rows
    for row in every:
        document.add(*row)
    document.package = lambda _: workbook_of(every)


def workbook_of(rows: Rows) -> bytes:
    sheet = "".join(f'<row r="{r}">' + "".join(
        f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{escape_html(_text(cell))}</t></is></c>' for c, cell in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return packaged({
        "[Content_Types].xml": content_types("/xl/workbook.xml", "spreadsheetml.sheet.main", {
            "/xl/worksheets/sheet1.xml": "spreadsheetml.worksheet"}),
        "_rels/.rels": relationships("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relationships("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                           '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'})


def content_types(main: str, kind: str, others: dict[str, str]) -> str:
    mime = "application/vnd.openxmlformats-officedocument."
    overrides = "".join(f'<Override PartName="{part}" ContentType="{mime}{what}+xml"/>' for part, what in {main: kind, **others}.items())
    return ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>')


def relationships(kind: str, target: str) -> str:
    return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>')


def packaged(parts: dict[str, str]) -> bytes:
    """A package whose bytes depend on its parts alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return out.getvalue()


def sheet(document: Document) -> None:
    """Makes a workbook of the document's lines; cells end at tabs."""
    document.extension = "xlsx"
    document.package = lambda made: workbook_of([line.split("\t") for line in made.text().splitlines()])


def word(document: Document) -> None:
    """Makes a Word file of the document's lines; runs break where values begin and end, and inside some."""
    document.extension = "docx"
    document.package = _word


def _word(document: Document) -> bytes:
    paragraphs, runs = [], []
    for part in document.parts:
        text = _text(part)
        for index, line in enumerate(text.split("\n")):
            if index:
                paragraphs.append("".join(runs))
                runs = []
            cut = len(line) // 2 if isinstance(part, Value) and len(line) > 10 and document.rng.random() < 0.3 else 0
            runs += [f'<w:r><w:t xml:space="preserve">{escape_html(piece)}</w:t></w:r>' for piece in (line[:cut], line[cut:]) if piece]
    body = "".join(f"<w:p>{runs}</w:p>" for runs in [*paragraphs, "".join(runs)])
    return packaged({
        "[Content_Types].xml": content_types("/word/document.xml", "wordprocessingml.document.main", {}),
        "_rels/.rels": relationships("officeDocument", "word/document.xml"),
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                             f"<w:body>{body}</w:body></w:document>"})


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Value) else cell


FORMATS = {
    "csv": separated(",", "csv"), "semicolons": separated(";", "csv"), "tsv": separated("\t", "tsv"), "bars": separated("|", "txt"),
    "markdown": markdown, "fixed": fixed_width, "inserts": sql(False), "insert": sql(True), "json": json_array, "jsonl": json_lines,
    "html": html, "xml": xml, "xlsx": workbook,
}
MACHINE_MADE = {"inserts", "insert", "json", "jsonl", "xml"}  # their columns bear a database's names
