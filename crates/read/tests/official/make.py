#!/usr/bin/env python3
"""Writes the documents of this folder and `truth.jsonl` from the marked sources in `src/`.

    make.py [--only NAME] [--truth]     NAME: the begin of a file's name; --truth: no document, only truth.jsonl

Needs Pillow, pikepdf, Chromium, poppler's pdftoppm and the Noto CJK fonts for the PDFs; nothing for pages and truth.
The committed files count, not what another version of these programs draws. README.md says what the marks mean.
"""
import html
import io
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
KINDS = {"t": "title", "h": "heading", "p": "paragraph", "l": "list-item", "r": "table-row", "q": "quote", "c": "caption"}
MARK = re.compile(r"⟦(/?)(\?)?([a-z])(?: ([^⟧]*))?⟧")
SPACES = re.compile(r"\s+")
# Where Debian puts them.
FONTS = "/usr/share/fonts/opentype/noto"
INVENTED = {
    "Hans": "测试用虚构文件：地名、机构、人物、号码、网址均为杜撰，如有雷同，纯属巧合",
    "Hant": "測試用虛構文件：地名、機構、人物、號碼、網址均為杜撰，如有雷同，純屬巧合",
}


def plain(markup):
    """What a person sees of a piece of HTML, on one line."""
    text = re.sub(r"<!--.*?-->", "", markup, flags=re.S)
    text = re.sub(r"<(?:br|/p|/div|/li|/h\d|/section)\b[^>]*>\n*", "\u2028", text)
    text = html.unescape(re.sub(r"<[^>]*>", "", text)).replace("\u200b", "").replace("\u00ad", "")
    # A line that is broken between two Han characters has no space there.
    text = re.sub(r"(?<=[\u4e00-\u9fff])\u2028+(?=[\u4e00-\u9fff])", "", text)
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def blocks(source):
    """The marked blocks in reading order, and the strings that are none of the main text."""
    out, absent, open_marks = [], [], []
    for mark in MARK.finditer(source):
        closing, may, kind, argument = mark.groups()
        if not closing:
            open_marks.append((kind, bool(may), argument, mark.end(), mark.start(), []))
            continue
        kind_opened, may, argument, start, begin, holes = open_marks.pop()
        assert kind_opened == kind, f"⟦{kind_opened}⟧ is closed by {mark.group(0)} at character {mark.start()}"
        inside = source[start : mark.start()]
        if kind in "xo":
            if kind == "x":
                absent.append(plain(inside))
            if open_marks:
                open_marks[-1][5].append((begin, mark.end()))
            continue
        for left, right in reversed(holes):
            inside = inside[: left - start] + inside[right - start :]
        block = {"kind": KINDS[kind], "text": plain(inside)}
        if kind == "r":
            block["cells"] = [plain(c) for c in re.findall(r"<t[dh]\b[^>]*>(.*?)(?=<t[dh]\b|</tr>|$)", inside, flags=re.S)]
            block["text"] = "\t".join(block["cells"])
            if argument:
                block["headers"] = [h or None for h in argument.split("|")]
                assert len(block["headers"]) == len(block["cells"]), (block, "headers and cells differ in number")
        if argument == "joined":
            # A paragraph that goes on over the page is one block, a note at the foot stands after it.
            begun = [b for b in out if not b.get("note")][-1]
            begun["text"] += block["text"]
            continue
        if argument == "note":
            block["note"] = True
        if may:
            block["may"] = True
        out.append(block)
    assert not open_marks, f"not closed: {open_marks}"
    return [{key: value for key, value in block.items() if key != "note"} for block in out], absent


def parts(path):
    """The facts (JSON up to the first line `---`) and the marked HTML of a source."""
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    return json.loads(head), body


