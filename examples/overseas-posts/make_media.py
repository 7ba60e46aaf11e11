#!/usr/bin/env python3
"""Draws inbox/poster.png and inbox/ministry-letter.pdf from the texts in media-src/, and their
swapped twins in twins/ with the strings of swap.csv.

    python3 make_media.py [--out DIR]      (DIR gets inbox/ and twins/; without it: this folder)

Needs Pillow, reportlab and the font Noto Sans CJK (Debian: fonts-noto-cjk). The font is only
drawn into the picture; no font file is part of this folder. The bytes depend on the versions of
these libraries; the committed files are the ones that count.
"""
import argparse
import pathlib
import sys

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
from check import load_swap, swap  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-%s.ttc"
HANS = 2  # index of the simplified Chinese face in the collection


def poster(text, out):
    lines = text.strip().splitlines()
    sizes = [(60, "Regular", "#8a1010"), (72, "Regular", "#8a1010"), (60, "Regular", "#111111"), (60, "Regular", "#111111")]
    sizes += [(48, "Regular", "#111111")] * (len(lines) - len(sizes) - 1) + [(36, "Regular", "#333333")]
    image = Image.new("RGB", (1200, 1400), "#fffaf0")
    draw = ImageDraw.Draw(image)
    draw.rectangle((30, 30, 1169, 1369), outline="#8a1010", width=10)
    y = 130
    for line, (size, weight, colour) in zip(lines, sizes):
        font = ImageFont.truetype(FONT % weight, size, index=HANS)
        width = draw.textlength(line, font=font)
        draw.text(((1200 - width) / 2, y), line, font=font, fill=colour)
        y += int(size * 1.4) + 60
    image.save(out, "PNG", optimize=True)


def letter(text, out):
    style = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=15, spaceAfter=9)
    head = ParagraphStyle("head", parent=style, spaceAfter=0)
    story = []
    blocks = text.strip().split("\n\n")
    for number, block in enumerate(blocks):
        for line in block.splitlines():
            story.append(Paragraph(escape(line), head if number == 0 or number == len(blocks) - 1 else style))
        if number == 0:
            story.append(Spacer(1, 10 * mm))
    SimpleDocTemplate(str(out), pagesize=A4, leftMargin=25 * mm, rightMargin=25 * mm, topMargin=25 * mm,
                      bottomMargin=25 * mm, invariant=1, title="Brief aan de Landdag", author="", lang="nl").build(story)


def main(out):
    pairs = load_swap(HERE / "swap.csv")
    for folder in ("inbox", "twins"):
        (out / folder).mkdir(parents=True, exist_ok=True)
        turn = (lambda t: swap(t, pairs)) if folder == "twins" else (lambda t: t)
        poster(turn((HERE / "media-src/poster.txt").read_text("utf-8")), out / folder / "poster.png")
        letter(turn((HERE / "media-src/letter.txt").read_text("utf-8")), out / folder / "ministry-letter.pdf")


if __name__ == "__main__":
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--out", type=pathlib.Path, default=HERE)
    main(args.parse_args().out)
