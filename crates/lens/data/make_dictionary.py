#!/usr/bin/env python3
"""Makes dictionary.tsv.gz from CC-CEDICT: the words that the segmenter cuts, their sound and sense.

usage: make_dictionary.py CEDICT_TS.U8 DICT.TXT      (needs pypinyin, MIT, to choose among readings)

CEDICT_TS.U8 is the list as its makers publish it, DICT.TXT the dictionary of jieba-rs (src/data).
The output is committed; run this only when a source changes. What is changed against CC-CEDICT:
words of Han alone and that jieba cuts (or single characters), one reading of each, its first
senses, tone marks for tone numbers. It stays under CC-CEDICT's own licence, CC BY-SA 4.0.
"""
import gzip
import pathlib
import re
import sys

from pypinyin import Style, lazy_pinyin

LINE = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]+$")
# Entries that only lead to another one, and senses that say nothing by themselves.
POINTERS = ("variant of", "old variant", "archaic variant", "Japanese variant", "erhua variant", "see ", "used in ", "CL:", "also written", "also pr.", "same as ")
LONGEST_WORD = 6
LONGEST_SENSE = 44
# Rarer words (in jieba's own count) are left to their parts.
RAREST = 5
# Readings of characters that stand alone, where the phrase table gives a rarer one.
ALONE = {"得": "de5", "为": "wei2", "处": "chu4", "应": "ying1", "当": "dang1", "地": "de5", "还": "hai2", "只": "zhi3", "数": "shu4"}
MARKS = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "ü": "ǖǘǚǜ"}


def marked(syllable):
    """`zhong1` as `zhōng`; the mark goes where the rules of pinyin put it."""
    syllable = syllable.replace("u:", "ü").replace("U:", "Ü")
    match = re.fullmatch(r"([A-Za-zü]+)([1-5])", syllable)
    if not match:
        return syllable
    letters, tone = match.group(1), int(match.group(2))
    if tone == 5:
        return letters
    low = letters.lower()
    if "a" in low or "e" in low:
        at = low.index("a") if "a" in low else low.index("e")
    elif "ou" in low:
        at = low.index("o")
    else:
        at = max((low.rfind(vowel) for vowel in "iouü"), default=-1)
    if at < 0:
        return letters
    vowel = MARKS[low[at]][tone - 1]
    return letters[:at] + (vowel.upper() if letters[at].isupper() else vowel) + letters[at + 1 :]


def sense(senses):
    """The first senses, without pointers into the list, as one short line."""
    out = []
    for one in senses:
        if one.startswith(POINTERS) or one.startswith("surname "):
            continue
        one = re.sub(r"(\S+)\|(\S+)", r"\2", one)
        one = re.sub(r"\[[^\]]*\]", "", one).replace("\t", " ").strip()
        if out and len("; ".join(out + [one])) > LONGEST_SENSE:
            break
        out.append(one)
    text = "; ".join(out)
    if len(text) > LONGEST_SENSE:
        text = text[: LONGEST_SENSE - 1].rsplit(" ", 1)[0] + "…"
    return text


def main():
    cedict, jieba = map(pathlib.Path, sys.argv[1:3])
    rows = (line.split(" ") for line in jieba.read_text("utf-8").splitlines())
    words = {row[0] for row in rows if int(row[1]) >= RAREST}
    found = {}
    for line in cedict.read_text("utf-8").splitlines():
        match = LINE.match(line)
        if not match:
            continue
        word, reading, senses = match.group(2), match.group(3).split(" "), match.group(4).split("/")
        if not HAN.match(word) or len(word) > LONGEST_WORD or (len(word) > 1 and word not in words):
            continue
        text = sense(senses)
        if text:
            found.setdefault(word, []).append((reading, text))
    lines = []
    for word, entries in sorted(found.items()):
        usual = [syllable.lower() for syllable in lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)]
        usual = [ALONE[word]] if word in ALONE else usual
        plain = lambda reading: [syllable.lower().replace("u:", "v") for syllable in reading]
        # The usual reading, then common words before names; the list's own order decides ties.
        entries.sort(key=lambda entry: (plain(entry[0]) != usual, entry[0][0][:1].isupper()))
        reading, text = entries[0]
        lines.append("\t".join([word, " ".join(map(marked, reading)), text]))
    out = pathlib.Path(__file__).parent / "dictionary.tsv.gz"
    with out.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode("utf-8"))
    print(len(lines), "words,", out.stat().st_size, "bytes")


main()