def row(facts, body):
    """The line of truth of a source."""
    found, absent = blocks(body)
    out = {"file": facts["file"], "shape": facts["shape"], "why": facts["why"]}
    for key in ["media_type", "url", "title", "date", "source", "author", "number", "encoding"]:
        out[key] = facts.get(key)
    out["phones"] = facts.get("phones", [])
    out["lang"], out["script"] = facts.get("lang", "zh"), facts.get("script", "Hans")
    if facts["file"].endswith(".pdf"):
        out["pages"], out["ocr"] = facts["pages"], facts.get("ocr", [])
    out["blocks"], out["not"] = found, absent + facts.get("not", [])
    whole = re.sub(r"\s", "", "".join(b["text"] for b in found))
    for value in [out["number"] or "", *out["phones"]]:
        assert re.sub(r"\s", "", value) in whole, f"“{value}” stands in no block"
    for value in out["not"]:
        assert re.sub(r"\s", "", value) not in whole, f"“{value}” may not stand in the main text and does"
    return out


def page(facts, body):
    """The bytes of a page as its site sends them."""
    text = MARK.sub("", body).rstrip("\n") + f"\n<!-- {INVENTED[facts.get('script', 'Hans')]} -->\n"
    return text.replace("\n", facts.get("newline", "\n")).encode(facts["codec"])


