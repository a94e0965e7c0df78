#!/usr/bin/env python3
"""Subsets the interface's fonts at build time and writes them as one C++ include file.

fonts.py --out FILE --icons shell/look/icons.def --inter DIR --mdi FILE --read FILE

Inter in two weights is cut down to Latin-1, Latin Extended-A (in semibold, which names are written in; the regular face
borrows its rare letters from it) and the punctuation we use, with tabular figures in place
of the proportional ones; hinting and layout tables go, as Dear ImGui's rasteriser reads neither. Outlines are kept without subroutines: more
bytes, but fewer after brotli. Of the icon font only the glyphs named in icons.def stay, moved to U+E000 onwards in the
order of that file. `--read` names a file that gets the paths of the fonts. Needs fontTools: Python's own, or the one that
tools/setup/fonttools.sh unpacked.
"""
import argparse
import io
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOLS = os.path.join(ROOT, os.environ.get("FOYER_TOOLS_DIR", ".tools"))
sys.path.append(os.path.join(TOOLS, "fonttools/usr/lib/python3/dist-packages"))
try:
    from fontTools import subset
    from fontTools.ttLib import TTFont
except ImportError:
    sys.exit("fonts.py: fontTools is missing (tools/setup/fonttools.sh fetches it)")

TEXT = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022,
        0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2264, 0x2265]
FRENCH = [0x152, 0x153, 0x178]
DROP = ["GSUB", "GPOS", "GDEF", "STAT", "BASE", "DSIG", "name", "meta", "MVAR", "kern", "gasp"]


def cut(font, unicodes):
    options = subset.Options(hinting=False, layout_features=[], glyph_names=False, notdef_outline=True,
                             desubroutinize=True, drop_tables=subset.Options().drop_tables + DROP)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def remap(font, change):
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap = change(table.cmap)


def tabular(font):
    """Digits of even width: applies the single substitutions of the `tnum` feature to the character map."""
    gsub = font["GSUB"].table
    swap = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for sub in gsub.LookupList.Lookup[index].SubTable:
                    swap.update(getattr(getattr(sub, "ExtSubTable", sub), "mapping", {}))
    digits = {ord(c) for c in "0123456789"}
    remap(font, lambda cmap: {u: swap.get(g, g) if u in digits else g for u, g in cmap.items()})


def text_font(path, unicodes):
    font = TTFont(path)
    tabular(font)
    head, hhea = font["head"], font["hhea"]
    return cut(font, unicodes), (hhea.ascent - hhea.descent) / head.unitsPerEm, hhea.ascent / head.unitsPerEm


def ranges(unicodes):
    """First and last of those that follow each other."""
    found = []
    for one in sorted(unicodes):
        if found and found[-1][1] == one - 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return found


def icon_font(path, names):
    font = TTFont(path)
    by_glyph = {}
    for unicode, glyph in font.getBestCmap().items():
        by_glyph.setdefault(glyph, unicode)
    missing = [name for name in names if name not in by_glyph]
    if missing:
        sys.exit(f"fonts.py: not in the icon font: {', '.join(missing)}")
    order = {name: 0xE000 + index for index, name in enumerate(names)}
    remap(font, lambda cmap: {order[g]: g for g in cmap.values() if g in order})
    return cut(font, order.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    for option in ("--out", "--icons", "--inter", "--mdi", "--read"):
        parser.add_argument(option, required=True)
    args = parser.parse_args()
    with open(args.icons, encoding="utf-8") as file:
        names = re.findall(r'^ICON\(\w+,\s*"([\w-]+)"\)', file.read(), re.MULTILINE)
    blobs, ratio, ascent = {}, 0.0, 0.0
    regular = [one for one in TEXT if one not in range(0x100, 0x180) or one in FRENCH]
    for weight, unicodes in (("Regular", regular), ("SemiBold", TEXT)):
        blobs[weight.lower()], ratio, ascent = text_font(f"{args.inter}/Inter-{weight}.otf", unicodes)
    blobs["icons"] = icon_font(args.mdi, names)
    with open(args.read, "w", encoding="utf-8") as file:  # for tools/notices.mjs
        file.writelines(f"{path}\n" for path in [*(f"{args.inter}/Inter-{weight}.otf" for weight in ("Regular", "SemiBold")), args.mdi])
    with open(args.out, "w", encoding="ascii") as file:
        file.write("// Written by tools/assets/fonts.py. Inter: SIL OFL 1.1. Material Design Icons: Apache-2.0.\n#pragma once\n")
        file.write(f"inline constexpr float kLinePerEm = {ratio:.6f}F;\n")
        file.write(f"inline constexpr float kAscentPerEm = {ascent:.6f}F;\n")
        file.write("struct Letters {\n  char32_t first, last;\n};\n")
        file.write(f"inline constexpr Letters k_letters[] = {{{', '.join(f'{{{a}, {b}}}' for a, b in ranges(TEXT))}}};\n")
        for name, data in blobs.items():
            file.write(f"alignas(4) inline constexpr unsigned char k_{name}[{len(data)}] = {{\n")
            for start in range(0, len(data), 64):
                file.write(",".join(map(str, data[start:start + 64])) + ",\n")
            file.write("};\n")


main()