def typeface(file, number, text):
    """A TrueType font with the characters of a text alone, cut from a Noto CJK collection. Printed from the collection
    itself the letters become pictures (Type 3), which no office program makes."""
    from fontTools import subset
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    options = subset.Options(layout_features=["vert"], hinting=False, recalc_bounds=True, font_number=number, drop_tables=["DSIG", "VORG"])
    font = subset.load_font(file, options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    order, outlines, shapes = font.getGlyphOrder(), font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        shapes[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, shapes
    del font["CFF "]
    most, values = font["maxp"], {"maxZones": 1, "maxTwilightPoints": 0, "maxStorage": 0, "maxFunctionDefs": 0}
    most.tableVersion = 0x00010000
    for key in ["maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentDepth"]:
        values[key] = 0
    for key, value in values.items():
        setattr(most, key, value)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    saved = io.BytesIO()
    font.save(saved)
    return saved.getvalue()


def with_typefaces(markup, folder):
    """The page with a style sheet that names the fonts it uses, cut to size in a folder."""
    rules, text = [], plain(markup) + re.sub(r"\s", "", markup) + " 0123456789"
    for family, number in [("SC", 2), ("TC", 3)]:
        for kind in ["Serif", "Sans"]:
            if f"Noto {kind} CJK {family}" not in markup:
                continue
            for style, weight in [("Regular", 400), ("Bold", 700)]:
                file = Path(folder, f"{kind}{family}{style}.ttf")
                file.write_bytes(typeface(f"{FONTS}/Noto{kind}CJK-{style}.ttc", number, text))
                rules.append(f'@font-face{{font-family:"Noto {kind} CJK {family}";font-weight:{weight};src:url("{file.name}")}}')
    return markup.replace("<style>", "<style>" + "".join(rules), 1)


def printed(markup, tagged):
    """A PDF of a page, as Chromium prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.html"), Path(folder, "out.pdf")
        source.write_text(with_typefaces(markup, folder), encoding="utf-8")
        call = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile"]
        if not tagged:
            call.append("--disable-pdf-tagging")
        subprocess.run([*call, f"--print-to-pdf={target}", str(source)], check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def scanned(pdf, dpi, tilt, only=None):
    """The same pages as grey pictures, a little tilted and noisy; `only`: these page numbers, the others stay text."""
    import pikepdf
    from PIL import Image, ImageFilter

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "in.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", f"{folder}/in.pdf", f"{folder}/p"], check=True)
        out = pikepdf.open(io.BytesIO(pdf))
        for number, name in enumerate(sorted(Path(folder).glob("p-*.pgm")), 1):
            if only and number not in only:
                continue
            picture = Image.open(name).rotate(tilt, resample=Image.BICUBIC, fillcolor=246)
            noise = Image.effect_noise(picture.size, 18).filter(ImageFilter.GaussianBlur(0.6))
            picture = Image.blend(picture, noise, 0.07).filter(ImageFilter.GaussianBlur(0.45))
            sheet = io.BytesIO()
            picture.save(sheet, "PDF", resolution=dpi, quality=38)
            with pikepdf.open(sheet) as one:
                out.pages[number - 1] = one.pages[0]
        saved = io.BytesIO()
        out.save(saved)
        return saved.getvalue()


def finished(pdf, facts):
    """Takes maps away, adds notes, sets the properties, encrypts."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    out = pikepdf.open(io.BytesIO(pdf))
    if facts.get("no_unicode_map"):
        for thing in out.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == Name.Font:
                without(thing, "/ToUnicode")
    for note in facts.get("notes", []):
        kind, number, box, text = note
        annotation = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array(box), Contents=String(text), F=4)
        if kind == "FreeText":
            annotation.DA = String("/Helv 10 Tf 0 g")
        if kind == "Highlight":
            left, low, right, high = box
            annotation.QuadPoints = Array([left, high, right, high, left, low, right, low])
            annotation.C = Array([1, 1, 0])
        leaf = out.pages[number - 1]
        leaf.Annots = Array([*leaf.get("/Annots", []), out.make_indirect(annotation)])
    if not facts.get("tagged"):
        without(out.Root, "/StructTreeRoot", "/MarkInfo")
    without(out.trailer, "/Info")
    made = facts.get("info_day", "20190102") + "093000+08'00'"
    out.docinfo["/Title"] = facts.get("info_title", "")
    out.docinfo["/Subject"] = INVENTED[facts.get("script", "Hans")]
    out.docinfo["/Producer"] = "Chromium, pikepdf; fonts: subsets of Noto CJK (SIL OFL 1.1)"
    out.docinfo["/CreationDate"] = "D:" + made
    saved = io.BytesIO()
    lock = pikepdf.Encryption(owner="plainsight", user="", R=6) if facts.get("locked") else False
    out.remove_unreferenced_resources()
    out.save(saved, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=not lock)
    return saved.getvalue()


def without(thing, *keys):
    """Takes keys out of a PDF's dictionary where they are there."""
    for key in keys:
        if key in thing:
            del thing[key]


def fontless(body):
    """A PDF as office programs of 2001 wrote it: GBK bytes, a font that is named and not embedded, no map to Unicode."""
    lines, y, content = plain_lines(body), 780, []
    for size, text in lines:
        content.append(f"BT /F1 {size} Tf 1 0 0 1 72 {y} Tm <{text.encode('gbk').hex()}> Tj ET")
        y -= round(size * 1.8)
    stream = "\n".join(content).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-GBK-EUC-H/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ]
    out, places = bytearray(b"%PDF-1.3\n%\xe2\xe3\xcf\xd3\n% Invented for a test: no place, body or number in it is real.\n"), []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, thing)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def plain_lines(body):
    """Lines of `<div data-size=N>`, in order."""
    found = re.findall(r"<div data-size=(\d+)>(.*?)</div>", MARK.sub("", body), flags=re.S)
    return [(int(size), html.unescape(re.sub(r"<[^>]*>", "", text))) for size, text in found]


def paper(facts, body):
    """The bytes of a PDF."""
    if facts.get("fontless"):
        return fontless(body)
    pdf = printed(MARK.sub("", body), facts.get("tagged", False))
    if "scan" in facts:
        pdf = scanned(pdf, **facts["scan"])
    return finished(pdf, facts)


def main():
    arguments = sys.argv[1:]
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    rows = []
    for path in sorted((HERE / "src").glob("*.html")):
        facts, body = parts(path)
        try:
            rows.append(row(facts, body))
        except (AssertionError, KeyError, IndexError) as fault:
            sys.exit(f"{path.name}: {fault}")
        if "--truth" not in arguments and path.name.startswith(only):
            data = paper(facts, body) if facts["file"].endswith(".pdf") else page(facts, body)
            (HERE / facts["file"]).write_bytes(data)
            print(f"{facts['file']}: {len(data)} bytes")
    lines = (json.dumps(r, ensure_ascii=False) for r in rows)
    (HERE / "truth.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
